import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// sprig's functions with keys and passwords, without those that make certificates.
enum CryptoFunctions {
    static let functions: [String: GoFunction] = [
        "bcrypt": GoFunction([.string]) { .string(try hashed($0.bytes(0), $0)) },
        "htpasswd": GoFunction([.string, .string]) { arguments in
            if arguments.bytes(0).contains(UInt8(ascii: ":")) { return .string("invalid username: \(arguments.string(0))") }
            return .string("\(arguments.string(0)):\(try hashed(arguments.bytes(1), arguments))")
        },
        "derivePassword": GoFunction([.uint32, .string, .string, .string, .string]) { arguments in
            let counter = UInt32(truncatingIfNeeded: arguments.int(0))
            try arguments.execution.step(200_000)
            return .string(
                try MasterPassword(
                    counter: counter, type: arguments.string(1), password: arguments.bytes(2), user: arguments.bytes(3),
                    site: arguments.bytes(4)
                ).text())
        },
        "encryptAES": GoFunction([.string, .string]) { try encrypt($0) },
        "decryptAES": GoFunction([.string, .string]) { try decrypt($0) },
    ]

    private static func hashed(_ password: [UInt8], _ arguments: GoArguments) throws -> String {
        guard password.count <= 72 else {
            return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes"
        }
        try arguments.execution.step(200_000)
        return BCrypt.hash(password, salt: RandomFunctions.draw(arguments, "bcrypt", 16), cost: 10)
    }

    private static func key(_ password: [UInt8]) -> SymmetricKey {
        SymmetricKey(data: Array((password + Array(repeating: 0, count: 32)).prefix(32)))
    }

    private static func encrypt(_ arguments: GoArguments) throws -> GoValue {
        if arguments.bytes(1).isEmpty { return .string("") }
        try arguments.execution.step(20)
        let start = RandomFunctions.draw(arguments, "encryptAES", 16)
        let sealed = try AES._CBC.encrypt(arguments.bytes(1), using: key(arguments.bytes(0)), iv: AES._CBC.IV(ivBytes: start))
        return .text(Base64Text.encode(start + Array(sealed)))
    }

    private static func decrypt(_ arguments: GoArguments) throws -> GoValue {
        if arguments.bytes(1).isEmpty { return .string("") }
        let bytes: [UInt8]
        switch Base64Text.decode(arguments.bytes(1)) {
        case .success(let decoded): bytes = decoded
        case .failure(let error): throw GoError("illegal base64 data at input byte \(error.offset)")
        }
        guard bytes.count >= 32, bytes.count % 16 == 0 else { throw GoError("crypto/cipher: input not full blocks") }
        do {
            let iv = try AES._CBC.IV(ivBytes: bytes.prefix(16))
            return .text(try AES._CBC.decrypt(Array(bytes.dropFirst(16)), using: key(arguments.bytes(0)), iv: iv))
        } catch { throw GoError("the text cannot be decrypted with this password") }
    }
}

/// The passwords of the Master Password algorithm.
private struct MasterPassword {
    let counter: UInt32
    let type: String
    let password: [UInt8]
    let user: [UInt8]
    let site: [UInt8]

    private static let scope = Array("com.lyndir.masterpassword".utf8)

    private static let shapes: [String: [String]] = [
        "maximum": ["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        "long": [
            "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
            "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
            "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno",
        ],
        "medium": ["CvcnoCvc", "CvcCvcno"], "short": ["Cvcn"], "basic": ["aaanaaan", "aannaaan", "aaannaaa"], "pin": ["nnnn"],
    ]

    private static let letters: [Character: String] = [
        "V": "AEIOU", "C": "BCDFGHJKLMNPQRSTVWXYZ", "v": "aeiou", "c": "bcdfghjklmnpqrstvwxyz", "A": "AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        "a": "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz", "n": "0123456789", "o": "@&%?,=[]_:-+*$#!'^~;()/.",
        "x": "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    ]

    func text() throws -> String {
        guard let shapes = Self.shapes[type] else { return "cannot find password template \(type)" }
        let salt = Self.scope + Self.bigEndian(UInt32(user.count)) + user
        let key = try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: 64, rounds: 32768, blockSize: 8, parallelism: 2)
        let message = Self.scope + Self.bigEndian(UInt32(site.count)) + site + Self.bigEndian(counter)
        let seed = Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        let shape = shapes[Int(seed[0]) % shapes.count]
        var result = ""
        for (index, kind) in shape.enumerated() {
            let letters = Array(Self.letters[kind] ?? "")
            result.append(letters[Int(seed[index + 1]) % letters.count])
        }
        return result
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> UInt32(24 - 8 * $0) & 255) } }
}
