import Manifests

/// A label or an annotation that one transformation has put into several places of an object.
///
/// For Kustomize it is one node of its tree from then on: what changes it in one place changes it in all of them, a patch of the
/// labels the selectors, too. Selectors cannot be changed in a cluster, so it matters that they come out alike.
struct SharedScalar: Sendable {
    /// In the order in which a strategic merge goes through them.
    private(set) var paths: [ValuePath]
    private var value: Value

    /// `paths` are in that order.
    init(_ value: Value, at paths: [ValuePath]) {
        self.value = value
        self.paths = paths
    }

    mutating func detach(_ isDetached: (ValuePath) -> Bool) { paths.removeAll(where: isDetached) }

    /// Brings the places of `object` in line. `patch` is the strategic merge that was applied to `before`, where it was one: what
    /// it writes counts, even where it writes what was there.
    mutating func settle(in object: inout Value, after patch: (patch: Value, before: Value)?) {
        if patch == nil, paths.allSatisfy({ object.get($0) == value }) { return }
        paths.removeAll { path in
            object.get(path) == nil || patch.map { $0.patch.replaces(path) || path.isMoved(from: $0.before, to: object) } ?? false
        }
        let last = paths.last { path in
            object.get(path) != value || patch?.patch.get(path).map { !$0.isNull } ?? false
        }
        guard let last, let new = object.get(last) else { return }
        for path in paths where object.get(path) != new { object.set(path, to: new) }
        value = new
    }
}

extension Resource {
    /// Brings the places of shared labels and annotations in line, after a change.
    mutating func settleShared(after patch: (patch: Value, before: Value)? = nil) {
        guard !shared.isEmpty else { return }
        for index in shared.indices { shared[index].settle(in: &value, after: patch) }
        shared.removeAll { $0.paths.count < 2 }
    }
}

extension Resource {
    /// To be called when `mapping` was written over what was in `before`: what it brings is shared with nothing.
    mutating func detachShared(replacedBy mapping: Value, before: Value) {
        guard !shared.isEmpty, mapping.object != nil else { return }
        let after = value
        detachShared { path in
            path.leadsThrough.contains { after.get($0) == mapping && before.get($0) != mapping }
        }
    }

    /// To be called when the annotations were written anew.
    mutating func detachAnnotations() {
        detachShared { $0.segments.starts(with: [.key("metadata"), .key("annotations")]) }
    }

    private mutating func detachShared(_ isDetached: (ValuePath) -> Bool) {
        guard !shared.isEmpty else { return }
        for index in shared.indices { shared[index].detach(isDetached) }
        shared.removeAll { $0.paths.count < 2 }
    }
}

extension ResourceSet {
    mutating func settleShared() {
        for index in resources.indices where !resources[index].shared.isEmpty { resources[index].settleShared() }
    }
}

extension Value {
    /// Whether a strategic merge puts something new in place of what the path leads through.
    fileprivate func replaces(_ path: ValuePath) -> Bool {
        path.leadsThrough.contains { self.get($0)?["$patch"] == "replace" }
    }
}

extension ValuePath {
    /// What is above it, without the whole.
    fileprivate var leadsThrough: [ValuePath] { segments.indices.dropFirst().map { ValuePath(Array(segments[..<$0])) } }

    /// Whether a list on the way has got other elements.
    fileprivate func isMoved(from before: Value, to after: Value) -> Bool {
        leadsThrough.contains { list in
            guard let old = before.get(list)?.array else { return false }
            return old.count != after.get(list)?.array?.count
        }
    }
}
