import Manifests
import Model

/// One kustomization with everything it names read: the input of a build, without any I/O left to do.
struct Layer: Sendable {
    enum Resource: Sendable {
        /// Objects of a file.
        case documents([Manifest])
        case layer(Layer)
    }

    /// The kustomization's file.
    var file: String
    var rules: Kustomization
    var resources: [Resource]
    var components: [Layer]
    /// What patches and generators read, by the path as the kustomization spells it.
    var files: [String: LoadedFile]
    /// This layer and all beneath it.
    var size: Int
}

struct LoadedFile: Sendable {
    var path: String
    var bytes: [UInt8]
}
