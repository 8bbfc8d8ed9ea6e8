import Model

/// A path that somebody wants to hear about.
struct WatchedPath: Hashable {
    /// As it was given; reports say this.
    let name: String
    let components: [String]

    /// Throws `invalid` for a path that is not absolute.
    init(_ name: String) throws {
        guard name.utf8.first == UInt8(ascii: "/"), !name.utf8.contains(0) else {
            throw PlumbError(.invalid, "The path \(name.quoted) cannot be watched: it is not absolute.")
        }
        self.name = name
        components = name.split(separator: "/").filter { $0 != "." }.map(String.init)
    }

    func entry(_ entry: String) -> String { name.utf8.last == UInt8(ascii: "/") ? name + entry : "\(name)/\(entry)" }
}
