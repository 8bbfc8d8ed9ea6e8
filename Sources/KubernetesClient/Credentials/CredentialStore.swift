import Logging
import Model
import NIOSSL
import Synchronization

/// Holds the current credential and renews it: files when they are a minute old, plugins when what they gave expires, either
/// when the server refuses it.
final class CredentialStore: Sendable {
    private struct Held {
        var credential: Credential
        var until: ContinuousClock.Instant?
        var generation: Int
    }

    private let source: CredentialSource
    private let trust: Trust
    private let age: Duration
    private let pluginTime: Duration
    private let logger: Logger
    private let held = Mutex<Held?>(nil)
    private let flight = SingleFlight<Credential>()

    init(source: CredentialSource, trust: Trust, limits: ClientLimits, logger: Logger) {
        self.source = source
        self.trust = trust
        age = limits.credentialAge
        pluginTime = limits.pluginTime
        self.logger = logger
    }

    /// The credential to send a request with, and which one it is, for `renewed(after:)`.
    func current() async throws -> (credential: Credential, generation: Int) {
        if let held = held.withLock({ $0 }), held.until.map({ ContinuousClock.now < $0 }) ?? true {
            return (held.credential, held.generation)
        }
        return try await renew()
    }

    /// Another credential than the one of `generation`, which the server refused; nil when there is none to be had.
    func renewed(after generation: Int) async throws -> (credential: Credential, generation: Int)? {
        guard let old = held.withLock({ $0 }) else { return try await renew() }
        // Somebody else has met the same refusal and renewed already.
        if old.generation != generation { return (old.credential, old.generation) }
        let new = try await renew()
        let isSame =
            new.credential.authorization == old.credential.authorization && new.credential.certificate == old.credential.certificate
        return isSame ? nil : new
    }

    private func renew() async throws -> (credential: Credential, generation: Int) {
        let credential = try await flight.value { [self] in
            let (credential, until) = try await load()
            held.withLock { held in
                held = Held(credential: credential, until: until, generation: (held?.generation ?? 0) + 1)
            }
            return credential
        }
        return (credential, held.withLock { $0?.generation ?? 0 })
    }

    private func load() async throws -> (Credential, ContinuousClock.Instant?) {
        var credential = Credential()
        var until: ContinuousClock.Instant?
        if let files = source.certificateFiles {
            credential = certificate(try? await files.read(), at: files)
            until = .now + age
        }
        switch source.authorization {
        case .none: break
        case .bearer(let token): credential.authorization = try Credential.bearer(token.reveal())
        case .basic(let user, let password): credential.authorization = Credential.basic(user: user, password: password)
        case .tokenFile(let file):
            credential.authorization = try await LocalFile.token(file)
            until = .now + age
        case .plugin(let plugin):
            let answer = try await plugin.run(timeout: pluginTime)
            credential.authorization = try answer.token.map { try Credential.bearer($0.reveal()) }
            if let certificate = answer.certificate {
                credential.tls = try trust.tlsConfiguration(certificate)
                credential.certificate = certificate
            }
            let lifetime = answer.lifetime.map { .now + $0 } as ContinuousClock.Instant?
            until = [until, lifetime].compactMap { $0 }.min()
        }
        return (credential, until)
    }

    /// A pair that cannot be read or does not fit together is one that is being written right now; the last good one stays.
    private func certificate(_ pair: ClientCertificate?, at files: CredentialSource.CertificateFiles) -> Credential {
        let last = held.withLock { $0?.credential }
        guard let pair, let tls = try? trust.tlsConfiguration(pair) else {
            logger.warning(
                "the client certificate cannot be read again; the last one stays in use", metadata: ["file": "\(files.certificate)"]
            )
            return Credential(tls: last?.tls, certificate: last?.certificate)
        }
        // One and the same pair keeps one and the same connection pool.
        if pair == source.certificate { return Credential(certificate: pair) }
        return pair == last?.certificate ? Credential(tls: last?.tls, certificate: pair) : Credential(tls: tls, certificate: pair)
    }
}

extension CredentialSource.CertificateFiles {
    func read() async throws -> ClientCertificate {
        let chain = try await LocalFile.read(certificate, limit: 1 << 20)
        let key = try await LocalFile.read(key, limit: 1 << 20)
        return ClientCertificate(certificate: chain, key: Secret(String(decoding: key, as: UTF8.self)))
    }
}
