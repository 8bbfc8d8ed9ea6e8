import Logging
import Manifests
import Model
import PlumbTarget
import Sources
import Store
import Synchronization
import TestSupport

@testable import Engine
@testable import Operator

/// A real operator on a real repository and a scripted target.
struct OperatorRig: Sendable {
    let target: ScriptedTarget
    /// A second one, `other`.
    let other: ScriptedTarget
    let repository: TestRepository
    let directory: String
    let store: Store
    let service: Operator
    private let running = Running()

    struct Options: Sendable {
        /// Writes under way at once in one sync.
        var writes = 16
        var isObserver = false
        var path: String?
        /// How often in a row the repository cannot be opened.
        var failedOpenings = 0
        /// Fetched from, as a remote is, and not watched.
        var isRemote = false
        /// With one alone an application need not name it.
        var targets = 2
    }

    /// Commits the files, and runs an operator on them for as long as the body does.
    static func with<Result: Sendable>(
        _ files: [String: String], _ options: Options = Options(), target: ScriptedTarget = ScriptedTarget(),
        _ body: @escaping @Sendable (OperatorRig) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.with("rig") { directory in
            let repository = try await TestRepository.create(in: directory, name: "state")
            try await repository.commit(files, message: "The beginning")
            let rig = try make(repository, directory, target, ScriptedTarget("other"), try Store.inMemory(), options)
            return try await rig.run(body)
        }
    }

    private static func make(
        _ repository: TestRepository, _ directory: String, _ target: ScriptedTarget, _ other: ScriptedTarget, _ store: Store,
        _ options: Options
    ) throws -> OperatorRig {
        var settings = OperatorSettings(
            repository: RepositoryKey(url: (options.isRemote ? "file://" : "") + repository.path), reference: .head,
            path: options.path)
        settings.writes = options.writes
        settings.isObserver = options.isObserver
        settings.targetFlags = ["host": "--root /srv/host"]
        let targets = Array([target, other].prefix(options.targets))
        let openings = Counter()
        let service = Operator(
            settings: settings, store: store, catalog: PlumbTarget(store: store), targets: targets,
            writer: { application in targets.first { $0.name == application.target.name } ?? target },
            followers: { key, interval in
                openings.increase()
                guard openings.value > options.failedOpenings else { throw PlumbError(.notFound, "There is no secret.") }
                return .git(
                    try RepositoryFollower(
                        url: try GitURL(key.url), store: "\(directory)/copies", interval: interval,
                        environment: TestRepository.environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }))
            }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return OperatorRig(
            target: target, other: other, repository: repository, directory: directory, store: store, service: service)
    }

    /// Another operator on the same repository and targets, after this one has ended; with an empty store where it lost its own.
    func again<Result: Sendable>(
        losingStore: Bool = false, _ options: Options = Options(),
        _ body: @escaping @Sendable (OperatorRig) async throws -> Result
    ) async throws -> Result {
        await running.end()
        let store = losingStore ? try Store.inMemory() : store
        return try await Self.make(repository, directory, target, other, store, options).run(body)
    }

    func stop() async { await running.end() }

    private func run<Result: Sendable>(_ body: @escaping @Sendable (OperatorRig) async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            let task = Task { try await service.run() }
            running.begin(task)
            group.addTask {
                try await withTaskCancellationHandler {
                    try await task.value
                } onCancel: {
                    task.cancel()
                }
                return nil
            }
            group.addTask {
                do {
                    return try await withDeadline(.seconds(120), "the test") { try await body(self) }
                } catch {
                    await target.openAll()
                    throw error
                }
            }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let ended {
                    await running.end()
                    return ended
                }
                guard running.isEnded else { break }
            }
            throw TestSupportError("The operator ended before the test.")
        }
    }

    // MARK: Asking

    /// Waits until what is under way of the application was told that something newer is wanted.
    func superseded(_ name: String) async throws {
        _ = try await eventually("\(name) is superseded", within: .seconds(60), every: .milliseconds(5)) {
            await service.isSuperseded(name) ? true : nil
        }
    }

    @discardableResult
    func wait(
        _ name: String, _ what: String, until condition: @Sendable (ApplicationStatus) -> Bool
    ) async throws -> ApplicationStatus {
        var last: ApplicationStatus?
        do {
            return try await eventually("\(name) is \(what)", within: .seconds(60), every: .milliseconds(10)) {
                last = try await service.application(name)
                return last.flatMap { condition($0) ? $0 : nil }
            }
        } catch {
            throw TestSupportError("\(error); the last status was \(last?.value.json ?? "none")")
        }
    }

    @discardableResult
    func synced(_ name: String, at commit: String? = nil) async throws -> ApplicationStatus {
        try await wait(name, "Synced and Healthy") { status in
            status.sync == .synced && status.health.status == .healthy && status.hold == nil
                && (commit.map { status.revisions.first?.hasSuffix($0) ?? false } ?? true)
        }
    }

    @discardableResult
    func held(_ name: String, _ reason: Hold.Reason) async throws -> Hold {
        let status = try await wait(name, "held: \(reason.rawValue)") { $0.hold?.reason == reason }
        return try status.hold ?? { throw TestSupportError("\(name) has no hold") }()
    }

    /// What is live of a ConfigMap's `data.a`.
    func data(_ name: String) async -> String? { await target.live[.configMap(name)]?.value.at("data", "a")?.string }

    func has(_ name: String, _ text: String) async throws {
        do {
            _ = try await eventually("\(name) says \(text)", within: .seconds(60), every: .milliseconds(10)) {
                await data(name) == text ? true : nil
            }
        } catch {
            let words = await service.applications().map { "\($0.name): \($0.sync.rawValue), \($0.why)" }
            throw TestSupportError("\(error); it says \(await data(name) ?? "nothing"). \(words)")
        }
    }

    func events(_ name: String? = nil) async throws -> [Event] {
        try await service.events(of: name, after: 0, limit: 1000)
    }

    /// Waits until the revision is what the operator's own application is at.
    func seen(_ commit: String) async throws { try await synced("root", at: commit) }
}

/// The task of an operator, which a test may end before its own end.
private final class Running: Sendable {
    private let state = Mutex<(task: Task<Void, any Error>?, isEnded: Bool)>((nil, false))

    var isEnded: Bool { state.withLock { $0.isEnded } }

    func begin(_ task: Task<Void, any Error>) { state.withLock { $0.task = task } }

    func end() async {
        let task = state.withLock { state in
            state.isEnded = true
            return state.task
        }
        task?.cancel()
        _ = await task?.result
    }
}

extension Operator {
    fileprivate func isSuperseded(_ name: String) -> Bool { records[name]?.supersession?.current != nil }
}

extension OperatorRig {
    static func application(_ name: String, path: String? = nil, _ settings: String = "", annotations: String = "") -> String {
        """
        apiVersion: plumb.dev/v1alpha1
        kind: Application
        metadata: {name: \(name)\(annotations.isEmpty ? "" : ", annotations: {\(annotations)}")}
        spec:
          sources: [{path: \(path ?? name)}]
          target: {name: host}
        \(settings)

        """
    }

    static func configMap(_ name: String, _ text: String, annotations: String = "") -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: \(name)\(annotations.isEmpty ? "" : ", annotations: {\(annotations)}")}
        data: {a: "\(text)"}

        """
    }

    /// An application with one ConfigMap of the same name.
    static func simple(_ name: String, _ text: String = "one", _ settings: String = "") -> [String: String] {
        ["plumb/\(name).yaml": application(name, settings), "\(name)/map.yaml": configMap(name, text)]
    }
}
