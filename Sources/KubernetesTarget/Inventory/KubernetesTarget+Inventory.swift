import KubernetesClient
import Manifests
package import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension KubernetesTarget {
    /// One that is only proposed is looked for again each time: another process may have written down its own.
    package func installation() async throws -> String {
        let known = await facts.knownInstallation
        if let known, known.isStored { return known.id }
        return try await reading {
            let contents = try await store.list()
            let id = contents.installation ?? known?.id ?? UUID().uuidString.lowercased()
            await facts.remember(installation: id, isStored: contents.installation != nil)
            await facts.keep(contents)
            return id
        }
    }

    package func inventory(of identity: ApplicationIdentity) async throws -> Inventory? {
        try await reading {
            let contents = await facts.takeContents()
            let head: StoredInventory?
            if let contents {
                head = contents.configMaps[InventoryShards.headName(identity)].map(StoredInventory.init)
            } else {
                head = try await store.head(of: identity)
            }
            guard let head else { return nil }
            let inventory = try await store.inventory(head, among: contents)
            guard inventory.identity == identity else {
                throw PlumbError(
                    .conflict,
                    "The ConfigMap \(inventoryNamespace)/\(head.name) is the inventory of \(inventory.identity.fullName), not of \(identity.fullName)."
                )
            }
            return inventory
        }
    }

    package func inventories() async throws -> [Inventory] {
        let installation = try await installation()
        return try await reading {
            let kept = await facts.takeContents()
            let contents = if let kept { kept } else { try await store.list() }
            var result: [Inventory] = []
            for head in contents.heads.sorted(by: { $0.name < $1.name }) {
                let inventory = try await store.inventory(head, among: contents)
                if inventory.identity.installation == installation { result.append(inventory) }
            }
            return result
        }
    }

    package func save(_ inventory: Inventory) async throws -> Inventory {
        let isEmpty = inventory.entries.isEmpty && inventory.lease == nil && inventory.sync == nil && inventory.synced == nil
        return try await reading {
            try await requireOwn(inventory)
            await facts.dropContents()
            if isEmpty {
                try await removeChartKey(of: inventory.identity)
                try await store.remove(inventory)
                // Whoever is killed before this has an inventory no more that would ask for them.
                try await removeHooks(of: inventory.identity)
                var removed = inventory
                removed.version = nil
                return removed
            }
            try await storeInstallation()
            try await storeSecretKey()
            return try await store.save(inventory)
        }
    }

    /// Another installation's inventory is read-only.
    private func requireOwn(_ inventory: Inventory) async throws {
        let known = await facts.knownInstallation
        let installation = if let known { known.id } else { try await installation() }
        guard inventory.identity.installation != installation else { return }
        throw PlumbError(
            .conflict,
            "The inventory of \(inventory.identity) belongs to the installation \(inventory.identity.installation), and this cluster to \(installation)."
        )
    }

    /// Writes down the installation that this process proposed. Throws `conflict` where another one was faster with its own.
    private func storeInstallation() async throws {
        guard let known = await facts.knownInstallation, !known.isStored else { return }
        let body: Value = [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": [
                "name": .string(InventoryStore.installationName), "namespace": .string(inventoryNamespace),
                "labels": [
                    StoredInventory.label: "installation", StoredInventory.part: "installation",
                    "app.kubernetes.io/managed-by": "plumb",
                ],
            ], "data": ["installation": .string(known.id)],
        ]
        do {
            try await store.create(body)
        } catch let error as KubernetesError where error.isAlreadyExists {
            await facts.forgetInstallation()
            throw PlumbError(
                .superseded, "Another process has set up \(inventoryNamespace) at the same time.",
                remedy: "Try again: the next attempt uses its installation.")
        }
        await facts.remember(installation: known.id, isStored: true)
    }

    private func reading<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch { throw ServerErrors.plain(error) }
    }
}
