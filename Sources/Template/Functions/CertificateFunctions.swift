import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// sprig's functions that make keys and certificates. They draw on the given random bytes alone: the same chart and
/// values give the same key, and no rendering changes a certificate that has not been asked to change.
enum CertificateFunctions {
    static let functions: [String: GoFunction] = [
        "genPrivateKey": GoFunction([.string]) { .string(try privateKey($0)) },
        "genCA": GoFunction([.string, .int]) { try make($0, isAuthority: true, key: newKey($0, "genCA"), days: $0.int(1)) },
        "genCAWithKey": GoFunction([.string, .int, .string]) { arguments in
            try make(arguments, isAuthority: true, key: given(arguments.string(2)), days: arguments.int(1))
        },
        "genSelfSignedCert": GoFunction([.string, .list, .list, .int]) { arguments in
            try make(
                arguments, isAuthority: false, key: newKey(arguments, "genSelfSignedCert"), days: arguments.int(3), lists: true)
        },
        "genSelfSignedCertWithKey": GoFunction([.string, .list, .list, .int, .string]) { arguments in
            try make(arguments, isAuthority: false, key: given(arguments.string(4)), days: arguments.int(3), lists: true)
        },
        "genSignedCert": GoFunction([.string, .list, .list, .int, .certificate]) { arguments in
            let issuer = try issuer(arguments[4])
            return try make(
                arguments, isAuthority: false, key: newKey(arguments, "genSignedCert"), days: arguments.int(3), lists: true,
                issuer: issuer)
        },
        "genSignedCertWithKey": GoFunction([.string, .list, .list, .int, .certificate, .string]) { arguments in
            let issuer = try issuer(arguments[4])
            return try make(
                arguments, isAuthority: false, key: given(arguments.string(5)), days: arguments.int(3), lists: true, issuer: issuer)
        },
        "buildCustomCert": GoFunction([.string, .string]) { try custom($0) },
    ]

    // MARK: Keys

    private static func source(_ arguments: GoArguments, _ use: String) -> (Int) -> [UInt8] {
        { arguments.execution.random(for: use, count: $0) }
    }

    private static func newKey(_ arguments: GoArguments, _ use: String) throws -> SigningKey {
        try arguments.execution.step(300_000)
        return try SigningKey.makeRSA(bits: 2048, random: source(arguments, use))
    }

    private static func given(_ pem: String) throws -> SigningKey {
        do { return try SigningKey(pem: pem) } catch let error as GoError { throw GoError("parsing private key: \(error.message)") }
    }

    private static func privateKey(_ arguments: GoArguments) throws -> String {
        let random = source(arguments, "genPrivateKey")
        switch arguments.string(0) {
        case "", "rsa":
            try arguments.execution.step(2_000_000)
            return try SigningKey.makeRSA(bits: 4096, random: random).pem
        case "ecdsa":
            while true {
                // Nearly every number of this length is a key.
                if let key = try? P256.Signing.PrivateKey(rawRepresentation: random(32)) { return SigningKey.p256(key).pem }
            }
        case "ed25519": return SigningKey.ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: random(32))).pem
        case "dsa": throw GoError("keys of the kind dsa, which nothing accepts any more, are not made here; use ecdsa or ed25519")
        case let other: return "Unknown type \(other)"
        }
    }

    // MARK: Certificates

    private static func make(
        _ arguments: GoArguments, isAuthority: Bool, key: SigningKey, days: Int, lists: Bool = false,
        issuer: CertificateMaker.Issuer? = nil
    ) throws -> GoValue {
        guard (-1_000_000...1_000_000).contains(days) else {
            throw GoError("error creating certificate: it would be valid for too long")
        }
        let maker = CertificateMaker(
            commonName: arguments.string(0), addresses: lists ? try addresses(arguments[1]) : [],
            names: lists ? try names(arguments[2]) : [], start: arguments.execution.environment.now() / 1_000_000_000, days: days,
            serial: arguments.execution.random(for: "serial", count: 16), isAuthority: isAuthority)
        let certificate = PEM.text("CERTIFICATE", try maker.certificate(for: key, issuer: issuer))
        return .object(CertificateObject(certificate: certificate, key: key.pem))
    }

    private static func issuer(_ value: GoValue) throws -> CertificateMaker.Issuer {
        guard case .object(let object) = value, let authority = object as? CertificateObject,
            let block = PEM.first(authority.certificate)
        else { throw GoError("unable to decode certificate") }
        guard let reader = CertificateReader(block.bytes) else {
            throw GoError("error parsing certificate: decodedSignerCert.Bytes: it is damaged")
        }
        do {
            let key = try SigningKey(pem: authority.key)
            return CertificateMaker.Issuer(name: reader.subject, keyIdentifier: reader.keyIdentifier, key: key)
        } catch let error as GoError { throw GoError("error parsing private key: \(error.message)") }
    }

    private static func custom(_ arguments: GoArguments) throws -> GoValue {
        guard case .success(let certificate) = Base64Text.decode(arguments.bytes(0)) else {
            throw GoError("unable to decode base64 certificate")
        }
        guard case .success(let key) = Base64Text.decode(arguments.bytes(1)) else {
            throw GoError("unable to decode base64 private key")
        }
        let texts = (String(decoding: certificate, as: UTF8.self), String(decoding: key, as: UTF8.self))
        guard let block = PEM.first(texts.0) else { throw GoError("unable to decode certificate") }
        guard CertificateReader(block.bytes) != nil else {
            throw GoError("error parsing certificate: decodedCert.Bytes: it is damaged")
        }
        do { _ = try SigningKey(pem: texts.1) } catch let error as GoError {
            throw GoError("error parsing private key: \(error.message)")
        }
        return .object(CertificateObject(certificate: texts.0, key: texts.1))
    }

    private static func names(_ value: GoValue) throws -> [String] {
        try (value.listContent?.elements ?? []).map { name in
            guard case .string(let text) = name else {
                throw GoError("error processing alternate dns name: \(GoFormat.print(name)) is not a string")
            }
            return text
        }
    }

    private static func addresses(_ value: GoValue) throws -> [[UInt8]] {
        try (value.listContent?.elements ?? []).map { address in
            guard case .string(let text) = address else {
                throw GoError("error parsing ip: \(GoFormat.print(address)) is not a string")
            }
            guard let bytes = InternetAddress.bytes(text) else { throw GoError("error parsing ip: \(text)") }
            return bytes
        }
    }
}

/// A certificate and its key as templates see them.
struct CertificateObject: GoObject {
    let certificate: String
    let key: String
    var typeName: String { "sprig.certificate" }
    var content: GoObjectContent { .structure([GoField("Cert", .string(certificate)), GoField("Key", .string(key))]) }
}
