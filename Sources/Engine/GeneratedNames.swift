import Manifests
import Model

/// `generateName` is for hooks, whose objects are made anew: the name follows from the content, so that a plan can tell it.
enum GeneratedNames {
    private static let hooks = ["plumb.dev/hook", "argocd.argoproj.io/hook", "helm.sh/hook"]

    static func fill(_ manifests: [Manifest]) throws -> [Manifest] {
        try manifests.map { manifest in
            guard manifest.name.isEmpty, let prefix = manifest.generateName else { return manifest }
            guard hooks.contains(where: { manifest.annotation($0) != nil }) else {
                throw PlumbError(
                    .invalid, "A \(manifest.kind) has generateName and no name, which only a hook may.",
                    remedy: "Give it metadata.name, or make it a hook with the annotation plumb.dev/hook.", at: manifest.origin)
            }
            var named = manifest
            var metadata = manifest.value["metadata"] ?? .null
            metadata["name"] = .string(prefix + Digest(of: manifest.value).short.prefix(8))
            metadata["generateName"] = nil
            named.value["metadata"] = metadata
            return named
        }
    }
}
