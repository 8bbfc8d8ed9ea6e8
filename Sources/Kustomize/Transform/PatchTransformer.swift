import Manifests
import Model

/// Applies patches, which are read from the files given or stand in `file` themselves.
struct PatchTransformer {
    let files: [String: LoadedFile]
    let file: String
    let schema: OpenAPISchema?

    /// The entries of `patchesStrategicMerge:`, each patch in them to the object of its own name. An entry may be empty, but not all.
    func applyStrategicMerges(_ rules: [PatchRule], to set: inout ResourceSet) throws {
        let entries = try rules.map {
            ($0, try ResourceReader.manifests(in: documents(of: $0, .kustomizeLentPatch), file: file(of: $0)))
        }
        if let first = rules.first, entries.allSatisfy({ $0.1.isEmpty }) { throw invalid("\(first.field) holds no patch.", first) }
        for (rule, patches) in entries {
            for patch in patches {
                let value = patch.value.withTexts(in: ["labels", "annotations"])
                try apply(Manifest(value: value, origin: patch.origin), of: rule, to: &set)
            }
            set.dropDeleted()
        }
    }

    /// An entry of `patches:`, strategic merges or a JSON patch.
    func apply(_ rule: PatchRule, to set: inout ResourceSet) throws {
        let documents = try documents(of: rule)
        if documents.count == 1, documents[0].value.array != nil {
            try applyJSON(self.documents(of: rule, .kubernetes)[0], of: rule, to: &set)
        } else {
            let patches = try strategicMerges(documents, of: rule)
            guard patches.count == 1 || rule.target == nil else {
                throw invalid(
                    "\(rule.field) has a target, but holds \(patches.count) patches.", rule,
                    remedy: "Give each patch an entry of its own.")
            }
            for patch in patches { try apply(patch, of: rule, to: &set) }
        }
        set.dropDeleted()
    }

    /// An entry of `patchesJson6902:`.
    func applyJSONPatch(_ rule: PatchRule, to set: inout ResourceSet) throws {
        let documents = try documents(of: rule, .kubernetes)
        guard documents.count == 1 else { throw invalid("\(rule.field) must hold one JSON patch.", rule) }
        try applyJSON(documents[0], of: rule, to: &set)
    }

    private func documents(of rule: PatchRule, _ dialect: YAML.Dialect? = nil) throws -> [YAML.Document] {
        do {
            return try YAML.parse(bytes(of: rule), file: file(of: rule), dialect: dialect ?? rule.dialect)
        } catch {
            throw invalid("\(rule.field): \(error.message)", rule, line: rule.path.isEmpty ? nil : error.origin?.line)
        }
    }

    private func bytes(of rule: PatchRule) -> [UInt8] {
        rule.path.isEmpty ? Array(rule.text.utf8) : files[rule.path]?.bytes ?? []
    }

    private func strategicMerges(_ documents: [YAML.Document], of rule: PatchRule) throws -> [Manifest] {
        let patches = try ResourceReader.manifests(in: documents, file: file(of: rule))
        guard !patches.isEmpty else { throw invalid("\(rule.field) holds no patch.", rule) }
        return patches
    }

    private func applyJSON(_ document: YAML.Document, of rule: PatchRule, to set: inout ResourceSet) throws {
        let bytes = bytes(of: rule)
        if bytes.first == UInt8(ascii: "["), (try? JSON.parse(bytes)) == nil {
            throw invalid(
                "\(rule.field) begins as JSON does, with \"[\", but is none.", rule,
                remedy: "Write its keys and texts in quotes, or each operation on lines of its own, after a dash.")
        }
        guard let target = rule.target else {
            throw invalid("\(rule.field) is a JSON patch without a target.", rule, remedy: "Say with target what it applies to.")
        }
        do {
            let patch = try JSONPatch(document.value, dialect: .kustomize)
            guard !patch.operations.isEmpty else { throw invalid("\(rule.field) holds no patch.", rule) }
            for index in try target.indices(in: set) {
                set.resources[index].rememberID()
                try set.resources[index].apply(patch)
            }
        } catch let error as ManifestError {
            throw invalid("\(rule.field): \(error.message)", rule)
        }
    }

