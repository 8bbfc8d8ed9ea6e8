package import Manifests
package import Model

/// One of the operator's own objects, as it is stored.
package struct PlumbObject: Sendable, Hashable {
    package var key: ResourceKey
    /// What tells it from a later one of the same name.
    package var uid: String
    /// Grows by one with each change of the manifest, from 1.
    package var generation: Int64
    /// The full name of the application that wrote it.
    package var owner: String
    /// As it was written, with the file and line that it came from.
    package var manifest: Manifest

    package init(key: ResourceKey, uid: String, generation: Int64 = 1, owner: String, manifest: Manifest) {
        self.key = key
        self.uid = uid
        self.generation = generation
        self.owner = owner
        self.manifest = manifest
    }
}
