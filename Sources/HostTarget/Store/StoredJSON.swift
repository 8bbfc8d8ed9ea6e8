import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Plumb's own small files, as JSON.
extension Folder {
    /// Far above any of them.
    private static var storedLimit: Int { 4 << 20 }

    /// nil where there is none. Throws `failed` for one that cannot be understood.
    func load<Stored: Decodable>(_ name: String, as type: Stored.Type) throws -> Stored? {
        guard let bytes = try read(name, limit: Self.storedLimit) else { return nil }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw PlumbError(
                .failed, "\(shown(name)) cannot be understood.",
                remedy:
                    "Another version of Plumb may have written it, or it was damaged: restore it, or remove it and adopt what it named."
            )
        }
    }

    func store(_ name: String, json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try store(name, Array(encoder.encode(value)))
    }
}
