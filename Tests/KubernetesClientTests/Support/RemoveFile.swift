#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

func removeFile(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
