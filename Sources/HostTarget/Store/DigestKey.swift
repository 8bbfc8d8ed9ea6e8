import Manifests
import Model

/// The key of digests of secret content, kept in `.plumb/key`.
///
/// A plan that nobody has applied yet must have the same digest in the next process, or it could never be approved, and
/// planning writes nothing. So before there is a key, one follows from the machine's own id, which is secret from whoever
/// has only digests; the first saved inventory writes it down.
enum DigestKey {
    static let file = "key"

    static func load(_ store: HostStore) throws -> [UInt8] {
        if let key = try store.read({ _, state in try state.read(file, limit: 1000) }) ?? nil { return key }
        let machine = try? Folder.at("/etc", { try $0.read("machine-id", limit: 1000) }) ?? nil
        guard let machine, machine.count >= 16 else {
            return store.randomKey
        }
        return Array(Digest.keyed(Array("plumb host target \(store.root)".utf8), key: machine).hex.utf8)
    }
}
