/// A program that renders, as whoever runs Plumb has allowed it.
package struct Plugin: Sendable, Hashable {
    /// What of the files it gets.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        /// The whole repository, or directory.
        case repository
        /// The source's own directory.
        case source
    }

    package var name: String
    /// An absolute path, and arguments.
    package var command: [String]
    package var timeout: Duration = .seconds(30)
    /// In bytes, of all its processes together.
    package var memory = 512 << 20
    /// In bytes.
    package var output = 16 << 20
    /// At once.
    package var processes = 32
    /// In bytes, of each file that it writes.
    package var fileSize = 64 << 20
    /// Beside PATH, HOME, LANG and TMPDIR.
    package var environment: [String: String] = [:]
    package var scope = Scope.repository
    /// Whether Applications may add arguments.
    package var takesArguments = false
    /// Whom it runs as; nil for Plumb's own user.
    package var user: Account?

    package init(name: String, command: [String]) {
        self.name = name
        self.command = command
    }

    package struct Account: Sendable, Hashable {
        package var id: UInt32
        package var group: UInt32
    }

    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    static let reserved: Set<String> = ["HOME", "TMPDIR"]
}
