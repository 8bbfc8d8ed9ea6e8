// Ratios within one run on one machine; absolute figures of a shared machine are worth little.
Report.begin()
try await DocumentBenchmarks.run()
try await PlanBenchmarks.run()
try await ApplyBenchmarks.run()
