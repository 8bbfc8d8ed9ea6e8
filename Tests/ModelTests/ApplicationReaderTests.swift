import Manifests
import Model
import Testing

@Suite struct ApplicationReaderTests {
    static func read(_ spec: Value, name: String = "shop") throws -> Application {
        let value: Value = [
            "apiVersion": "plumb.dev/v1alpha1", "kind": "Application", "metadata": ["name": .string(name)], "spec": spec,
        ]
        return try ApplicationReader.application(from: Manifest(value: value, origin: Origin(file: "app.yaml", line: 3)))
    }

    /// A spec with one source and these further members.
    static func spec(_ members: Value = [:]) -> Value {
        var spec = members
        if spec["sources"] == nil { spec["sources"] = [["path": "apps/shop"]] }
        return spec
    }

    typealias Change = @Sendable (inout Application) -> Void

    static let accepted: [(spec: Value, change: Change)] = [
        (spec(), { _ in }),
        (spec(["sources": [[:]]]), { $0.source.path = "." }),
        (spec(["sources": [["render": ["kustomize": [:]]]]]), { $0.source = .init(renderer: .kustomize) }),
        (spec(["sources": [["render": ["helm": [:]]]]]), { $0.source = .init(renderer: .helm(HelmSettings())) }),
        (
            spec([
                "sources": [
                    [
                        "render": [
                            "helm": [
                                "releaseName": "web", "values": ["a": ["b": 1]], "valuesFiles": ["values-eu.yaml"],
                                "includeCRDs": false,
                                "kubeVersion": "v1.31.2", "apiVersions": ["x/v1"],
                            ]
                        ]
                    ]
                ]
            ]),
            {
                var settings = HelmSettings()
                settings.releaseName = "web"
                settings.values = Object([("a", Value.object(Object([("b", Value.integer(1))])))])
                settings.valuesFiles = ["values-eu.yaml"]
                settings.includesDefinitions = false
                settings.kubeVersion = "v1.31.2"
                settings.apiVersions = ["x/v1"]
                $0.source = .init(renderer: .helm(settings))
            }
        ),
        (spec(["sources": [["render": ["plain": [:]]]]]), { $0.source = .init(renderer: .plain) }),
        (
            spec(["sources": [["render": ["plugin": ["name": "jsonnet", "arguments": ["-y", "a b"]]]]]]),
            { $0.source = .init(renderer: .plugin(PluginSettings(name: "jsonnet", arguments: ["-y", "a b"]))) }
        ),
        (
            spec([
                "sources": [
                    [
                        "render": [
                            "helm": [
                                "lookup": true, "postRender": ["kustomize": ["namePrefix": "a-"]],
                                "valuesFrom": [
                                    ["kind": "ConfigMap", "name": "a.b"],
                                    [
                                        "kind": "Secret", "name": "c", "key": "k", "targetPath": "a[0].b", "optional": true,
                                        "literal": true,
                                    ],
                                ],
                            ]
                        ]
                    ]
                ]
            ]),
            {
                var settings = HelmSettings()
                settings.looksUp = true
                settings.postRender = Object([("namePrefix", "a-")])
                var secret = HelmSettings.ValuesReference(kind: .secret, name: "c")
                (secret.key, secret.targetPath, secret.isOptional, secret.isLiteral) = ("k", "a[0].b", true, true)
                settings.valuesFrom = [HelmSettings.ValuesReference(kind: .configMap, name: "a.b"), secret]
                $0.source = .init(renderer: .helm(settings))
            }
        ),
        (
            spec(["sources": [["git": ["url": "https://e.com/x", "tag": "v1"], "secretRef": ["name": "c"]]]]),
            { $0.source = .init(.git(.init(url: "https://e.com/x", reference: .tag("v1"), secret: "c"))) }
        ),
        (spec(["sources": [["git": ["url": "u"]]]]), { $0.source = .init(.git(.init(url: "u"))) }),
        (
            spec(["sources": [["git": ["url": "u", "semver": ">=1 <2"]]]]),
            { $0.source = .init(.git(.init(url: "u", reference: .semver(">=1 <2")))) }
        ),
        (
            spec(["sources": [["git": ["url": "u", "verify": ["keys": ["ssh-ed25519 AAAA tess@example.com"]]]]]]),
            { $0.source = .init(.git(.init(url: "u", trustedKeys: [.ssh("ssh-ed25519 AAAA")]))) }
        ),
        (
            spec(["sources": [["helm": ["url": "oci://h/x", "chart": "web"], "secretRef": ["name": "c"]]]]),
            { $0.source = .init(.chart(.init(name: "web"), from: .init(url: "oci://h/x", secret: "c"))) }
        ),
        (
            spec(["sources": [["helm": ["url": "http://h/x", "chart": "web", "version": "^1.2", "insecure": true]]]]),
            { $0.source = .init(.chart(.init(name: "web", version: "^1.2"), from: .init(url: "http://h/x", isInsecure: true))) }
        ),
        (
            spec(["sources": [["repository": "charts", "chart": "web", "version": "1.x"]]]),
            { $0.source = .init(.repository("charts", .chart(.init(name: "web", version: "1.x")))) }
        ),
        (spec(["sources": [["repository": "charts"]]]), { $0.source = .init(.repository("charts", .reference(nil))) }),
        (
            spec(["sources": [["repository": "charts", "semver": "1.x", "path": "shop"]]]),
            { $0.source = .init(.repository("charts", .reference(.semver("1.x"))), path: "shop") }
        ),
        (
            spec(["target": ["name": "kubernetes", "namespace": "s", "createNamespace": true]]),
            { $0.target = .init(name: "kubernetes", namespace: "s", createNamespace: true) }
        ),
        (spec(["serviceAccount": "a"]), { $0.serviceAccount = "a" }),
        (spec(["dependsOn": [["name": "db"]]]), { $0.dependsOn = ["db"] }),
        (spec(["substitute": ["A": "1", "B": ""]]), { $0.substitute = ["A": "1", "B": ""] }),
        (spec(["deadlines": ["applied": "30s"]]), { $0.deadlines.applied = .seconds(30) }),
        (
            spec([
                "sync": [
                    "automatic": false, "prune": false, "drift": "report", "onRemoval": "delete", "adopt": "allow",
                    "preflight": "never",
                ]
            ]),
            {
                $0.sync.automatic = false
                $0.sync.prune = false
                $0.sync.drift = .report
                $0.sync.onRemoval = .delete
                $0.sync.adopt = .allow
                $0.sync.preflight = .never
            }
        ),
        (
            spec(["sync": ["deletionBudget": ["percent": 90, "objects": 0, "kinds": []]]]),
            {
                $0.sync.deletionBudget.percent = 90
                $0.sync.deletionBudget.objects = 0
                $0.sync.deletionBudget.kinds = []
            }
        ),
        (spec(["sync": ["deletionBudget": ["kinds": ["Secret"]]]]), { $0.sync.deletionBudget.kinds = ["Secret"] }),
        (
            spec(["sync": ["retry": ["initial": "1s", "factor": 1.5, "max": "1m"]]]),
            {
                $0.sync.retry.initial = .seconds(1)
                $0.sync.retry.factor = 1.5
                $0.sync.retry.max = .seconds(60)
            }
        ),
        (spec(["sync": ["retry": ["factor": 3]]]), { $0.sync.retry.factor = 3 }),
        (
            spec(["ignore": [["group": "apps", "kind": "Deployment", "paths": ["/spec/replicas"]]]]),
            { $0.ignore = [IgnoreRule(group: "apps", kind: "Deployment", paths: ["/spec/replicas"])] }
        ),
    ]

