import ArgumentParser
import Model
import Operator
import Server
import ServiceLifecycle

/// The operator: pulls, compares and reverts for as long as it runs.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the operator: follow a repository, and keep what it declares true.",
        discussion: """
            The repository declares Applications under --path (plumb), or is one application itself. Ends in order on Ctrl-C and \
            SIGTERM. $KUBECONFIG and ~/.kube/config are for the other commands; name the cluster with --kubeconfig.
            """)

    @Option(help: "The Git repository that declares what should run: a URL, or a directory of this machine.")
    var repository: String

    @Option(help: "The branch to follow; without it the repository's default branch.")
    var branch: String?

    @Option(help: "Where in the repository the Applications are declared (plumb), or the one application is.")
    var path: String?

    @Option(help: "Where the operator keeps its store, its copies of repositories, and how to reach it.")
    var dataDir: String?

    @Option(help: "The directory with a subdirectory of credentials for each secretRef.")
    var secretsDir: String?

    @Option(help: "The directory in --secrets-dir with the credentials of --repository.")
    var secret: String?

    @Option(help: "The service account, in the target namespace, of applications that name none (Kubernetes).")
    var defaultServiceAccount: String?

    @Option(help: "Where the API listens; port 0 for one that is free.")
    var listen = "127.0.0.1:7420"

    @Option(help: "The kubeconfig file of the cluster; in a Pod without it, the cluster it runs in.")
    var kubeconfig: String?

    @Option(help: "The context of the kubeconfig; without it the current one.")
    var context: String?

    @Option(help: "The directory that host objects are below; without it there is no host target.")
    var root: String?

    @Option(help: "A file that says which programs may render, for Applications that ask for one.")
    var plugins: String?

    @Flag(help: "Plan and show, and never write to a target.")
    var observe = false

    @Option(help: "How often repositories are looked at that do not tell by themselves: 60s, 5m.")
    var interval = DurationArgument(.seconds(60))

    @OptionGroup var remoteBases: RemoteBaseOptions

    func validate() throws {
        guard ListenAddress(parsing: listen) != nil else {
            throw ValidationError("--listen is \(listen.quoted), and has to be HOST:PORT, such as 127.0.0.1:7420.")
        }
        if context != nil, kubeconfig == nil { throw ValidationError("--context needs --kubeconfig, which it is a part of.") }
    }

    func run() async throws {
        let assembly = try await ServeAssembly.make(self)
        do {
            try await run(assembly)
        } catch {
            await assembly.close()
            throw error
        }
        await assembly.close()
    }

    /// Until a signal, which cancels this task; then what is under way ends in order, the server first.
    private func run(_ assembly: ServeAssembly) async throws {
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: assembly.operatorService), .init(service: assembly.server)], logger: Session.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        let group = ServiceGroup(configuration: configuration)
        // Tasks of their own, because a cancelled group would cut connections and writes short: the first is awaited, the
        // second ends with it.
        let running = Task { try await group.run() }
        let (stopped, stop) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let stopping = Task {
            for await _ in stopped { await group.triggerGracefulShutdown() }
        }
        defer { stopping.cancel() }
        try await withTaskCancellationHandler {
            try await running.value
        } onCancel: {
            stop.yield()
        }
    }
}

/// The operator as a service: cancelled with its group, and ended in order.
struct OperatorService: Service {
    let `operator`: Operator

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await self.operator.run() }
    }
}
