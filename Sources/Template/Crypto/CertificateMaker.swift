import Crypto

/// Makes certificates of the form that sprig's have.
struct CertificateMaker {
    let commonName: String
    let addresses: [[UInt8]]
    let names: [String]
    /// In seconds since 1970.
    let start: Int64
    let days: Int
    let serial: [UInt8]
    let isAuthority: Bool

    /// Who signs: a name as it stands in a certificate, and the identifier of the key.
    struct Issuer {
        let name: [UInt8]
        let keyIdentifier: [UInt8]?
        let key: SigningKey
    }

    /// Signed by `issuer`, or by the key itself.
    func certificate(for key: SigningKey, issuer: Issuer?) throws -> [UInt8] {
        let own = Self.name(commonName)
        let signer = issuer?.key ?? key
        let end = start + Int64(days) * 86400
        let body = DER.sequence([
            DER.element(0xA0, DER.integer([2])), DER.integer(serial), signer.signatureAlgorithm, issuer?.name ?? own,
            DER.sequence([DER.time(start), DER.time(end)]), own, key.publicKeyInfo,
            DER.element(0xA3, DER.sequence(extensions(key, issuer))),
        ])
        return DER.sequence([body, signer.signatureAlgorithm, DER.bits(try signer.signature(of: body))])
    }

    private static func name(_ commonName: String) -> [UInt8] {
        if commonName.isEmpty { return DER.sequence([]) }
        let isPrintable = commonName.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || " '()+,-./:=?".utf8.contains($0)
        }
        let text = DER.element(isPrintable ? 0x13 : 0x0C, Array(commonName.utf8))
        return DER.sequence([DER.set([DER.sequence([DER.identifier([2, 5, 4, 3]), text])])])
    }

    private static func keyIdentifier(_ key: SigningKey) -> [UInt8] { Array(SHA256.hash(data: key.publicKeyBits).prefix(20)) }

    private func extensions(_ key: SigningKey, _ issuer: Issuer?) -> [[UInt8]] {
        func part(_ last: UInt64, critical: Bool = false, _ content: [UInt8]) -> [UInt8] {
            DER.sequence([DER.identifier([2, 5, 29, last])] + (critical ? [DER.yes] : []) + [DER.octets(content)])
        }
        // Digital signature and key encipherment; for an authority certificates, too.
        let usage = isAuthority ? DER.bits([0xA4], unused: 2) : DER.bits([0xA0], unused: 5)
        let purposes = [1, 2].map { DER.identifier([1, 3, 6, 1, 5, 5, 7, 3, $0]) }
        var result = [
            part(15, critical: true, usage), part(37, DER.sequence(purposes)),
            part(19, critical: true, DER.sequence(isAuthority ? [DER.yes] : [])),
        ]
        if isAuthority { result.append(part(14, DER.octets(Self.keyIdentifier(key)))) }
        if let identifier = issuer?.keyIdentifier {
            result.append(part(35, DER.sequence([DER.element(0x80, identifier)])))
        }
        let alternatives = names.map { DER.element(0x82, Array($0.utf8)) } + addresses.map { DER.element(0x87, $0) }
        if !alternatives.isEmpty { result.append(part(17, critical: commonName.isEmpty, DER.sequence(alternatives))) }
        return result
    }
}

/// What of a certificate is needed to sign others in its name.
struct CertificateReader {
    let subject: [UInt8]
    let keyIdentifier: [UInt8]?

    /// Nil for what is no certificate.
    init?(_ bytes: [UInt8]) {
        guard let outer = DER.elements(bytes[...])?.first, outer.tag == 0x30, let parts = DER.elements(outer.content),
            parts.count == 3, var body = DER.elements(parts[0].content)
        else { return nil }
        if body.first?.tag == 0xA0 { body.removeFirst() }
        guard body.count >= 6 else { return nil }
        subject = Array(body[4].whole)
        let wanted = DER.identifier([2, 5, 29, 14])
        let extensions = body.first { $0.tag == 0xA3 }.flatMap { DER.elements($0.content)?.first }
        let found = extensions.flatMap { DER.elements($0.content) }?.first { $0.content.starts(with: wanted) }
        keyIdentifier = found.flatMap { DER.elements($0.content)?.last }.flatMap { DER.elements($0.content)?.first }.map {
            Array($0.content)
        }
    }
}
