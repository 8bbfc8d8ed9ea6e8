import Manifests
import Model
import Testing

@Suite struct PlanDigestTests {
    static func operation(
        _ action: Model.Operation.Action, _ name: String = "a", state: Model.Operation.State = .ready, uid: String? = "u",
        version: UInt8 = 1
    ) -> Model.Operation {
        let key = ResourceKey(group: "", kind: "ConfigMap", namespace: "s", name: name)
        let desired = DesiredObject(
            key: key, manifest: Manifest(value: [:], origin: Origin(file: "a")), digest: Digest(bytes: [version]))
        return Model.Operation(
            action, key, cause: .same, state: state, desired: action == .delete ? nil : desired, uid: uid,
            order: .init(phase: .sync, wave: 0, tier: 0, rank: 0))
    }

    static func digest(_ operations: [Model.Operation], revision: String = "r", installation: String = "i", name: String = "shop")
        -> Digest
    {
        Plan(
            identity: ApplicationIdentity(installation: installation, name: name), revision: revision,
            renderedDigest: Digest(bytes: [9]), operations: operations, forgotten: [:], isTransition: true
        ).digest
    }

    static let base = digest([operation(.create)])

    static let cases: [(what: String, digest: Digest, isSame: Bool)] = [
        ("itself", digest([operation(.create)]), true),
        ("another revision of the same content", digest([operation(.create)], revision: "q"), true),
        // A target that was never used has no installation yet.
        ("another installation", digest([operation(.create)], installation: "j"), true),
        ("with something unchanged", digest([operation(.create), operation(.unchanged, "b")]), true),
        ("with something kept", digest([operation(.create), operation(.delete, "b", state: .kept("x"))]), true),
        ("unverified", digest([operation(.create, state: .unverified("x"))]), true),
        ("another action", digest([operation(.update)]), false),
        ("another name", digest([operation(.create, "b")]), false),
        ("another live object", digest([operation(.create, uid: "v")]), false),
        ("another content", digest([operation(.create, version: 2)]), false),
        ("another application", digest([operation(.create)], name: "other"), false),
        ("one more", digest([operation(.create), operation(.create, "b")]), false),
        ("nothing", digest([]), false),
    ]

    @Test(arguments: cases) func digests(_ what: String, digest: Digest, isSame: Bool) {
        #expect((digest == Self.base) == isSame)
    }

    @Test func onlyWhatIsHeldCounts() {
        let held = Self.operation(.delete, "b", state: .held("x"))
        #expect(Self.digest([held]) == Self.digest([held, Self.operation(.create)]))
        #expect(Self.digest([held]) != Self.digest([held, Self.operation(.delete, "c", state: .held("x"))]))
    }

    @Test func whatIsTakenOverIsNamedByTheLiveObject() {
        #expect(Self.digest([Self.operation(.adopt)]) == Self.digest([Self.operation(.adopt, version: 2)]))
        #expect(Self.digest([Self.operation(.adopt)]) != Self.digest([Self.operation(.adopt, uid: "v")]))
    }

    @Test func whatNoDigestMayTellIsNamedByTheRevision() {
        func provisional(_ version: UInt8, shape: UInt8 = 7, _ action: Model.Operation.Action = .create) -> Model.Operation {
            var operation = Self.operation(action, version: version)
            operation.desired?.provisionalDigest = Digest(bytes: [shape])
            return operation
        }
        let digest = Self.digest([provisional(1)])
        #expect(digest == Self.digest([provisional(2)]), "the key is another one in each process")
        #expect(digest != Self.digest([provisional(1, shape: 8)]))
        #expect(digest != Self.digest([provisional(1)], revision: "q"))
        #expect(digest != Self.digest([Self.operation(.create)]))
        #expect(Self.digest([provisional(1, .adopt)]) == Self.digest([provisional(1, .adopt)], revision: "q"))
    }

    @Test func orderDoesNotCount() {
        let two = [Self.operation(.create), Self.operation(.create, "b")]
        #expect(Self.digest(two) == Self.digest(two.reversed()))
    }
}
