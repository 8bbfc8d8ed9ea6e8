import KubernetesClient
import Manifests
import Model
import Synchronization

/// What this process does itself is in the view when the server has answered, and is no news to whoever listens.
extension ClusterView {
    /// Sends a write of an object; `send` returns the object as the server holds it then.
    func write(_ key: ResourceKey, _ resource: APIResource, _ send: () async throws -> Value) async throws -> Value {
        state.withLock { $0.writes.begin(key) }
        do {
            let written = try await send()
            let (object, existence) = (StoredObject(written), Existence(written))
            end(key, resource) {
                $0.wrote(object, existence)
            } others: {
                $0.wrote(existence)
            }
            return written
        } catch {
            fail(key)
            throw error
        }
    }

    func erase(
        _ key: ResourceKey, uid: String, _ resource: APIResource, _ send: () async throws -> DeleteOutcome
    ) async throws -> DeleteOutcome {
        state.withLock { $0.writes.begin(key) }
        do {
            let outcome = try await send()
            switch outcome {
            case .gone:
                end(key, resource) {
                    $0.erased(ObjectName(key), uid: uid)
                } others: {
                    _ = $0.erased(ObjectName(key), uid: uid)
                }
            case .terminating(let rest):
                end(key, resource) {
                    $0.wrote(StoredObject(rest), Existence(rest))
                } others: {
                    $0.wrote(Existence(rest))
                }
            case .replaced: fail(key)
            }
            return outcome
        } catch {
            fail(key)
            throw error
        }
    }

    /// - Parameters:
    ///   - body: Returns whether what is known now is what the write has left.
    ///   - others: For the same kind in other versions, of which the answer does not tell the content.
    private func end(
        _ key: ResourceKey, _ resource: APIResource, _ body: (inout KindView) -> Bool, others: (inout KindView) -> Void
    ) {
        state.withLock { state in
            let isLatest = state.change(KindID(resource)) { body(&$0.view) } ?? false
            for id in state.versions(group: resource.group, kind: resource.kind) where id != KindID(resource) {
                state.change(id) { others(&$0.view) }
            }
            state.tell(state.writes.end(key, isLatest: isLatest))
        }
    }

    private func fail(_ key: ResourceKey) {
        state.withLock { $0.tell($0.writes.end(key, isLatest: false)) }
    }

    /// Somebody had to ask for this object.
    func saw(_ object: Value, _ resource: APIResource) {
        let (stored, existence) = (StoredObject(object), Existence(object))
        state.withLock { state in _ = state.change(KindID(resource)) { $0.view.saw(stored, existence) } }
    }

    // MARK: Inventories

    /// Sends a write of an inventory's ConfigMap.
    func writeInventory(_ name: ObjectName, _ send: () async throws -> Value) async throws -> Value {
        state.withLock { $0.inventoryWrites.begin(name) }
        do {
            let written = try await send()
            let object = StoredObject(written)
            state.withLock { state in
                state.see(object)
                let isLatest = state.inventories.items[name]?.version == object.version
                state.tell(state.inventoryWrites.end(name, isLatest: isLatest))
            }
            return written
        } catch {
            failInventory(name)
            throw error
        }
    }

    func eraseInventory(_ name: ObjectName, uid: String, _ send: () async throws -> DeleteOutcome) async throws -> DeleteOutcome {
        state.withLock { $0.inventoryWrites.begin(name) }
        do {
            let outcome = try await send()
            state.withLock { state in
                if case .gone = outcome { state.inventories.erased(name, uid: uid) }
                state.tell(state.inventoryWrites.end(name, isLatest: state.inventories.items[name] == nil))
            }
            return outcome
        } catch {
            failInventory(name)
            throw error
        }
    }

    private func failInventory(_ name: ObjectName) {
        state.withLock { $0.tell($0.inventoryWrites.end(name, isLatest: false)) }
    }

    /// Somebody had to ask for this ConfigMap.
    func sawInventory(_ object: Value) {
        let object = StoredObject(object)
        state.withLock { $0.see(object) }
    }
}

extension ClusterView.State {
    /// In which a kind is followed.
    func versions(group: String, kind: String) -> [KindID] {
        kinds.keys.filter { $0.group == group && $0.kind == kind }.sorted { $0.version < $1.version }
    }

    /// nil where the kind is not followed. It is taken out while it changes: a copy of it all would be too much.
    @discardableResult
    mutating func change<Result>(_ id: KindID, _ body: (inout FollowedKind) -> Result) -> Result? {
        guard var kind = kinds.removeValue(forKey: id) else { return nil }
        defer { kinds[id] = kind }
        return body(&kind)
    }

    fileprivate mutating func see(_ object: StoredObject) {
        guard session != nil else { return }
        distrusted.remove(object.name)
        inventories.wrote(object)
    }
}
