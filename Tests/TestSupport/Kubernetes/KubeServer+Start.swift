extension KubeServer {
    /// The one API server of this test process. Whoever asks first starts it; the rest wait for that.
    package static func shared() async throws -> KubeServer {
        try await SharedKubeServer.instance.get()
    }

    /// Whether `Options.controllerManager` can be had here.
    package static var hasControllerManager: Bool {
        (try? KubeAssets.find())?.controllerManager != nil
    }

    /// A private API server with empty data. `stop()` ends it.
    package static func start(_ options: Options = Options()) async throws -> KubeServer {
        let assets = try KubeAssets.find()
        let directory = try TemporaryDirectory.create("kube")
        do {
            let files = try await KubeFiles.create(in: directory)
            let server = try await startOnFreePorts(assets, files, options)
            if options.controllerManager { try await server.startControllerManager(try controllerManager(assets)) }
            return server
        } catch {
            TemporaryDirectory.remove(directory)
            throw error
        }
    }

    /// A private API server for the length of `body`.
    package static func with<Success>(
        _ options: Options = Options(), _ body: (KubeServer) async throws -> Success
    ) async throws -> Success {
        let server = try await start(options)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Another program may take a port between choosing it and listening on it: then once more with others.
    private static func startOnFreePorts(_ assets: KubeAssets, _ files: KubeFiles, _ options: Options) async throws -> KubeServer {
        var attempt = 1
        while true {
            do {
                return try await startOnce(assets, files, options)
            } catch let error as TestSupportError where attempt < 3 && "\(error)".contains("address already in use") {
                attempt += 1
                TemporaryDirectory.remove(files.etcdData)
                TemporaryDirectory.remove(files.etcdLog)
                TemporaryDirectory.remove(files.apiServerLog)
            }
        }
    }

    private static func startOnce(_ assets: KubeAssets, _ files: KubeFiles, _ options: Options) async throws -> KubeServer {
        let (port, etcdPort) = (try FreePort.next(), try FreePort.next())
        let etcd = try await KubeProcesses.startEtcd(assets.etcd, files, port: etcdPort, peerPort: try FreePort.next())
        let program = assets.apiServer
        let launch: @Sendable () async throws -> ServerProcess = {
            try await KubeProcesses.startAPIServer(
                program, files, port: port, etcdPort: etcdPort, extraArguments: options.apiServerArguments)
        }
        let apiServer: ServerProcess
        do {
            apiServer = try await launch()
        } catch {
            await etcd.kill()
            throw error
        }
        do {
            let server = try KubeServer(files: files, port: port, etcd: etcd, apiServer: apiServer, launch: launch)
            try await server.waitUntilReady()
            return server
        } catch {
            await apiServer.kill()
            await etcd.kill()
            throw error
        }
    }

    private static func controllerManager(_ assets: KubeAssets) throws -> String {
        guard let program = assets.controllerManager else {
            throw TestSupportError("there is no kube-controller-manager: run scripts/kube-assets.sh --with-controller-manager")
        }
        return program
    }
}

private actor SharedKubeServer {
    static let instance = SharedKubeServer()
    private var server: Task<KubeServer, any Error>?

    /// The task is nobody's child: that the test which asked first is cancelled must not take the server from the others.
    func get() async throws -> KubeServer {
        if let server { return try await server.value }
        let task = Task { try await KubeServer.start() }
        server = task
        return try await task.value
    }
}