    private func apply(_ patch: Manifest, of rule: PatchRule, to set: inout ResourceSet) throws {
        do {
            if let target = rule.target {
                for index in try target.indices(in: set) {
                    var value = patch.value.withTexts(in: ["labels", "annotations"])
                    value["apiVersion"] = set.resources[index].value["apiVersion"]
                    try set.resources[index].apply(value, rule, schema)
                }
            } else {
                let wanted = Resource(value: patch.value, origin: patch.origin, schema: schema).id
                let found = set.indices { $0 == wanted }
                guard let index = found.first, found.count == 1 else {
                    throw invalid(
                        "\(rule.field) patches \(wanted), but there \(found.isEmpty ? "is no such object" : "are several such objects").",
                        rule,
                        remedy: "Correct its kind, name and namespace, or give it a target."
                    )
                }
                let value = rule.isMarked ? patch.value.withTexts(in: ["annotations"]) : patch.value
                try set.resources[index].apply(value, rule, schema)
            }
        } catch let error as ManifestError {
            throw invalid("\(rule.field): \(error.message)", rule)
        }
        if rule.isMarked {
            set.dropDeleted()
            try set.checkUnique { "\(rule.field) makes \($0) exist twice" }
        }
    }

    private func file(of rule: PatchRule) -> String { rule.path.isEmpty ? file : files[rule.path]?.path ?? rule.path }

    private func invalid(_ message: String, _ rule: PatchRule, remedy: String? = nil, line: Int? = nil) -> PlumbError {
        PlumbError(.invalid, message, remedy: remedy, at: Origin(file: file(of: rule), line: line))
    }
}

extension Resource {
    /// Applies a strategic merge. Name and kind stay unless the rule lets them change, the namespace stays always.
    fileprivate mutating func apply(_ patch: Value, _ rule: PatchRule, _ schema: OpenAPISchema?) throws(ManifestError) {
        let before = self
        if rule.isMarked { rememberID() }
        // Kustomize loses the outcome of a replacement of the whole object.
        if patch["$patch"] == "replace" { return }
        guard let merged = try StrategicMerge.apply(patch, to: value, schema: schema), merged != .object(Object()) else {
            isDeleted = true
            return
        }
        value = merged
        settleShared(after: (patch, before.value))
        if !rule.allowsKindChange { kind = before.kind }
        if !rule.allowsNameChange { name = before.name }
        namespace = before.namespace
    }

    /// Applies a JSON patch. Annotations are always there to be added to; empty ones go at the end of a build.
    fileprivate mutating func apply(_ patch: JSONPatch) throws(ManifestError) {
        var document = value
        if document.at("metadata", "annotations").nonNull == nil {
            var metadata = document["metadata"]?.object ?? Object()
            metadata["annotations"] = .object(Object())
            document["metadata"] = .object(metadata)
        }
        value = try patch.applied(to: document)
        shared = []
    }
}

extension PatchRule {
    /// Where Kustomize writes into the patch, its annotations become texts; where it lends it an object's metadata, its labels, too.
    fileprivate var dialect: YAML.Dialect {
        if target != nil { return .kustomizeLentPatch }
        return isMarked ? .kustomize : .kustomizePatch
    }

    /// Kustomize notes in an annotation of the patch what it may change.
    fileprivate var isMarked: Bool { allowsNameChange || allowsKindChange }
}

extension Value {
    /// The patch as Kustomize writes its metadata anew: what is in these mappings is text, and where nothing is, those of the object
    /// stay as they are.
    fileprivate func withTexts(in keys: [String]) -> Value {
        guard var metadata = self["metadata"]?.object else { return self }
        for key in keys {
            guard let members = metadata[key]?.object ?? (metadata[key] == .null ? Object() : nil) else { continue }
            metadata[key] = members.isEmpty ? nil : .object(members.mapValues { .string($0.scalarText ?? "") })
        }
        var value = self
        value["metadata"] = .object(metadata)
        return value
    }
}

extension Value? {
    fileprivate var nonNull: Value? { self.flatMap { $0.isNull ? nil : $0 } }
}
