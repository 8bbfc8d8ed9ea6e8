import KubernetesClient
import Manifests
import Model
import Synchronization

extension ClusterView {
    /// The ConfigMaps of the inventory namespace that carry the inventory label, by name; nil where the view cannot tell.
    func inventoryObjects() async throws -> [String: StoredObject]? {
        guard let session = state.withLock({ $0.session }) else { return nil }
        guard try await session.inventoriesReady.wait(atMost: .seconds(20)) else { return nil }
        return state.withLock { state in
            guard state.inventories.isInSync else { return nil }
            return Dictionary(uniqueKeysWithValues: state.inventories.items.map { ($0.key.name, $0.value) })
        }
    }

    enum InventoryLook {
        case absent
        case here(StoredObject)
        case unknown
    }

    func inventoryObject(_ name: String, _ namespace: String) async throws -> InventoryLook {
        guard let session = state.withLock({ $0.session }) else { return .unknown }
        guard try await session.inventoriesReady.wait(atMost: .seconds(20)) else { return .unknown }
        return state.withLock { state in
            let name = ObjectName(namespace: namespace, name: name)
            guard state.inventories.isInSync, !state.distrusted.contains(name) else { return .unknown }
            return state.inventories.items[name].map { .here($0) } ?? .absent
        }
    }

    /// A write has failed because somebody else was faster: until the watch tells what they wrote, it has to be asked.
    func distrustInventory(_ name: String, _ namespace: String) {
        state.withLock { state in
            guard state.session != nil else { return }
            state.distrusted.insert(ObjectName(namespace: namespace, name: name))
        }
    }

    /// What others wrote concerns the objects that are listed in it, then or now.
    func tell(inventories event: WatchEvent<StoredObject>) {
        let ready: Latch? = state.withLock { state in
            switch event {
            case .listed(let list, let version):
                let isFirst = !state.inventories.isListed
                state.distrusted = []
                let changes = state.inventories.listed(list, at: ResourceVersion(text: version))
                state.endOutage()
                guard isFirst else {
                    for change in changes { state.tell(inventory: change) }
                    return nil
                }
                return state.session?.inventoriesReady
            case .changed(let object):
                state.distrusted.remove(object.name)
                if let change = state.inventories.changed(object) { state.tell(inventory: change) }
            case .deleted(let object):
                state.distrusted.remove(object.name)
                if let change = state.inventories.deleted(object) { state.tell(inventory: change) }
            case .interrupted(let error):
                state.inventories.interrupted()
                if state.inventories.isInterrupted { state.beginOutage(error) }
            case .resumed:
                state.inventories.resumed()
                state.endOutage()
            }
            return nil
        }
        ready?.open()
    }
}

extension ClusterView.State {
    /// What is listed in an inventory, before or now, is worth looking at.
    fileprivate mutating func tell(inventory change: FollowedSet<StoredObject>.Change) {
        guard let name = (change.new ?? change.old)?.name else { return }
        var keys: Set<ResourceKey> = []
        for object in [change.old, change.new] {
            guard let object, let value = try? object.value() else { continue }
            keys.formUnion(InventoryShards.keys(in: value))
        }
        if !inventoryWrites.keep(keys, of: name) { tell(keys) }
    }

    mutating func beginOutage(_ error: PlumbError) {
        pending.interrupted(error)
        session?.news.wake()
    }

    mutating func endOutage() {
        pending.resumed()
        session?.news.wake()
    }
}
