import Manifests
import Model

/// `${NAME}` and `${NAME:-default}` in the values of a rendered tree. Strict: a variable without value is an error.
///
/// `$${NAME}` stays as `${NAME}`. Keys, and objects annotated `kustomize.toolkit.fluxcd.io/substitute: disabled`, are
/// left as they are. A plain scalar of a YAML file is resolved again, so that `replicas: ${N}` becomes a number; one in
/// quotes stays a string, and so does everything that Kustomize has rendered, where the quotes are gone.
struct Substitution {
    let variables: [String: String]

    func apply(to manifest: Manifest) throws -> Manifest {
        if manifest.annotation("kustomize.toolkit.fluxcd.io/substitute") == "disabled" { return manifest }
        var result = manifest
        result.value = try substituted(manifest.value, at: ValuePath(), manifest)
        result.templates = []
        // A name may have become a number, and a label one that Kubernetes does not take.
        if result.value != manifest.value { try ManifestReader.check(result) }
        return result
    }

    private func substituted(_ value: Value, at path: ValuePath, _ manifest: Manifest) throws -> Value {
        switch value {
        case .string(let text):
            let result = try substituted(text, at: path, manifest)
            return manifest.templates.contains(path) ? try resolved(result, at: path, manifest) : .string(result)
        case .array(let elements):
            return .array(try elements.enumerated().map { try substituted($1, at: path.appending(.index($0)), manifest) })
        case .object(let object):
            return .object(
                Object(try object.members.map { ($0.key, try substituted($0.value, at: path.appending(.key($0.key)), manifest)) }))
        case .null, .bool, .integer, .double:
            return value
        }
    }

    private func resolved(_ text: String, at path: ValuePath, _ manifest: Manifest) throws -> Value {
        do {
            return try YAML.value(ofPlain: text)
        } catch {
            throw PlumbError(
                .invalid, "\(manifest.kind) \(manifest.name.quoted), at \(path): \(error.message).", at: manifest.origin)
        }
    }

    func substituted(_ text: String, at path: ValuePath, _ manifest: Manifest) throws -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                result += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else { throw noVariable(rest, at: path, manifest) }
                result += try value(of: rest[..<end].dropFirst(2), at: path, manifest)
                rest = rest[rest.index(after: end)...]
            } else {
                result.append("$")
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    private func value(of expression: Substring, at path: ValuePath, _ manifest: Manifest) throws -> String {
        var name = expression
        var fallback: Substring?
        if let colon = expression.firstIndex(of: ":"), expression[colon...].hasPrefix(":-") {
            name = expression[..<colon]
            fallback = expression[colon...].dropFirst(2)
        }
        guard Self.isName(name), !(fallback?.contains("${") ?? false) else {
            throw noVariable("${\(expression)}", at: path, manifest)
        }
        if let value = variables[String(name)] { return value }
        if let fallback { return String(fallback) }
        throw PlumbError(
            .invalid, "\(manifest.kind) \(manifest.name.quoted) needs the variable \(name) at \(path), and it has no value.",
            remedy: "Set it in spec.substitute, or write ${\(name):-default}.", at: manifest.origin)
    }

    private func noVariable(_ text: Substring, at path: ValuePath, _ manifest: Manifest) -> PlumbError {
        PlumbError(
            .invalid,
            "\(manifest.kind) \(manifest.name.quoted) has \(String(text.prefix(60)).quoted) at \(path), which is no variable.",
            remedy: "Write ${NAME} or ${NAME:-default}, and $${…} for text that is to stay.", at: manifest.origin)
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95 }
    }
}
