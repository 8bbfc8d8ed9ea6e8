import Synchronization

/// A real kube-apiserver with its etcd, on loopback. It dies with the test process, however that ends.
///
/// `shared()` serves a whole test run: take a fresh namespace a test, and touch nothing cluster-wide without a name of your
/// own. `start()` and `with()` give a private one, for tests that stop it or change its settings; it takes 6 to 8 seconds.
package final class KubeServer: Sendable {
    package struct Options: Sendable {
        /// Added to the API server's arguments.
        package var apiServerArguments: [String] = []
        /// Also runs kube-controller-manager (`scripts/kube-assets.sh --with-controller-manager` provides it): garbage
        /// collection, namespace deletion, statuses of Deployments.
        package var controllerManager = false
        package init(apiServerArguments: [String] = [], controllerManager: Bool = false) {
            self.apiServerArguments = apiServerArguments
            self.controllerManager = controllerManager
        }
    }

    package let port: Int
    package var url: String { "https://127.0.0.1:\(port)" }
    package let auditLog: AuditLog
    /// PEM file with the authority that signed the server's certificate.
    package var caFile: String { files.authority.authority.certificate }
    package var adminToken: String { files.adminToken }
    package var aliceToken: String { files.aliceToken }
    package var clientCertificate: CertificateAuthority.Pair { files.client }
    package var logFile: String { files.apiServerLog }

    let files: KubeFiles
    let api: KubeAPI
    private let launch: @Sendable () async throws -> ServerProcess
    private let etcd: ServerProcess
    private let apiServer: Mutex<ServerProcess>
    private let controllerManager = Mutex<ServerProcess?>(nil)

    init(
        files: KubeFiles, port: Int, etcd: ServerProcess, apiServer: ServerProcess,
        launch: @escaping @Sendable () async throws -> ServerProcess
    ) throws {
        let api = try KubeAPI(url: "https://127.0.0.1:\(port)", authority: files.authority.authority.certificate)
        let token = files.adminToken
        self.files = files
        self.port = port
        self.api = api
        self.launch = launch
        self.etcd = etcd
        self.apiServer = Mutex(apiServer)
        auditLog = AuditLog(path: files.auditLog) { path in
            let response = try await api.request("GET", path, token: token)
            guard response.succeeded else { throw TestSupportError("GET \(path): \(response.status) \(response.body)") }
        }
    }

    deinit { TemporaryDirectory.remove(files.directory) }

    /// Ends it and removes its data.
    package func stop() async {
        await controllerManager.withLock { $0 }?.kill()
        await apiServer.withLock { $0 }.kill()
        await etcd.kill()
        TemporaryDirectory.remove(files.directory)
    }

    /// Kills the API server, as a crash does; its data, port and certificates stay. `resume()` starts it again.
    package func interrupt() async {
        await apiServer.withLock { $0 }.kill()
    }

    /// Starts the API server again after `interrupt()`, and returns when it is ready.
    package func resume() async throws {
        let process = try await launch()
        apiServer.withLock { $0 = process }
        try await waitUntilReady()
    }

    package func restart() async throws {
        await interrupt()
        try await resume()
    }

    /// Starts the controller manager beside the API server.
    func startControllerManager(_ program: String) async throws {
        let process = try await KubeProcesses.startControllerManager(
            program, files, kubeconfig: try kubeconfig(), port: try FreePort.next())
        controllerManager.withLock { $0 = process }
    }

    /// Waits until `/readyz` answers `ok`, or throws with the server's last words.
    func waitUntilReady(within limit: Duration = .seconds(120)) async throws {
        let process = apiServer.withLock { $0 }
        do {
            try await eventually("/readyz of \(url) answers ok", within: limit, every: .milliseconds(100)) { () -> Void? in
                guard process.isRunning, etcd.isRunning else { throw Hopeless("a program has ended") }
                let response = try await api.request("GET", "/readyz", token: adminToken, timeout: .seconds(5))
                guard response.succeeded else { throw TestSupportError("\(response.status) \(response.body)") }
                return ()
            }
        } catch {
            try Task.checkCancellation()
            throw TestSupportError(
                """
                kube-apiserver did not become ready: \(error)
                etcd's last lines:
                \(Files.tail(files.etcdLog, lines: 5))
                kube-apiserver's last lines:
                \(Files.tail(files.apiServerLog))
                """)
        }
    }
}
