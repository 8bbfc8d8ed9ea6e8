import CHostSupport
import Glibc
import Model

extension HostStore {
    /// Makes the root where it is missing; its parent has to be there.
    ///
    /// It is put together beside its place, and gets its name once it holds the note that Plumb made it: whoever is killed
    /// meanwhile leaves no root of which nobody could tell whose it is, and the next goes on with what was begun.
    func makeRoot() throws {
        guard try Folder.at(root, { _ in true }) == nil else { return }
        let isParentThere: Bool? = try Folder.at(parent) { parent in
            guard mkdirat(parent.descriptor, passing, 0o755) == 0 || errno == EEXIST else { throw cannotMake() }
            try parent.within(passing) { try Self.noteOrigin(in: $0) }
            guard plumb_rename_new(parent.descriptor, passing, name) != 0 else { return true }
            switch errno {
            case EEXIST: try parent.removeTree(passing)
            // Another process was faster, with the same directory.
            case ENOENT: break
            default: throw cannotMake()
            }
            return true
        }
        if isParentThere == nil { throw cannotMake(ENOENT) }
    }

    private var slash: String.Index { root.lastIndex(of: "/") ?? root.startIndex }
    private var parent: String { slash == root.startIndex ? "/" : String(root[..<slash]) }
    private var name: String { String(root[slash...].dropFirst()) }
    private var passing: String { ".\(name).plumb-new" }

    /// Writes down that Plumb made the root, unless another process that makes it, too, has done so and gone on.
    private static func noteOrigin(in root: Folder) throws {
        try trust(root)
        try root.makeFolder(HostPath.reserved, mode: 0o700)
        _ = try root.within(HostPath.reserved) { state in
            try trust(state)
            _ = try locked(state) {
                if try state.facts(HostRecord.file) == nil { try state.store(HostRecord.file, json: HostRecord(madeRoot: true)) }
            }
        }
    }

    private func cannotMake(_ number: Int32 = errno) -> PlumbError {
        var error = systemError("make the target's root \(root)", number)
        if number == ENOENT { error.remedy = "Only the last directory of a root is made; make those above it first." }
        return error
    }
}
