/// A version as Helm reads it: leniently, `v1.2` is `1.2.0`.
package struct HelmVersion: Sendable {
    package var major: UInt64
    package var minor: UInt64
    package var patch: UInt64
    package var prerelease: String
    package var metadata: String
    package let original: String

    package init?(_ text: String) {
        original = text
        var rest = text[...]
        if rest.hasPrefix("v") { rest.removeFirst() }
        metadata = ""
        prerelease = ""
        if let plus = rest.firstIndex(of: "+") {
            metadata = String(rest[rest.index(after: plus)...])
            rest = rest[..<plus]
            guard Self.areIdentifiers(metadata, allowsLeadingZero: true) else { return nil }
        }
        if let dash = rest.firstIndex(of: "-") {
            prerelease = String(rest[rest.index(after: dash)...])
            rest = rest[..<dash]
            guard Self.areIdentifiers(prerelease, allowsLeadingZero: false) else { return nil }
        }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var numbers: [UInt64] = []
        for part in parts {
            guard !part.isEmpty, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(part) else { return nil }
            numbers.append(number)
        }
        numbers += Array(repeating: 0, count: 3 - numbers.count)
        (major, minor, patch) = (numbers[0], numbers[1], numbers[2])
    }

    private static func areIdentifiers(_ text: String, allowsLeadingZero: Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            guard !part.isEmpty,
                part.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D })
            else { return false }
            let isNumber = part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return allowsLeadingZero || !isNumber || part.utf8.count == 1 || part.utf8.first != 0x30
        }
    }

    /// Below, at or above 0. Metadata does not count.
    package func compare(_ other: HelmVersion) -> Int {
        for (a, b) in [(major, other.major), (minor, other.minor), (patch, other.patch)] where a != b { return a < b ? -1 : 1 }
        if prerelease == other.prerelease { return 0 }
        if prerelease.isEmpty { return 1 }
        if other.prerelease.isEmpty { return -1 }
        return Self.compare(prerelease.split(separator: "."), other.prerelease.split(separator: "."))
    }

    private static func compare(_ left: [Substring], _ right: [Substring]) -> Int {
        for index in 0..<max(left.count, right.count) {
            guard index < left.count else { return -1 }
            guard index < right.count else { return 1 }
            let (a, b) = (left[index], right[index])
            if a == b { continue }
            switch (UInt64(a), UInt64(b)) {
            case (let x?, let y?): if x != y { return x < y ? -1 : 1 }
            case (nil, _?): return 1
            case (_?, nil): return -1
            case (nil, nil): return a < b ? -1 : 1
            }
        }
        return 0
    }
}

extension HelmVersion: CustomStringConvertible {
    package var description: String {
        "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-" + prerelease) + (metadata.isEmpty ? "" : "+" + metadata)
    }
}