    @Test(arguments: accepted) func reads(_ spec: Value, change: Change) throws {
        var expected = Application(name: "shop", source: .init(path: "apps/shop"))
        change(&expected)
        #expect(try Self.read(spec) == expected)
    }

    static let refused: [(spec: Value, message: String)] = [
        ([:], "sources"),
        (["sources": []], "0 sources"),
        (["sources": [[:], [:]]], "2 sources"),
        (["sources": ["apps/shop"]], "has to be a mapping"),
        (["sources": [["paths": "x"]]], "unknown field \"paths\""),
        (["sources": [["path": 3]]], "has to be a string"),
        (["sources": [["helm": ["url": "u"]]]], "lacks the field chart"),
        (["sources": [["helm": ["url": "u", "chart": "../x"]]]], "cannot name a chart"),
        (["sources": [["helm": ["url": "u", "chart": "a/b"]]]], "cannot name a chart"),
        (["sources": [["helm": ["url": "u", "chart": "a", "version": "newest"]]]], "is not a range of versions"),
        (["sources": [["helm": ["url": "u", "chart": "a", "digest": "sha1:x"]]]], "is not sha256:"),
        (["sources": [["helm": ["url": "u", "chart": "a"], "path": "x"]]], "taken whole"),
        (["sources": [["helm": ["url": "u", "chart": "a"], "git": ["url": "u"]]]], "one of git, helm and repository"),
        (["sources": [["repository": "a", "chart": "b", "branch": "main"]]], "unknown field \"branch\""),
        (["sources": [["repository": "a", "chart": "b", "path": "x"]]], "taken whole"),
        (["sources": [["repository": "a", "version": "1.x"]]], "unknown field \"version\""),
        (["sources": [["repository": "Charts"]]], "\"Charts\" cannot name a repository"),
        (["sources": [["repository": "a", "git": ["url": "u"]]]], "one of git, helm and repository"),
        (["sources": [["repository": "a", "tag": "v1", "commit": "c"]]], "one of"),
        (["sources": [["repository": "a", "secretRef": ["name": "c"]]]], "has its own credentials"),
        (["sources": [["branch": "main"]]], "unknown field \"branch\""),
        (["sources": [["secretRef": ["name": "c"]]]], "only a git or helm source"),
        (["sources": [["render": ["helm": ["value": [:]]]]]], "unknown field \"value\""),
        (["sources": [["render": ["helm": ["values": "a: 1"]]]]], "has to be a mapping"),
        (["sources": [["render": ["helm": ["valuesFiles": "values.yaml"]]]]], "has to be a list"),
        (["sources": [["render": ["helm": ["releaseName": "Web"]]]]], "cannot name a release"),
        (["sources": [["render": ["helm": ["kubeVersion": "new"]]]]], "such as 1.31"),
        (["sources": [["render": ["helm": ["chart": "web"]]]]], "not supported"),
        (["sources": [["render": ["plugin": [:]]]]], "lacks the field name"),
        (["sources": [["render": ["plugin": ["name": "A"]]]]], "cannot name a plugin"),
        (["sources": [["render": ["plugin": ["name": "a", "command": ["sh"]]]]]], "whoever runs Plumb"),
        (["sources": [["render": ["plugin": ["name": "a"], "helm": [:]]]]], "one of"),
        (["sources": [["render": ["helm": ["valuesFrom": [["kind": "Pod", "name": "a"]]]]]]], "ConfigMap, Secret"),
        (["sources": [["render": ["helm": ["valuesFrom": [["kind": "Secret"]]]]]]], "lacks the field name"),
        (["sources": [["render": ["helm": ["valuesFrom": [["kind": "Secret", "name": "../a"]]]]]]], "cannot name a Secret"),
        (
            ["sources": [["render": ["helm": ["valuesFrom": [["kind": "Secret", "name": "a", "targetPath": "a=b,c"]]]]]]],
            "a path such as"
        ),
        (
            ["sources": [["render": ["helm": ["valuesFrom": [["kind": "Secret", "name": "a", "valuesKey": "b"]]]]]]],
            "write it as key"
        ),
        (["sources": [["render": ["helm": ["valuesFrom": [["kind": "Secret", "name": "a", "literal": true]]]]]]], "targetPath"),
        (["sources": [["render": ["helm": ["postRender": [:]]]]]], "lacks the field kustomize"),
        (["sources": [["render": ["helm": ["postRender": ["kustomize": [:]]]]]]], "the fields of a kustomization"),
        (
            ["sources": [["render": ["helm": ["postRender": ["kustomize": ["images": []], "exec": [:]]]]]]],
            "unknown field \"exec\""
        ),
        (["sources": [["render": ["helm": [:], "plain": [:]]]]], "one of"),
        (["sources": [["render": ["plain": [:], "kustomize": [:]]]]], "one of"),
        (["sources": [["render": ["kustomize": ["images": []]]]]], "unknown field \"images\""),
        (["sources": [["render": "kustomize"]]], "has to be a mapping"),
        (["sources": [["git": ["branch": "main"]]]], "lacks the field url"),
        (["sources": [["git": ["url": "u", "branch": "main", "tag": "v1"]]]], "one of"),
        (["sources": [["git": ["url": "u", "semver": "newest"]]]], "\"newest\" is not a range of versions"),
        (["sources": [["git": ["url": "u", "semver": "1.x", "tag": "v1"]]]], "one of"),
        (["sources": [["git": ["url": "u", "verify": [:]]]]], "verify.keys has 0 keys"),
        (["sources": [["git": ["url": "u", "verify": ["keys": ["nonsense"]]]]]], "signs commits is none"),
        (["sources": [["git": ["url": "u", "verify": ["mode": "tag"]]]]], "unknown field \"mode\""),
        (["sources": [["git": ["url": "u"], "secretRef": ["name": "../../etc"]]]], "cannot name a secret"),
        (["sources": [["git": ["url": "u"], "secretRef": ["name": ".."]]]], "cannot name a secret"),
        (["sources": [["git": ["url": "u"], "secretRef": ["name": ""]]]], "cannot name a secret"),
        (spec(["project": "x"]), "unknown field \"project\""),
        (spec(["target": ["createNamespace": "yes"]]), "true or false"),
        (spec(["dependsOn": ["db"]]), "has to be a mapping"),
        (spec(["dependsOn": [["name": "shop"]]]), "depends on itself"),
        (spec(["substitute": ["A"]]), "has to be a mapping"),
        (spec(["substitute": "A"]), "has to be a mapping"),
        (spec(["substitute": ["A": 1]]), "has to be a string"),
        (spec(["deadlines": ["applied": "0s"]]), "duration"),
        (spec(["deadlines": ["applied": "fast"]]), "duration"),
        (spec(["deadlines": ["applied": 30]]), "has to be a string"),
        (spec(["deadlines": ["ready": "3s"]]), "unknown field \"ready\""),
        (spec(["sync": ["drift": "strict"]]), "one of: revert, report, ignore"),
        (spec(["sync": ["prune": "no"]]), "true or false"),
        (spec(["sync": ["deletionBudget": ["percent": 0]]]), "from 1 to 100"),
        (spec(["sync": ["deletionBudget": ["percent": 101]]]), "from 1 to 100"),
        (spec(["sync": ["deletionBudget": ["objects": -1]]]), "from 0"),
        (spec(["sync": ["deletionBudget": ["kinds": [1]]]]), "has to be a string"),
        (spec(["sync": ["retry": ["factor": "2"]]]), "factor"),
        (spec(["sync": ["retry": ["factor": 0.5]]]), "factor"),
        (spec(["sync": ["retry": ["factor": .double(.infinity)]]]), "factor"),
        (spec(["sync": ["retry": ["initial": "10m"]]]), "initial"),
        (spec(["ignore": [["kind": "Deployment"]]]), "without paths"),
        (spec(["ignore": [["kind": "Deployment", "paths": ["spec.replicas"]]]]), "JSON pointer"),
        (spec(["ignore": [["paths": ["/spec"]]]]), "lacks the field kind"),
    ]

