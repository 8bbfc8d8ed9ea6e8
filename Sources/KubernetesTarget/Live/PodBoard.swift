import KubernetesClient
import Manifests
import Model

/// How a Pod is doing, as far as its workload wants to know.
struct PodState: FollowedItem {
    let name: ObjectName
    let uid: String
    let version: ResourceVersion
    let labels: [String: String]
    /// Nobody's trouble where it is 0.
    let badness: Int
    let reason: String?

    init(_ pod: Value) {
        name = ObjectName(of: pod)
        uid = pod.uid
        version = ResourceVersion(text: pod.resourceVersion)
        let pairs = (pod.at("metadata", "labels")?.object ?? Object()).compactMap { label in
            label.value.string.map { (label.key, $0) }
        }
        labels = Dictionary(uniqueKeysWithValues: pairs)
        let live = Live(pod)
        badness = pod.isTerminating ? 0 : PodHealth.badness(live)
        reason = badness > 0 ? PodHealth.reason(live) : nil
    }

    /// What holds a workload up whose Pods these are; nil where nothing says so.
    static func reason(of pods: some Sequence<PodState>) -> String? {
        pods.max { $0.badness < $1.badness }.flatMap { $0.badness > 0 ? $0.reason : nil }
    }
}

/// The Pods of the cluster, while some workload is on its way. Pure.
struct PodBoard {
    private struct Interest {
        let selector: PodSelector
        var told: String?
    }

    enum Phase {
        case idle
        case following(Latch)
        /// The server does not permit it: the reason is a help, and not worth asking again.
        case refused
    }

    var phase = Phase.idle
    private(set) var pods = FollowedSet<PodState>()
    private(set) var lastAsked = ContinuousClock.now
    private var byNamespace: [String: Set<ObjectName>] = [:]
    private var interests: [ResourceKey: Interest] = [:]

    private static let interestLimit = 10_000
    private static let patience: Duration = .seconds(600)

    var isInSync: Bool { pods.isInSync }

    /// Whether nobody needs the Pods any more: all workloads are well, or were not looked at for long.
    var isIdle: Bool { interests.isEmpty || lastAsked.duration(to: .now) > Self.patience }

    mutating func reason(of key: ResourceKey, _ selector: PodSelector) -> String? {
        lastAsked = .now
        if interests.count >= Self.interestLimit { interests = [:] }
        let reason = reason(in: key.namespace ?? "", selector)
        interests[key] = Interest(selector: selector, told: reason)
        return reason
    }

    mutating func forget(_ key: ResourceKey) { interests[key] = nil }

    /// Returns the workloads whose reason is another than it was.
    mutating func tell(_ event: WatchEvent<PodState>) -> [ResourceKey] {
        let isFirst = !pods.isListed
        var changes: [FollowedSet<PodState>.Change] = []
        switch event {
        case .listed(let list, let version): changes = pods.listed(list, at: ResourceVersion(text: version))
        case .changed(let pod): changes = pods.changed(pod).map { [$0] } ?? []
        case .deleted(let pod): changes = pods.deleted(pod).map { [$0] } ?? []
        case .interrupted: pods.interrupted()
        case .resumed: pods.resumed()
        }
        for change in changes { index(change) }
        return isFirst ? [] : concerned(by: changes)
    }

    private mutating func index(_ change: FollowedSet<PodState>.Change) {
        if let new = change.new {
            byNamespace[new.name.namespace, default: []].insert(new.name)
        } else if let old = change.old {
            byNamespace[old.name.namespace]?.remove(old.name)
        }
    }

    private mutating func concerned(by changes: [FollowedSet<PodState>.Change]) -> [ResourceKey] {
        var namespaces: [String: [FollowedSet<PodState>.Change]] = [:]
        for change in changes {
            guard let name = (change.new ?? change.old)?.name else { continue }
            namespaces[name.namespace, default: []].append(change)
        }
        var keys: [ResourceKey] = []
        for (key, interest) in interests {
            let isConcerned = (namespaces[key.namespace ?? ""] ?? []).contains { change in
                [change.old, change.new].contains { $0.map { interest.selector.matches($0.labels) } ?? false }
            }
            guard isConcerned else { continue }
            let reason = reason(in: key.namespace ?? "", interest.selector)
            guard reason != interest.told else { continue }
            interests[key]?.told = reason
            keys.append(key)
        }
        return keys
    }

    private func reason(in namespace: String, _ selector: PodSelector) -> String? {
        PodState.reason(
            of: (byNamespace[namespace] ?? []).compactMap { pods.items[$0] }.filter { selector.matches($0.labels) })
    }
}
