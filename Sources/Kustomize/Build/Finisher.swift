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
        var texts = annotations?.object?.mapValues { .string($0.scalarText ?? "") } ?? Object()
        for key in [Provenance.originAnnotation, Provenance.transformationsAnnotation] { texts[key] = notes[key] }
        members["annotations"] = texts.isEmpty ? nil : .object(texts)
        value["metadata"] = .object(members)
        return value
    }

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
