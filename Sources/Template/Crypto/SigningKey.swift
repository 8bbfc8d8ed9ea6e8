import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A private key that certificates are signed with.
enum SigningKey {
    case rsa(_RSA.Signing.PrivateKey, pkcs1: [UInt8])
    case p256(P256.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)

    /// Reads the first block of a PEM text. Throws `GoError` in sprig's words.
    init(pem: String) throws {
        guard let (type, bytes) = PEM.first(pem) else { throw GoError("no PEM data in input") }
        switch type {
        case "RSA PRIVATE KEY": self = try Self.rsa(bytes)
        case "EC PRIVATE KEY", "PRIVATE KEY":
            if let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) {
                self = .p256(key)
            } else if type == "PRIVATE KEY" {
                self = try Self.pkcs8(bytes)
            } else {
                throw GoError("parsing EC private key from PEM: only keys on the curve P-256 can be used here")
            }
        case _ where type.hasSuffix(" PRIVATE KEY"): throw GoError("invalid private key type \(type.dropLast(12))")
        default: throw GoError("no private key data in PEM block of type \(type)")
        }
    }

    private static func rsa(_ pkcs1: [UInt8]) throws -> SigningKey {
        guard let key = try? _RSA.Signing.PrivateKey(derRepresentation: pkcs1) else {
            throw GoError("parsing RSA private key from PEM: it is damaged, or shorter than 2048 bits")
        }
        return .rsa(key, pkcs1: pkcs1)
    }

    private static func pkcs8(_ bytes: [UInt8]) throws -> SigningKey {
        guard let outer = DER.elements(bytes[...])?.first, let parts = DER.elements(outer.content), parts.count >= 3 else {
            throw GoError("decoding PEM as PKCS#8: it is damaged")
        }
        if parts[1].whole.elementsEqual(Self.rsaAlgorithm) { return try rsa(Array(parts[2].content)) }
        if parts[1].whole.elementsEqual(Self.ed25519Algorithm), let inner = DER.elements(parts[2].content)?.first,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(inner.content))
        {
            return .ed25519(key)
        }
        throw GoError("decoding PEM as PKCS#8: this kind of key cannot be used here")
    }

    static func makeRSA(bits: Int, random: @escaping (Int) -> [UInt8]) throws -> SigningKey {
        try rsa(RSAKeyMaker(random: random).privateKey(bits: bits))
    }

    private static let rsaAlgorithm = DER.sequence([DER.identifier([1, 2, 840, 113549, 1, 1, 1]), DER.null])
    private static let ed25519Algorithm = DER.sequence([DER.identifier([1, 3, 101, 112])])

    var pem: String {
        switch self {
        case .rsa(_, let pkcs1): return PEM.text("RSA PRIVATE KEY", pkcs1)
        case .ed25519(let key):
            let inner = DER.octets(Array(key.rawRepresentation))
            return PEM.text("PRIVATE KEY", DER.sequence([DER.integer([0]), Self.ed25519Algorithm, DER.octets(inner)]))
        case .p256(let key):
            let curve = DER.element(0xA0, DER.identifier([1, 2, 840, 10045, 3, 1, 7]))
            let point = DER.element(0xA1, DER.bits(Array(key.publicKey.x963Representation)))
            return PEM.text(
                "EC PRIVATE KEY", DER.sequence([DER.integer([1]), DER.octets(Array(key.rawRepresentation)), curve, point]))
        }
    }

    /// The public key with its algorithm (SubjectPublicKeyInfo).
    var publicKeyInfo: [UInt8] {
        switch self {
        case .rsa(let key, _): DER.sequence([Self.rsaAlgorithm, DER.bits(Array(key.publicKey.pkcs1DERRepresentation))])
        case .p256(let key): Array(key.publicKey.derRepresentation)
        case .ed25519(let key): DER.sequence([Self.ed25519Algorithm, DER.bits(Array(key.publicKey.rawRepresentation))])
        }
    }

    /// The bits of the public key alone.
    var publicKeyBits: [UInt8] {
        switch self {
        case .rsa(let key, _): Array(key.publicKey.pkcs1DERRepresentation)
        case .p256(let key): Array(key.publicKey.x963Representation)
        case .ed25519(let key): Array(key.publicKey.rawRepresentation)
        }
    }

    var signatureAlgorithm: [UInt8] {
        switch self {
        case .rsa: DER.sequence([DER.identifier([1, 2, 840, 113549, 1, 1, 11]), DER.null])
        case .p256: DER.sequence([DER.identifier([1, 2, 840, 10045, 4, 3, 2])])
        case .ed25519: Self.ed25519Algorithm
        }
    }

    func signature(of bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .rsa(let key, _):
            Array(try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation)
        case .p256(let key): Array(try key.signature(for: bytes).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: bytes))
        }
    }
}
