import Model

/// A path under the root of a host target: at least one component, none of them `.` or `..`.
package struct HostPath: Sendable, Hashable, CustomStringConvertible {
    package let components: [String]

    /// Where Plumb keeps its own state under the root; no object may be there.
    package static let reserved = ".plumb"

    private init(components: [String]) { self.components = components }

    /// Throws `invalid` for an empty or absolute path, `.` and `..`, control characters, what no file system takes, and
    /// Plumb's own directory.
    package init(_ text: String) throws {
        func wrong(_ why: String) -> PlumbError {
            PlumbError(
                .invalid, "The path \(text.quoted) \(why).", remedy: "Paths are relative to the target's root, and never leave it.")
        }
        guard !text.hasPrefix("/") else { throw wrong("is absolute") }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else {
            throw wrong("has a control character in it")
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        guard let first = parts.first else { throw wrong("is empty") }
        guard !parts.contains("."), !parts.contains("..") else { throw wrong("has the component . or .. in it") }
        guard parts.allSatisfy({ $0.utf8.count <= 255 }), text.utf8.count <= 4000 else { throw wrong("is too long") }
        guard first != Self.reserved else { throw wrong("is in Plumb's own directory") }
        components = parts
    }

    package var name: String { components[components.count - 1] }

    /// The directories above it, the outermost first.
    package var ancestors: [HostPath] {
        components.indices.dropFirst().map { HostPath(components: Array(components[..<$0])) }
    }

    package var description: String { components.joined(separator: "/") }
}

extension HostPath: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
