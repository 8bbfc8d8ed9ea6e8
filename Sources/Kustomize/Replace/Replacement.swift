import Manifests
import Model

/// Carries out one entry of `replacements:`.
struct Replacement {
    private let rules: [ReplacementRule]
    private let origin: Origin

    init(_ rule: ReplacementRule, files: [String: LoadedFile], file: String) throws {
        if let loaded = files[rule.path] {
            rules = try ReplacementReader.read(loaded, for: rule)
            origin = Origin(file: loaded.path)
        } else {
            rules = [rule]
            origin = Origin(file: file)
        }
    }

    func apply(to set: inout ResourceSet) throws {
        for rule in rules {
            let sources = set.resources.indices.filter { !set.resources[$0].isDeleted && rule.source.matches(set.resources[$0]) }
            guard let source = sources.first, sources.count == 1 else {
                throw invalid("The source of \(rule.field) matches \(sources.isEmpty ? "no object" : "several objects").")
            }
            var value = try value(of: rule, in: set.resources[source])
            for target in rule.targets {
                for index in set.resources.indices where !set.resources[index].isDeleted && target.selects(set.resources[index]) {
                    for path in target.fieldPaths {
                        try write(value, to: path, target, of: rule, in: &set.resources[index])
                        // What is written over the source itself is what the next gets, unless a piece was cut out of it.
                        guard index == source, rule.sourceOptions.delimiter.isEmpty else { continue }
                        value = (try? self.value(of: rule, in: set.resources[source])) ?? value
                    }
                }
            }
        }
    }

    private func value(of rule: ReplacementRule, in source: Resource) throws -> Value {
        let query = try FieldQuery(rule.sourceField.isEmpty ? ReplacementRule.defaultField : rule.sourceField, origin: origin)
        guard let value = query.value(in: source.value), ![.null, .object(Object()), .array([])].contains(value) else {
            throw invalid("\(source.id), the source of \(rule.field), has no field \(query.text.quoted).")
        }
        guard !rule.sourceOptions.delimiter.isEmpty else { return value }
        guard let text = value.scalarText else { throw invalid("The source of \(rule.field) is split, but is \(value.typeName).") }
        let pieces = text.split(separator: rule.sourceOptions.delimiter, omittingEmptySubsequences: false)
        guard pieces.indices.contains(rule.sourceOptions.index) else {
            throw invalid("The source of \(rule.field) has no piece \(rule.sourceOptions.index) between its delimiters.")
        }
        return .string(String(pieces[rule.sourceOptions.index]))
    }

    private func write(
        _ value: Value, to path: String, _ target: ReplacementRule.Target, of rule: ReplacementRule, in resource: inout Resource
    ) throws {
        let query = try FieldQuery(path, origin: origin)
        let before = resource.value
        defer { resource.detachShared(replacedBy: value, before: before) }
        do {
            let count = try query.update(&resource.value, creating: target.options.create) { current throws(ManifestError) in
                try Self.written(value, over: current, target.options)
            }
            guard count > 0 else { throw ManifestError("there is no such field; with the option create it would be made") }
        } catch let error as ManifestError {
            throw invalid("\(rule.field) cannot write \(path.quoted) of \(resource.id): \(error.message).")
        }
    }

    /// A scalar keeps the type it has where it is written; anything else is replaced whole.
    private static func written(_ value: Value, over current: Value?, _ options: ReplacementRule.Options) throws(ManifestError)
        -> Value
    {
        var text = value.scalarText
        if !options.delimiter.isEmpty {
            guard let old = current.map({ $0.scalarText }) ?? "" else {
                throw ManifestError("only a text can be split at delimiters")
            }
            var pieces = old.split(separator: options.delimiter, omittingEmptySubsequences: false).map(String.init)
            switch options.index {
            case ..<0: pieces.insert(text ?? "", at: 0)
            case pieces.count...: pieces.append(text ?? "")
            default: pieces[options.index] = text ?? ""
            }
            text = pieces.joined(separator: options.delimiter)
        }
        // Kustomize empties a text that a list or a mapping is to be written over.
        guard let text = text ?? (current?.scalarText == nil ? nil : "") else { return value }
        let plain = plainValue(text)
        switch (current, plain) {
        case (nil, _): return plain
        case (.string?, _): return .string(text)
        case (.integer?, .integer), (.double?, .integer), (.double?, .double), (.bool?, .bool), (.null?, .null): return plain
        case (.array?, _), (.object?, _): return value
        default: throw ManifestError("it is \(current?.typeName ?? "nothing"), and \(text.quoted) is not")
        }
    }

    /// What a text means when it is written without quotes.
    private static func plainValue(_ text: String) -> Value {
        let isWord =
            !text.isEmpty && text.utf8.count < 64
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789+-._~".unicodeScalars.contains($0))
            }
        guard isWord, let documents = try? YAML.parse(Array(text.utf8), file: "", dialect: .kustomize) else { return .string(text) }
        guard let value = documents.first?.value else { return .null }
        return value.scalarText == nil ? .string(text) : value
    }

    private func invalid(_ message: String) -> PlumbError { PlumbError(.invalid, message, at: origin) }
}

extension ReplacementRule.Target {
    fileprivate func selects(_ resource: Resource) -> Bool {
        select.matches(resource) && !reject.contains { $0.rejects(resource) }
    }
}
