import Crypto
import Model

/// The SHA-256 of what was fetched.
enum ContentDigest {
    @concurrent
    static func of(_ bytes: [UInt8]) async -> Revision.Digest? {
        try? Revision.Digest(SHA256.hash(data: bytes).map { hex($0) }.joined())
    }

    /// Throws `failed` where the content has another one.
    static func check(_ bytes: [UInt8], is digest: Revision.Digest, _ what: String) async throws {
        let found = await of(bytes)
        guard found == digest else {
            throw PlumbError(
                .failed,
                "The \(what) is not what it is said to be: its digest is \(found?.description ?? "none"), and has to be \(digest).",
                remedy: "It was damaged on the way, or exchanged. Ask again; if it stays so, have it published anew.")
        }
    }
}
