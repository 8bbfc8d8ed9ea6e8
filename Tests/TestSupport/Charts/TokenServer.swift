import Crypto
import NIOHTTP1
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Gives out the tokens that a registry asks for, as the distribution specification has it: to one user, for any repository.
package final class TokenServer: Sendable {
    /// PEM file of the certificate that the registry checks tokens with.
    package let certificate: String
    package let url: String
    private let host: HTTPHost
    private let signer: TokenSigner
    private let log: RequestLog

    private init(certificate: String, host: HTTPHost, signer: TokenSigner, log: RequestLog) {
        self.certificate = certificate
        url = host.url
        self.host = host
        self.signer = signer
        self.log = log
    }

    package static func with<Success>(
        user: String, password: String, _ body: (TokenServer) async throws -> Success
    ) async throws -> Success {
        try await TemporaryDirectory.with("tokens") { directory in
            let pair = try await CertificateAuthority.create(in: directory).authority
            let signer = try TokenSigner(pair)
            let log = RequestLog()
            let wanted = "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
            let host = try await HTTPHost.start { request in
                log.add(request)
                guard request.headers.first(name: "Authorization") == wanted else { return HTTPHost.Response(.unauthorized) }
                let query = Self.decoded(request.query)
                let scope = query.split(separator: "&").first { $0.hasPrefix("scope=") }?.dropFirst(6).split(separator: ":") ?? []
                guard scope.count == 3 else { return HTTPHost.Response(.badRequest) }
                let token = try signer.token(for: String(scope[1]), actions: scope[2].split(separator: ",").map(String.init))
                return HTTPHost.Response(text: "{\"token\":\"\(token)\",\"expires_in\":300}")
            }
            let server = TokenServer(certificate: pair.certificate, host: host, signer: signer, log: log)
            do {
                let result = try await body(server)
                await host.stop()
                return result
            } catch {
                await host.stop()
                throw error
            }
        }
    }

    /// Of the characters that a scope has.
    private static func decoded(_ query: String) -> String {
        [("%3A", ":"), ("%2F", "/"), ("%2C", ",")].reduce(query) { text, pair in
            text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
        }
    }

    package func token(for repository: String, actions: [String]) throws -> String {
        try signer.token(for: repository, actions: actions)
    }

    package var requests: [HTTPHost.Request] { log.all }
}

private final class RequestLog: Sendable {
    private let requests = Mutex<[HTTPHost.Request]>([])

    var all: [HTTPHost.Request] { requests.withLock { $0 } }
    func add(_ request: HTTPHost.Request) { requests.withLock { $0.append(request) } }
}

/// Signs tokens (JWT, ES256) with the key of a certificate, which goes along.
private struct TokenSigner: Sendable {
    private let key: P256.Signing.PrivateKey
    private let chain: String

    init(_ pair: CertificateAuthority.Pair) throws {
        key = try P256.Signing.PrivateKey(pemRepresentation: try Files.read(pair.key))
        chain = try Files.read(pair.certificate).split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
    }

    func token(for repository: String, actions: [String]) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
        let claims = """
            {"iss":"test","sub":"tess","aud":"registry","exp":\(now + 300),"nbf":\(now - 30),"iat":\(now - 30),"jti":"\(now)",\
            "access":[{"type":"repository","name":"\(repository)","actions":[\(list)]}]}
            """
        let text =
            Self.encode(Data("{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5c\":[\"\(chain)\"]}".utf8)) + "."
            + Self.encode(Data(claims.utf8))
        return text + "." + Self.encode(try key.signature(for: Data(text.utf8)).rawRepresentation)
    }

    private static func encode(_ data: Data) -> String {
        data.base64EncodedString().filter { $0 != "=" }.map { ["+": "-", "/": "_"][$0] ?? String($0) }.joined()
    }
}
