/// The running programs of one control plane, and the arguments that they run with.
///
/// The flags are those that 1.20 and today's releases both know.
struct KubeProcesses: Sendable {
    let etcd: ServerProcess
    let apiServer: ServerProcess

    static func startEtcd(_ program: String, _ files: KubeFiles, port: Int, peerPort: Int) async throws -> ServerProcess {
        try await ServerProcess.start(
            program,
            [
                "--data-dir", files.etcdData, "--listen-client-urls", "http://127.0.0.1:\(port)", "--advertise-client-urls",
                "http://127.0.0.1:\(port)", "--listen-peer-urls", "http://127.0.0.1:\(peerPort)", "--unsafe-no-fsync",
            ], log: files.etcdLog)
    }

    static func startAPIServer(
        _ program: String, _ files: KubeFiles, port: Int, etcdPort: Int, extraArguments: [String]
    ) async throws -> ServerProcess {
        try await ServerProcess.start(
            program,
            [
                "--etcd-servers=http://127.0.0.1:\(etcdPort)",
                "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--secure-port=\(port)",
                // Nobody reaches this server through the Service `kubernetes`; the loopback address is refused in Endpoints.
                "--endpoint-reconciler-type=none",
                "--tls-cert-file=\(files.server.certificate)", "--tls-private-key-file=\(files.server.key)",
                "--client-ca-file=\(files.authority.authority.certificate)",
                "--token-auth-file=\(files.tokens)", "--authorization-mode=RBAC",
                "--service-account-key-file=\(files.serviceAccountKey)",
                "--service-account-signing-key-file=\(files.serviceAccountKey)",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.0.0.0/16",
                // Without a controller manager no namespace gets its default account, and every Pod would be refused.
                "--disable-admission-plugins=ServiceAccount", "--allow-privileged=true",
                "--audit-policy-file=\(files.auditPolicy)", "--audit-log-path=\(files.auditLog)", "--audit-log-maxsize=4096",
            ] + extraArguments, log: files.apiServerLog)
    }

    /// Garbage collection, namespace deletion and the status of workloads; nothing runs Pods.
    static func startControllerManager(_ program: String, _ files: KubeFiles, kubeconfig: String, port: Int) async throws
        -> ServerProcess
    {
        try await ServerProcess.start(
            program,
            [
                "--kubeconfig=\(kubeconfig)", "--leader-elect=false", "--bind-address=127.0.0.1", "--secure-port=\(port)",
                "--use-service-account-credentials=false", "--service-account-private-key-file=\(files.serviceAccountKey)",
                "--root-ca-file=\(files.authority.authority.certificate)", "--cert-dir=\(files.directory)/manager-certificates",
            ], log: files.controllerManagerLog)
    }
}
