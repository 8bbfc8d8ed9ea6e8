import Manifests
import Model

/// The key of digests of secret content, kept in `.plumb/key`.
///
/// A plan that nobody has applied yet must have the same digest in the next process, or it could never be approved, and
/// planning writes nothing. So before there is a key, one follows from the machine's own id, which is secret from whoever
/// has only digests; the first saved inventory writes it down.
struct DigestKey {
    static let file = "key"

    let bytes: [UInt8]
    /// Whether the next process has it too. A container often has no machine id: then each process makes a key up.
    let isLasting: Bool

    /// `proposed` is the process's own, for where there is none yet.
    static func load(_ store: HostStore, proposed: [UInt8]) throws -> DigestKey {
        if let key = try store.read({ _, state in try state.read(file, limit: 1000) }) ?? nil {
            return DigestKey(bytes: key, isLasting: true)
        }
        let machine = try? Folder.at("/etc", { try $0.read("machine-id", limit: 1000) }) ?? nil
        return make(root: store.root, machine: machine, proposed: proposed)
    }

    static func make(root: String, machine: [UInt8]?, proposed: [UInt8]) -> DigestKey {
        guard let machine, machine.count >= 16 else { return DigestKey(bytes: proposed, isLasting: false) }
        let derived = Digest.keyed(Array("plumb host target \(root)".utf8), key: machine)
        return DigestKey(bytes: Array(derived.hex.utf8), isLasting: true)
    }

    static func random() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}
