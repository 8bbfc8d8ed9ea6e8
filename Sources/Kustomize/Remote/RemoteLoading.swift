import Manifests
import Model

/// What a build has fetched so far, through all repositories it led to.
struct RemoteState: Sendable {
    /// nil: nothing is fetched.
    let trees: RemoteTrees?
    /// The remote kustomizations that are being read, each named by the one before it.
    var open: [RemoteReference] = []
    var count = 0

    init(_ trees: RemoteTrees?) { self.trees = trees }
}

extension Loader {
    /// The kustomization that a URL under `field` names, with all that it names in turn.
    ///
    /// Throws `unsupported` where nothing may be fetched and for single files, `denied` for a repository that is not permitted,
    /// `invalid` for a URL that names neither a tag nor a commit.
    mutating func loadRemote(_ name: String, field: String, file: String) async throws -> Layer {
        let (reference, trees) = try remoteReference(name, field, file)
        if let layer = remoteLayers[reference] { return layer }
        try enter(reference, file)
        let found = try await trees(reference.repository, reference.reference)
        var inner = Loader(tree: found.tree, below: self, at: reference)
        let layer = try await inner.load(try TreePath(reference.path))
        (bytesRead, remote.count) = (inner.bytesRead, inner.remote.count)
        remoteLayers[reference] = layer
        return layer
    }

    private func remoteReference(_ name: String, _ field: String, _ file: String) throws -> (RemoteReference, RemoteTrees) {
        guard let reference = RemoteReference(name) else {
            throw PlumbError(
                .unsupported, "\(name.quoted) under \(field) is a remote resource, which is never fetched while rendering.",
                remedy: "Copy it into the repository; only directories of Git repositories can be remote.", at: Origin(file: file))
        }
        guard let trees = remote.trees else {
            throw PlumbError(
                .unsupported, "\(name.quoted) under \(field) is a remote base, and none may be fetched.",
                remedy: "Copy it into the repository, or permit it with --allow-remote-bases and the beginning of its URL.",
                at: Origin(file: file))
        }
        guard !reference.reference.isEmpty else {
            throw PlumbError(
                .invalid, "\(name.quoted) under \(field) does not say at which tag or commit.",
                remedy: "Add ?ref= with a tag, or with all digits of a commit: what it leads to must not change by itself.",
                at: Origin(file: file))
        }
        return (reference, trees)
    }

    private mutating func enter(_ reference: RemoteReference, _ file: String) throws {
        if let first = remote.open.firstIndex(of: reference) {
            let circle = (remote.open[first...] + [reference]).map(\.description).joined(separator: " → ")
            throw PlumbError(
                .invalid, "These kustomizations name each other in a circle: \(circle).", remedy: "Remove one of the references.",
                at: Origin(file: file))
        }
        guard remote.open.count < KustomizeLimits.remoteDepth else {
            throw PlumbError(
                .limit, "Remote bases are nested more than \(KustomizeLimits.remoteDepth) deep at \(reference.description).")
        }
        remote.count += 1
        guard remote.count <= KustomizeLimits.remotes else {
            throw PlumbError(.limit, "The kustomization names more than \(KustomizeLimits.remotes) remote bases.")
        }
    }
}
