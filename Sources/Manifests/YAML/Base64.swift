#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum Base64 {
    /// Line breaks are skipped; anything else that does not belong gives nil.
    static func decode(_ text: String) -> [UInt8]? {
        let compact = String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        return Data(base64Encoded: compact).map { [UInt8]($0) }
    }
}
