/// Amounts as Kubernetes writes them: `1000m`, `0.5Gi`, `1e3`.
enum Quantity {
    private static let suffixes: [(suffix: String, factor: Double)] = [
        ("Ki", 1024), ("Mi", 1_048_576), ("Gi", 1_073_741_824), ("Ti", 1_099_511_627_776), ("Pi", 1_125_899_906_842_624),
        ("Ei", 1_152_921_504_606_846_976), ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12),
        ("P", 1e15), ("E", 1e18),
    ]

    /// The amount in units, in nano-units to be compared exactly; nil for what is no quantity.
    static func amount(_ text: String) -> Double? {
        guard text.utf8.count <= 40, let first = text.utf8.first, first < 0x3a else { return nil }
        if let plain = Double(text) { return (plain * 1e9).rounded() }
        for (suffix, factor) in suffixes where text.hasSuffix(suffix) {
            return Double(text.dropLast(suffix.count)).map { ($0 * factor * 1e9).rounded() }
        }
        return nil
    }
}
