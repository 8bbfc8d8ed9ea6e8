import Model

/// Follows a path from the root of a tree, one component at a time, through symlinks, never out of the tree.
///
/// The rules are here, what a directory is is the caller's: `Node` is an object name in Git, a descriptor on disk. The
/// caller asks for the `next` component, looks it up in `current`, and says what it found with `enter` or `follow`.
struct PathWalk<Node> {
    private let path: TreePath
    /// Last component first.
    private var remaining: [String]
    private var visited: [(name: String, node: Node)] = []
    private var followed = 0
    private let root: Node

    init(_ path: TreePath, root: Node) {
        self.path = path
        self.root = root
        self.remaining = path.components.reversed()
    }

    /// The directory that the next component is looked up in.
    var current: Node { visited.last?.node ?? root }

    /// Where the walk is, without symlinks.
    var place: TreePath { visited.reduce(TreePath.root) { $0.child($1.name) } }

    var isLast: Bool { remaining.isEmpty }

    /// The name to look up in `current`, or nil at the end of the path.
    mutating func next() -> String? { remaining.popLast() }

    mutating func enter(_ name: String, _ node: Node) { visited.append((name, node)) }

    /// Goes on where the symlink `name` in `current` points. Throws `invalid` when that is outside, or a circle.
    mutating func follow(_ name: String, target: [UInt8]) throws {
        let link = place.child(name)
        followed += 1
        guard followed <= TreeLimits.symlinks else {
            throw PlumbError(
                .invalid, "The symlink \(link) leads in a circle.", remedy: "Remove it, or let it point to a file of the source.")
        }
        guard let text = String(validating: target, as: UTF8.self), !text.isEmpty, target.count <= 4096 else {
            throw PlumbError(.invalid, "The symlink \(link) has a target that is not a path.")
        }
        guard !text.hasPrefix("/") else { throw Self.leaves(link, text) }
        var depth = visited.count
        for part in text.split(separator: "/") where part != "." {
            // A name may itself be a symlink to a deeper place, so only what is sure to leave is refused here.
            depth += part == ".." ? -1 : 1
            guard depth >= 0 else { throw Self.leaves(link, text) }
        }
        remaining += text.split(separator: "/").filter { $0 != "." }.reversed().map(String.init)
    }

    /// Goes to the parent of `current`: `..` in the target of a symlink.
    mutating func leave() throws {
        guard visited.popLast() != nil else {
            throw PlumbError(.invalid, "A symlink on the way to \(path) leads out of the source.", remedy: Self.remedy)
        }
    }

    private static var remedy: String { "A symlink may only point to a file of the same source, by a relative path." }

    private static func leaves(_ link: TreePath, _ target: String) -> PlumbError {
        PlumbError(.invalid, "The symlink \(link) leads out of the source, to \(target.quoted).", remedy: remedy)
    }
}
