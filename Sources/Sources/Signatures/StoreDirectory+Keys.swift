import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension StoreDirectory {
    /// Nobody is asked, nothing is fetched, no agent starts; a key counts because it was given.
    private static let options = "batch\nno-tty\nno-autostart\nno-auto-key-retrieve\ndisable-dirmngr\ntrust-model always\n"

    /// Makes an empty key ring for OpenPGP, and writes the list of SSH keys.
    func writeKeys(_ keys: [SigningKey]) throws -> GitEnvironment.KeyFiles {
        let keyRing = "\(secrets)/gnupg"
        for file in [keyRing, "\(secrets)/allowed_signers"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
        try FileManager.default.createDirectory(
            atPath: keyRing, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = try write(Self.options, "gnupg/gpg.conf")
        let signers = keys.compactMap { if case .ssh(let key) = $0 { "plumb namespaces=\"git\" \(key)\n" } else { nil } }
        return GitEnvironment.KeyFiles(keyRing: keyRing, allowedSigners: try write(signers.joined(), "allowed_signers"))
    }
}
