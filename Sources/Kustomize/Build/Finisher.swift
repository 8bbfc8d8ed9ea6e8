import Manifests

/// Gives objects the form in which they leave a build.
struct Finisher {
    let metadata: Set<BuildMetadata>

    /// Annotations come out as strings, empty ones not at all, and metadata always.
    func finished(_ resource: Resource) -> Value {
        var value = resource.value
        if metadata.contains(.managedByLabel) { label(&value) }
        let annotations = value.at("metadata", "annotations")
        let notes = notes(resource)
        guard annotations != nil || value["metadata"] == nil || !notes.isEmpty else { return value }
        var members = value["metadata"]?.object ?? Object()
        var texts = annotations?.object?.mapValues { .string($0.isNull ? "null" : $0.scalarText ?? "") } ?? Object()
        texts = texts.filter { !Self.buildAnnotations.contains($0.key) }
        for note in notes { texts[note.key] = note.value }
        members["annotations"] = texts.isEmpty ? nil : .object(texts)
        value["metadata"] = .object(members)
        return value
    }

    /// What Kustomize keeps its own notes in; it never leaves a build.
    private static let buildAnnotations: Set<String> = [
        Provenance.originAnnotation, Provenance.transformationsAnnotation, "config.kubernetes.io/path",
        "config.kubernetes.io/index",
        "config.k8s.io/id", "internal.config.kubernetes.io/previousKinds", "internal.config.kubernetes.io/previousNames",
        "internal.config.kubernetes.io/previousNamespaces", "internal.config.kubernetes.io/prefixes",
        "internal.config.kubernetes.io/suffixes", "internal.config.kubernetes.io/allowNameChange",
        "internal.config.kubernetes.io/allowKindChange", "internal.config.kubernetes.io/refBy",
        "internal.config.kubernetes.io/generatorBehavior", "internal.config.kubernetes.io/path",
        "internal.config.kubernetes.io/index", "internal.config.kubernetes.io/seqindent", "internal.config.kubernetes.io/id",
    ]

    private func notes(_ resource: Resource) -> Object {
        var notes = Object()
        if metadata.contains(.originAnnotations), let provenance = resource.provenance {
            notes[Provenance.originAnnotation] = .string(provenance.text)
        }
        if metadata.contains(.transformerAnnotations), !resource.transformations.isEmpty {
            notes[Provenance.transformationsAnnotation] = .string(Provenance.list(resource.transformations))
        }
        return notes
    }

    /// The version is the one that `kubectl kustomize` gives itself.
    private func label(_ value: inout Value) {
        var members = value["metadata"]?.object ?? Object()
        var labels = members["labels"]?.object ?? Object()
        labels["app.kubernetes.io/managed-by"] = "kustomize-(devel)"
        members["labels"] = .object(labels)
        value["metadata"] = .object(members)
    }
}
