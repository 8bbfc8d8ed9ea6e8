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
            policy.retry.initial = try retry.duration("initial") ?? policy.retry.initial
            policy.retry.factor = try retry.value("factor")?.double ?? policy.retry.factor
            policy.retry.max = try retry.duration("max") ?? policy.retry.max
            try retry.finish()
        }
        try reader.finish()
        return policy
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
