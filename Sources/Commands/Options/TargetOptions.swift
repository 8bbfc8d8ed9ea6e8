import ArgumentParser

/// Which target, and how to reach it.
struct TargetOptions: ParsableArguments {
    @Option(help: "The target: kubernetes or host. Without it, what the other flags say.")
    var target: String?

    @Option(help: "The namespace for objects that name none (Kubernetes).")
    var namespace: String?

    @Option(help: "The kubeconfig file; without it $KUBECONFIG, then ~/.kube/config.")
    var kubeconfig: String?

    @Option(help: "The context of the kubeconfig; without it the current one.")
    var context: String?

    @Option(help: "The directory that host objects are below (host).")
    var root: String?
}
