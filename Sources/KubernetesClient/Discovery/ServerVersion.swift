package import Manifests

/// The answer of `/version`.
package struct ServerVersion: Sendable, Hashable, CustomStringConvertible {
    package var major: Int
    package var minor: Int
    /// As the server writes it: `v1.30.2+k3s1`.
    package var gitVersion: String

    package init(major: Int, minor: Int, gitVersion: String) {
        self.major = major
        self.minor = minor
        self.gitVersion = gitVersion
    }

    /// Nil when the numbers cannot be read. Some vendors write the minor version as `20+`.
    package init?(_ value: Value) {
        guard let git = value["gitVersion"]?.string,
            let major = value["major"]?.string.flatMap(Self.number),
            let minor = value["minor"]?.string.flatMap(Self.number)
        else { return nil }
        self.init(major: major, minor: minor, gitVersion: git)
    }

    package func isAtLeast(_ major: Int, _ minor: Int) -> Bool { (self.major, self.minor) >= (major, minor) }

    package var description: String { gitVersion }

    private static func number(_ text: String) -> Int? { Int(text.prefix { $0.isASCII && $0.isNumber }) }
}
