import Model

/// A path that somebody wants to hear about.
package struct WatchedPath: Sendable, Hashable {
    package enum Scope: Sendable, Hashable {
        /// That the entry comes, goes, or is another, its attributes, and that whoever had it open for writing closes it: enough
        /// for what is replaced as a whole, and quiet where others write beside it all the time.
        case entry
        /// Of a file, every change of its content, too.
        case content
        /// Of a directory, its direct entries with their content, too.
        case entries
    }

    /// As it was given; reports say this.
    package let name: String
    package let scope: Scope

    /// `name` is absolute.
    package init(_ name: String, _ scope: Scope) {
        self.name = name
        self.scope = scope
    }

    var components: [String] { name.split(separator: "/").filter { $0 != "." }.map(String.init) }

    func entry(_ entry: String) -> String { name.utf8.last == UInt8(ascii: "/") ? name + entry : "\(name)/\(entry)" }

    /// Throws `invalid` for a path that is not absolute.
    func check() throws {
        guard name.utf8.first == UInt8(ascii: "/"), !name.utf8.contains(0) else {
            throw PlumbError(.invalid, "The path \(name.quoted) cannot be watched: it is not absolute.")
        }
    }
}