    @Test(arguments: refused) func refuses(_ spec: Value, message: String) throws {
        let error = try #require(throws: PlumbError.self) { try Self.read(spec) }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.origin == Origin(file: "app.yaml", line: 3))
    }

    static let annotations: [(annotations: Value, expected: String?, message: String)] = [
        ([:], nil, ""),
        (["plumb.dev/renamed-from": "store", "a": "b"], "store", ""),
        (["plumb.dev/renamed-from": "Store"], nil, "\"Store\" cannot name an application"),
        (["plumb.dev/renamed-from": "shop"], nil, "from its own name"),
        (["plumb.dev/renamed-from": 3], nil, "has to be a string"),
        (["store"], nil, "has to be a mapping"),
    ]

    @Test(arguments: annotations) func readsTheOldName(_ annotations: Value, expected: String?, message: String) throws {
        let manifest = Manifest(
            value: [
                "apiVersion": "plumb.dev/v1alpha1", "kind": "Application",
                "metadata": ["name": "shop", "annotations": annotations], "spec": Self.spec(),
            ], origin: Origin(file: "app.yaml", line: 3))
        guard !message.isEmpty else {
            #expect(try ApplicationReader.application(from: manifest).renamedFrom == expected)
            return
        }
        let error = try #require(throws: PlumbError.self) { try ApplicationReader.application(from: manifest) }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.origin == Origin(file: "app.yaml", line: 3))
    }

