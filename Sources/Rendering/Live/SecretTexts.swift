import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What Secrets gave to a rendering, which no error may tell.
struct SecretTexts {
    private var texts: Set<String> = []

    /// A text of a Secret, and what it holds where it is YAML.
    mutating func add(_ text: String) {
        texts.insert(text)
        guard let documents = try? YAML.parse(Array(text.utf8), file: "", dialect: .helm) else { return }
        for document in documents { addScalars(of: document.value) }
    }

    /// What a look-up gave: one Secret, or some in a list.
    mutating func add(lookedUp object: Value) {
        let items = object["items"]?.array ?? [object]
        for data in items.compactMap({ $0["data"]?.object }) {
            for text in data.compactMap(\.value.string) {
                texts.insert(text)
                if let decoded = Data(base64Encoded: text) { add(String(decoding: decoded, as: UTF8.self)) }
            }
        }
    }

    private mutating func addScalars(of value: Value) {
        switch value {
        case .string(let text): texts.insert(text)
        case .integer(let number): texts.insert("\(number)")
        case .double(let number): texts.insert("\(number)")
        case .array(let elements): for element in elements { addScalars(of: element) }
        case .object(let object): for member in object { addScalars(of: member.value) }
        case .null, .bool: break
        }
    }

    /// What `body` gives; an error that it throws has none of the texts in it.
    func hidden<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw redacted(error) }
    }

    func redacted(_ error: any Error) -> any Error {
        guard !texts.isEmpty else { return error }
        let redactor = Redactor(secrets: Array(texts) + texts.map { String($0.quoted.dropFirst().dropLast()) })
        switch error {
        case let error as PlumbError:
            return PlumbError(error.code, redactor(error.message), remedy: error.remedy.map { redactor($0) }, at: error.origin)
        case let error as ManifestError: return PlumbError(.invalid, redactor(error.message), at: error.origin)
        default: return error
        }
    }
}
