package import Manifests

/// A manifest as one target will write it: placed, completed and named by its key.
package struct DesiredObject: Sendable, Hashable {
    package var key: ResourceKey
    package var manifest: Manifest
    /// What tells this version of the object from another: of the manifest, and of whatever it refers to in the
    /// snapshot. Keyed by the target where the content is secret.
    package var digest: Digest
    /// What an approval names in the place of `digest`, where that is made with a key which is not stored yet and which
    /// the next process would not have: it tells the object without what is secret in it.
    package var provisionalDigest: Digest?
    /// Bytes that belong to the object but not into the manifest: the content of a host file.
    package var content: [UInt8]?
    /// Other objects of the application that have to be there first, such as the Namespace it lives in.
    package var requires: Set<ResourceKey>
    /// Kinds whose instances can be written only once this object is ready: a CustomResourceDefinition's.
    package var provides: Set<String>
    /// False for what a sync makes but does not own, such as the Namespace of `createNamespace`: never in an inventory.
    package var isTracked: Bool

    package init(
        key: ResourceKey, manifest: Manifest, digest: Digest, content: [UInt8]? = nil, requires: Set<ResourceKey> = [],
        provides: Set<String> = [], isTracked: Bool = true
    ) {
        self.key = key
        self.manifest = manifest
        self.digest = digest
        self.content = content
        self.requires = requires
        self.provides = provides
        self.isTracked = isTracked
    }
}
