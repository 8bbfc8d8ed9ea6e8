import Manifests
package import Model

/// How a command on this machine finds the running operator: `server.json` in its data directory, and the token beside it.
package struct ServerFile: Sendable {
    /// Where the data directory is.
    private let directory: String

    package init(directory: String) { self.directory = directory }

    private var path: String { "\(directory)/server.json" }
    private var tokenPath: String { "\(directory)/token" }

    /// The token that the server asks for: the one of the last start, else 256 random bits, which are written before they
    /// are returned. Throws `denied` where others may read the file, `invalid` where it holds no token.
    package func token() async throws -> Secret {
        let tokenPath = tokenPath
        return try await BlockingWork.run {
            if let bytes = try PrivateFile.read(tokenPath) { return try Self.token(in: bytes, tokenPath) }
            let token = Self.randomToken()
            try PrivateFile.write(Array((token + "\n").utf8), to: tokenPath)
            return Secret(token)
        }
    }

    /// Says where the server listens. Readers see all of it or nothing.
    package func write(url: String) async throws {
        let (path, tokenPath) = (path, tokenPath)
        try await BlockingWork.run {
            let value: Value = ["url": .string(url), "tokenFile": .string(tokenPath)]
            try PrivateFile.write(JSON.serialize(value, pretty: true) + [UInt8(ascii: "\n")], to: path)
        }
    }

    /// After this no command finds the server. The token stays, for the next start.
    package func remove() async throws {
        let path = path
        try await BlockingWork.run { try PrivateFile.remove(path) }
    }

    /// The address and token that a running operator left in `directory`; nil where none runs. Throws `invalid` for a file
    /// that says something else, and what reading the token throws.
    package static func read(directory: String) async throws -> (url: String, token: Secret)? {
        try await BlockingWork.run {
            let path = "\(directory)/server.json"
            guard let bytes = try PrivateFile.read(path) else { return nil }
            guard let value = try? JSON.parse(bytes, file: path), let url = value["url"]?.string,
                let tokenPath = value["tokenFile"]?.string
            else {
                throw PlumbError(
                    .invalid, "\(path) does not say where an operator listens.",
                    remedy: "Remove it, and start the operator again with plumb serve.")
            }
            guard let token = try PrivateFile.read(tokenPath) else {
                throw PlumbError(
                    .notFound, "The token file \(tokenPath), which \(path) names, is not there.",
                    remedy: "Start the operator again with plumb serve.")
            }
            return (url, try Self.token(in: token, tokenPath))
        }
    }

    private static func token(in bytes: [UInt8], _ path: String) throws -> Secret {
        let digits = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let isPrintable = digits.allSatisfy { (0x21...0x7e).contains($0) }
        guard digits.count >= 32, isPrintable else {
            throw PlumbError(
                .invalid, "\(path) holds no token, which is 32 characters or more on one line.",
                remedy: "Remove the file: a new token is made at the next start.")
        }
        return Secret(String(decoding: digits, as: UTF8.self))
    }

    private static func randomToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