    static let others: [(value: Value, message: String)] = [
        ([], "Application"),
        (["apiVersion": "v1", "kind": "ConfigMap"], "\"v1\" \"ConfigMap\""),
        (["apiVersion": "plumb.dev/v1", "kind": "Application"], "plumb.dev/v1alpha1"),
        (["apiVersion": "plumb.dev/v1alpha1", "kind": "Application"], "lacks the field metadata"),
        (["apiVersion": "plumb.dev/v1alpha1", "kind": "Application", "metadata": ["name": "a"]], "lacks the field spec"),
        (
            ["apiVersion": "plumb.dev/v1alpha1", "kind": "Application", "metadata": ["name": "a"], "spec": [:], "status": [:]],
            "\"status\""
        ),
        (
            ["apiVersion": "plumb.dev/v1alpha1", "kind": "Application", "metadata": ["name": "a", "uid": "u"], "spec": [:]],
            "\"uid\""
        ),
        (["apiVersion": "plumb.dev/v1alpha1", "kind": "Application", "metadata": ["name": "A"], "spec": [:]], "cannot name"),
    ]

    @Test(arguments: others) func refusesObjects(_ value: Value, message: String) throws {
        let error = try #require(throws: PlumbError.self) {
            try ApplicationReader.application(from: Manifest(value: value, origin: Origin(file: "app.yaml")))
        }
        #expect(error.message.contains(message), "\(error)")
    }

    static let names: [(name: String, isValid: Bool)] = [
        ("a", true), ("shop-2", true), ("0", true), (String(repeating: "a", count: 63), true),
        ("", false), ("-a", false), ("a-", false), ("a.b", false), ("Shop", false), ("é", false),
        (String(repeating: "a", count: 64), false),
    ]

    @Test(arguments: names) func validates(_ name: String, isValid: Bool) {
        #expect(((try? ApplicationName.validate(name)) != nil) == isValid)
    }
}
