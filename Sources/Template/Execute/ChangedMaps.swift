/// The maps that templates made or changed.
///
/// A map that holds itself would never be freed, and a long chain of maps would be freed by as many calls inside each other as it has
/// links, for which no stack has room. So all of them are kept until the rendering ends, and emptied then.
final class ChangedMaps {
    private var storages: [GoMap.Storage] = []
    private var limit = 4096

    /// A map that is known already costs nothing.
    func note(_ map: GoMap) {
        guard map.note() else { return }
        storages.append(map.storage)
        if storages.count > limit { forgetUnused() }
    }

    /// Nobody may look into the maps any more.
    func empty() {
        let entries = storages.map { $0.take() }
        storages = []
        // Only now are values freed, of which each map is empty.
        withExtendedLifetime(entries) {}
    }

    /// Those that no value holds any more. What was in them is freed after all of them are found.
    private func forgetUnused() {
        var used: [GoMap.Storage] = []
        var entries: [[GoMap.Entry]] = []
        for index in storages.indices {
            if isKnownUniquelyReferenced(&storages[index]) {
                entries.append(storages[index].take())
            } else {
                used.append(storages[index])
            }
        }
        storages = used
        limit = max(4096, 2 * used.count)
    }
}
