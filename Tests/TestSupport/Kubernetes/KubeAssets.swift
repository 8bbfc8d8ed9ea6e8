#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The programs of a Kubernetes control plane: those that `KUBEBUILDER_ASSETS` names, else those that
/// `scripts/kube-assets.sh` has built into the user's cache directory.
struct KubeAssets {
    let apiServer: String
    let etcd: String
    /// Only there where `scripts/kube-assets.sh --with-controller-manager` has built it.
    let controllerManager: String?

    static func find() throws -> KubeAssets {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "/root")/.cache"
        let directory = environment["KUBEBUILDER_ASSETS"] ?? "\(cache)/plumb/kube-assets-1.20.2-2"
        for program in ["kube-apiserver", "etcd"] where !Files.exists("\(directory)/\(program)") {
            throw TestSupportError(
                "there is no \(program) in \(directory): run scripts/kube-assets.sh (make test does), or point KUBEBUILDER_ASSETS "
                    + "at a directory that holds kube-apiserver and etcd")
        }
        let manager = "\(directory)/kube-controller-manager"
        return KubeAssets(
            apiServer: "\(directory)/kube-apiserver", etcd: "\(directory)/etcd",
            controllerManager: Files.exists(manager) ? manager : nil)
    }
}
