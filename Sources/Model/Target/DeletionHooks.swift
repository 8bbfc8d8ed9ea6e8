package import Manifests

/// The stored form of the hooks that run when an application is deleted: by then its source may be gone.
package enum DeletionHooks {
    private static let format = "plumb.dev/hooks/v1"
    /// In bytes; a Secret holds 1 MiB.
    package static let limit = 700 << 10
    /// In the inventory while what is kept is being written: unlike any that is kept.
    package static let changing = Digest(records: [["changing"]])

    /// Throws `limit` for more than `limit` bytes.
    package static func encode(_ hooks: [DesiredObject], of application: String) throws -> [UInt8] {
        let value: Value = ["format": .string(format), "manifests": .array(hooks.map(\.manifest.value))]
        let bytes = JSON.serialize(value)
        guard bytes.count <= limit else {
            throw PlumbError(
                .limit,
                "The hooks for the deletion of \(application) take \(bytes.count >> 10) KiB, and \(limit >> 10) KiB is what is kept of them.",
                remedy: "Move what they need out of their manifests, for example into an image.")
        }
        return bytes
    }

    /// None in what is empty. Throws `invalid` for anything but what `encode` gives; `place` is where it was read.
    package static func decode(_ bytes: [UInt8], place: String) throws -> [Manifest] {
        guard !bytes.isEmpty else { return [] }
        guard let value = try? JSON.parse(bytes, file: place), value["format"]?.string == format,
            let manifests = value["manifests"]?.array
        else {
            throw PlumbError(
                .invalid, "\(place) does not hold the hooks of a deletion.",
                remedy: "Sync the application once more, which writes them anew; or empty it to delete without hooks.")
        }
        return manifests.map { Manifest(value: $0, origin: Origin(file: place)) }
    }
}

/// What is kept of them on a target.
package struct StoredHooks: Sendable, Hashable {
    /// nil where nothing is kept.
    package var bytes: [UInt8]?
    /// Where it is kept, or would be: `the Secret plumb-system/plumb-hooks-…`.
    package var place: String

    package init(bytes: [UInt8]?, place: String) {
        self.bytes = bytes
        self.place = place
    }
}
