import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The machine's tz database.
package enum TimeZoneFiles {
    /// The file of a zone (`Europe/Berlin`); nil where there is none of that name.
    package static func file(_ name: String) -> [UInt8]? {
        guard let path = try? TreePath(name), !path.isRoot, path.description == name,
            let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)")
        else { return nil }
        return [UInt8](data)
    }
}
