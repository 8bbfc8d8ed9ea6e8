import Manifests

/// Reads `spec.sync`.
enum SyncPolicyReader {
    static func policy(from reader: ObjectReader) throws -> SyncPolicy {
        var policy = SyncPolicy()
        policy.automatic = try reader.optionalBool("automatic") ?? policy.automatic
        policy.prune = try reader.optionalBool("prune") ?? policy.prune
        policy.drift = try reader.optionalChoice("drift", SyncPolicy.Drift.self) ?? policy.drift
        policy.onRemoval = try reader.optionalChoice("onRemoval", SyncPolicy.Removal.self) ?? policy.onRemoval
        policy.adopt = try reader.optionalChoice("adopt", SyncPolicy.Adoption.self) ?? policy.adopt
        policy.preflight = try reader.optionalChoice("preflight", SyncPolicy.Preflight.self) ?? policy.preflight
        if let budget = try reader.optionalObject("deletionBudget") {
            policy.deletionBudget = try deletionBudget(from: budget)
        }
        if let retry = try reader.optionalObject("retry") {
            policy.retry = try self.retry(from: retry)
        }
        try reader.finish()
        return policy
    }

    private static func retry(from reader: ObjectReader) throws -> SyncPolicy.Retry {
        var retry = SyncPolicy.Retry()
        retry.initial = try reader.duration("initial") ?? retry.initial
        retry.max = try reader.duration("max") ?? retry.max
        if let value = try reader.value("factor") {
            guard let factor = value.double, (1...100).contains(factor) else {
                throw reader.error("retry.factor has to be a number from 1 to 100.")
            }
            retry.factor = factor
        }
        try reader.finish()
        guard retry.initial <= retry.max else {
            throw reader.error(
                "retry.initial is \(DurationText.print(retry.initial)), and has to be at most retry.max, \(DurationText.print(retry.max))."
            )
        }
        return retry
    }

    private static func deletionBudget(from reader: ObjectReader) throws -> DeletionBudget {
        var budget = DeletionBudget()
        if let percent = try reader.optionalInteger("percent") {
            guard (1...100).contains(percent) else {
                throw reader.error("deletionBudget.percent is \(percent), and has to be from 1 to 100.")
            }
            budget.percent = Int(percent)
        }
        if let objects = try reader.optionalInteger("objects") {
            guard (0...1_000_000).contains(objects) else {
                throw reader.error("deletionBudget.objects is \(objects), and has to be from 0 to 1000000.")
            }
            budget.objects = Int(objects)
        }
        if try reader.value("kinds") != nil { budget.kinds = Set(try reader.strings("kinds")) }
        try reader.finish()
        return budget
    }
}
