import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the members of one mapping of a kubeconfig. A member of another type than it must have is an error that says where,
/// and never what stands there. Unknown members are left alone, as kubectl does. Empty text counts as absent.
struct Fields {
    let value: Value
    let file: String
    /// `user "admin"`
    let place: String

    func string(_ key: String) throws -> String? {
        switch value[key] {
        case nil, .null: nil
        case .string(let text): text.isEmpty ? nil : text
        case let other?: throw wrong(key, other, "a string")
        }
    }

    func bool(_ key: String) throws -> Bool {
        switch value[key] {
        case nil, .null: false
        case .bool(let flag): flag
        case let other?: throw wrong(key, other, "true or false")
        }
    }

    func list(_ key: String) throws -> [Value] {
        switch value[key] {
        case nil, .null: []
        case .array(let elements): elements
        case let other?: throw wrong(key, other, "a list")
        }
    }

    func strings(_ key: String) throws -> [String] {
        try list(key).map { element in
            guard let text = element.string else { throw wrong(key, element, "a list of strings") }
            return text
        }
    }

    /// Standard base64, as `…-data` members are; line breaks within are not an error.
    func base64(_ key: String) throws -> [UInt8]? {
        guard let text = try string(key) else { return nil }
        guard let data = Data(base64Encoded: text.filter { !$0.isWhitespace }), !data.isEmpty else {
            throw error("\(key) is not base64")
        }
        return Array(data)
    }

    func error(_ why: String) -> PlumbError { Self.error(file, "\(place): \(why)") }

    static func error(_ file: String, _ why: String) -> PlumbError { PlumbError(.invalid, "kubeconfig \(file): \(why).") }

    private func wrong(_ key: String, _ value: Value, _ wanted: String) -> PlumbError {
        error("\(key) must be \(wanted), and is \(value.typeName)")
    }
}
