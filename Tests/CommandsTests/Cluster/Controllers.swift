import Manifests
import TestSupport

/// The test in the place of the controllers, which do not run.
extension ClusterApp {
    /// As the Deployment controller tells that the two replicas of `Samples.deployment` are there.
    func becomeHealthy(_ deployment: String) async throws {
        let path = path("deployments", deployment, group: "apps/v1")
        let generation = try await get(path).at("metadata", "generation")?.integer ?? 0
        let counts = #""replicas":2,"updatedReplicas":2,"readyReplicas":2,"availableReplicas":2"#
        try await patch(path + "/status", #"{"status":{"observedGeneration":\#(generation),\#(counts)}}"#)
    }

    func jobPath(_ name: String) -> String { path("jobs", name, group: "batch/v1") }

    /// Waits until a Job of this name is there that has another uid than `other`, and ends it.
    /// - Returns: its uid.
    @discardableResult
    func finishJob(_ name: String, succeeding: Bool = true, butNot other: String? = nil) async throws -> String {
        let uid = try await eventually("the Job \(name) is there", within: .seconds(60)) { () -> String? in
            guard try await isThere(jobPath(name)) else { return nil }
            let uid = try await self.uid(jobPath(name))
            return uid == other ? nil : uid
        }
        try await finish(name, succeeding: succeeding)
        return uid
    }

    private func finish(_ name: String, succeeding: Bool) async throws {
        let condition =
            succeeding
            ? #"{"type":"Complete","status":"True"}"#
            : #"{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"it has failed"}"#
        try await patch(jobPath(name) + "/status", #"{"status":{"conditions":[\#(condition)]}}"#)
    }

    /// Ends every Job of the namespace with success as soon as it is there, until it is cancelled.
    func finishAllJobs(every interval: Duration = .milliseconds(20)) async throws {
        while !Task.isCancelled {
            let list = try await get("/apis/batch/v1/namespaces/\(namespace)/jobs")["items"]?.array ?? []
            for job in list where job.at("status", "conditions") == nil {
                // Whoever made it may have taken it away again.
                try? await finish(job.at("metadata", "name")?.string ?? "", succeeding: true)
            }
            try await Task.sleep(for: interval)
        }
    }

    /// Runs `body` while every Job ends with success.
    func withJobController<Success: Sendable>(
        every interval: Duration = .milliseconds(20), _ body: @escaping @Sendable () async throws -> Success
    ) async throws -> Success {
        try await withThrowingTaskGroup(of: Success?.self) { group in
            group.addTask {
                try await finishAllJobs(every: interval)
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            guard let result = try await group.next(), let value = result else {
                throw TestSupportError("the Job controller ended first")
            }
            return value
        }
    }
}
