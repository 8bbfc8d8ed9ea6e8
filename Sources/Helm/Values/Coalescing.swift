import Manifests
import Model
import Template

/// Helm's rules for values: those of a chart give way to those of the charts around it and of its user; maps are merged,
/// everything else is replaced; `null` takes a value away.
struct Coalescing {
    /// Keep nulls, because the values will be coalesced again.
    let isMerge: Bool

    /// `values` over the chart's own and its charts'. Throws `invalid` where a chart's values are no mapping.
    static func coalesce(_ chart: Chart, _ values: GoMap, isMerge: Bool = false) throws -> GoMap {
        let copy = values.deepCopy()
        try Coalescing(isMerge: isMerge).coalesce(chart, into: copy)
        return copy
    }

    private func coalesce(_ chart: Chart, into target: GoMap) throws {
        coalesceValues(chart, into: target)
        for subchart in chart.dependencies {
            let name = subchart.name
            if target[name] == nil { target[name] = .map(GoMap()) }
            guard case .map(let own)? = target[name] else {
                throw PlumbError(
                    .invalid, "The value \(name.quoted) is not a mapping, and \(chart.name) has a chart of that name.",
                    remedy: "The values of a chart inside stand in a mapping under its name.")
            }
            coalesceGlobals(from: target, into: own)
            try coalesce(subchart, into: own)
        }
    }

    private func coalesceGlobals(from source: GoMap, into target: GoMap) {
        let targetGlobals: GoMap
        switch target["global"] {
        case nil: targetGlobals = GoMap()
        case .map(let map)?: targetGlobals = map
        default: return
        }
        let sourceGlobals: GoMap
        switch source["global"] {
        case nil: sourceGlobals = GoMap()
        case .map(let map)?: sourceGlobals = map
        default: return
        }
        for entry in sourceGlobals.entries {
            let existing = targetGlobals[entry.key]
            if case .map(let map) = entry.value {
                let copy = map.copy()
                switch existing {
                case nil: targetGlobals[entry.key] = .map(copy)
                case .map(let inner)?:
                    Self.mergeTables(copy, inner, isMerge: true)
                    targetGlobals[entry.key] = .map(copy)
                default: break
                }
            } else if case .map? = existing {
                continue
            } else {
                targetGlobals[entry.key] = entry.value
            }
        }
        target["global"] = .map(targetGlobals)
    }

    private func coalesceValues(_ chart: Chart, into target: GoMap) {
        for entry in GoMap(chart.values).entries {
            guard let existing = target[entry.key] else {
                if !isMerge {
                    if entry.value.isAbsent { continue }
                    if case .map(let map) = entry.value { Self.removeNulls(map) }
                }
                target[entry.key] = entry.value
                continue
            }
            if existing.isAbsent, !isMerge {
                target[entry.key] = nil
            } else if case .map(let inner) = existing, case .map(let own) = entry.value {
                // A chart inside is coalesced on its own afterwards; its nulls have to last until then.
                let merges = isMerge || chart.dependencies.contains { $0.name == entry.key }
                if !merges { Self.removeNulls(own) }
                Self.mergeTables(inner, own, isMerge: merges)
            }
        }
    }

    /// `source` under `target`, which counts.
    static func mergeTables(_ target: GoMap, _ source: GoMap, isMerge: Bool) {
        var sourceHadValue: Set<String> = []
        for entry in source.entries where !entry.value.isAbsent { sourceHadValue.insert(entry.key) }
        for entry in target.entries where entry.value.isAbsent { source[entry.key] = .null }
        for entry in source.entries {
            guard let existing = target[entry.key] else {
                target[entry.key] = entry.value
                continue
            }
            if !isMerge, existing.isAbsent, sourceHadValue.contains(entry.key) {
                target[entry.key] = nil
            } else if case .map(let inner) = entry.value, case .map(let own) = existing {
                mergeTables(own, inner, isMerge: isMerge)
            }
        }
    }

    static func removeNulls(_ map: GoMap) {
        for entry in map.entries {
            if entry.value.isAbsent {
                map[entry.key] = nil
            } else if case .map(let inner) = entry.value {
                removeNulls(inner)
            }
        }
    }
}

extension GoMap {
    func deepCopy() -> GoMap {
        let copy = GoMap(kind)
        for entry in entries { copy[entry.key] = entry.value.deepCopy() }
        return copy
    }

    /// The mapping at a path of names with dots between them.
    func table(_ path: String) -> GoMap? {
        var map = self
        for name in path.split(separator: ".", omittingEmptySubsequences: false) {
            guard case .map(let inner)? = map[String(name)] else { return nil }
            map = inner
        }
        return map
    }

    /// The value at a path, that is no mapping.
    func pathValue(_ path: String) -> GoValue? {
        let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let last = names.last else { return nil }
        let map = names.count == 1 ? self : table(names.dropLast().joined(separator: "."))
        guard let value = map?[last] else { return nil }
        if case .map = value { return nil }
        return value
    }
}

extension GoValue {
    func deepCopy() -> GoValue {
        switch self {
        case .map(let map): return .map(map.deepCopy())
        case .list(var list):
            list.elements = list.elements.map { $0.deepCopy() }
            return .list(list)
        default: return self
        }
    }
}
