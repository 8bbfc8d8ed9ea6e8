// Ratios within one run on one machine; absolute figures of a shared machine are worth little.
// A name measures only that part: plumb-benchmarks live
let parts: [(name: String, run: () async throws -> Void)] = [
    ("documents", DocumentBenchmarks.run), ("kustomize", KustomizeBenchmarks.run), ("charts", HelmBenchmarks.run),
    ("renders", RenderBenchmarks.run),
    ("plans", PlanBenchmarks.run),
    ("apply", ApplyBenchmarks.run),
    ("live", LiveBenchmarks.run), ("operator", OperatorBenchmarks.run),
]
let wanted = CommandLine.arguments.dropFirst()
Report.begin()
for part in parts where wanted.isEmpty || wanted.contains(part.name) { try await part.run() }
