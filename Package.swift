// swift-tools-version: 6.2
import PackageDescription

// One target a module, listed from the bottom of the graph to its top; docs/architecture.md says what each
// one knows and what it must never import. Dependencies are named exactly: a build is the same tomorrow.

let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let httpServer: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
]
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOFoundationEssentialsCompat", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
    name: "plumb",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "plumb", targets: ["plumb"]),
        // For tests alone: what kills a program at each of its steps has to be loaded into it.
        .library(name: "HostFaults", type: .dynamic, targets: ["HostFaults"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        .target(name: "Manifests", dependencies: [yaml, crypto], exclude: ["README.md"]),
        .target(name: "Model", dependencies: ["Manifests"], exclude: ["README.md"]),
        .target(name: "Planning", dependencies: ["Manifests", "Model"], exclude: ["README.md"]),
        .target(name: "Template", dependencies: ["Manifests", crypto, cryptoExtras], exclude: ["README.md"]),
        .target(name: "Helm", dependencies: ["Manifests", "Model", "Template"], exclude: ["README.md"]),
        .target(name: "Kustomize", dependencies: ["Helm", "Manifests", "Model"], exclude: ["README.md"]),
        .target(name: "Rendering", dependencies: ["Helm", "Kustomize", "Manifests", "Model", "Template"], exclude: ["README.md"]),
        .target(name: "FileWatching", dependencies: ["Model"], exclude: ["README.md"]),
        .target(
            name: "Sources", dependencies: ["FileWatching", "Model", crypto, logging, subprocess, system], exclude: ["README.md"]),
        .target(
            name: "KubernetesClient", dependencies: ["Manifests", "Model", httpClient, logging, subprocess, system] + nio,
            exclude: ["README.md"]),
        .target(
            name: "KubernetesTarget", dependencies: ["KubernetesClient", "Manifests", "Model", logging], exclude: ["README.md"]),
        .target(name: "CHostSupport", exclude: ["README.md"]),
        .target(
            name: "HostTarget",
            dependencies: ["CHostSupport", "FileWatching", "Manifests", "Model", crypto, logging, subprocess, system],
            exclude: ["README.md"]),
        .target(name: "Engine", dependencies: ["Manifests", "Model", "Planning", "Rendering", logging], exclude: ["README.md"]),
        .target(name: "Store", dependencies: ["Manifests", "Model", database], exclude: ["README.md"]),
        .target(name: "PlumbTarget", dependencies: ["Manifests", "Model", "Store"], exclude: ["README.md"]),
        .target(
            name: "Operator",
            dependencies: [
                "Engine", "FileWatching", "Manifests", "Model", "Planning", "PlumbTarget", "Rendering", "Sources", "Store", logging,
                metrics,
            ],
            exclude: ["README.md"]
        ),
        .target(
            name: "Server", dependencies: ["Manifests", "Model", "Operator", crypto, lifecycle, logging, metrics] + httpServer,
            exclude: ["README.md"]),
        .target(
            name: "Commands",
            dependencies: [
                "Engine", "Helm", "HostTarget", "KubernetesClient", "KubernetesTarget", "Manifests", "Model", "Operator",
                "Planning",
                "Rendering",
                "Server", "Sources", "Store", arguments, httpClient, lifecycle, logging, metrics, subprocess, system,
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["README.md"]
        ),
        .executableTarget(name: "plumb", dependencies: ["Commands", arguments]),

        .executableTarget(
            name: "plumb-benchmarks",
            dependencies: [
                "CMalloc", "Engine", "Helm", "KubernetesClient", "KubernetesTarget", "Kustomize", "Manifests", "Model", "Planning",
                "Rendering",
                "Sources",
                "TestSupport", logging, yaml,
            ],
            path: "Benchmarks", exclude: ["CMalloc"]),
        .systemLibrary(name: "CMalloc", path: "Benchmarks/CMalloc"),

        .target(
            name: "TestSupport", dependencies: ["Manifests", "Model", "KubernetesClient", httpClient, subprocess, system] + nio,
            path: "Tests/TestSupport",
            exclude: ["README.md"]),
        .target(
            name: "OperatorTestSupport", dependencies: ["Manifests", "Model", "Operator", "Server", logging, lifecycle],
            path: "Tests/OperatorTestSupport"),
        .target(name: "HostFaults", path: "Tests/HostFaults", linkerSettings: [.linkedLibrary("dl")]),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport", subprocess, system]),
        .testTarget(name: "ManifestsTests", dependencies: ["Manifests", "TestSupport"]),
        .testTarget(name: "ModelTests", dependencies: ["Model", "Manifests"]),
        .testTarget(name: "PlanningTests", dependencies: ["Planning", "Manifests", "Model"]),
        .testTarget(name: "KustomizeTests", dependencies: ["Kustomize", "Manifests", "Model", "TestSupport", subprocess, system]),
        .testTarget(name: "TemplateTests", dependencies: ["Template", "Manifests"]),
        .testTarget(
            name: "HelmTests", dependencies: ["Helm", "Manifests", "Model", "Template", "TestSupport"],
            exclude: ["Support/reference.py"]),
        .testTarget(name: "RenderingTests", dependencies: ["Rendering", "Manifests", "Model", "Sources", "TestSupport"]),
        .testTarget(name: "SourcesTests", dependencies: ["Sources", "Model", "TestSupport", logging, subprocess, system]),
        .testTarget(
            name: "KubernetesClientTests", dependencies: ["KubernetesClient", "Manifests", "Model", "TestSupport", logging] + nio),
        .testTarget(
            name: "KubernetesTargetTests",
            dependencies: ["KubernetesTarget", "KubernetesClient", "Manifests", "Model", "TestSupport"]),
        .testTarget(name: "HostTargetTests", dependencies: ["HostTarget", "Manifests", "Model", "TestSupport"]),
        .testTarget(name: "FileWatchingTests", dependencies: ["FileWatching", "Model", "TestSupport"]),
        // The program that StoreTests kills while it writes.
        .executableTarget(name: "store-writer", dependencies: ["Manifests", "Model", "Store"], path: "Tests/StoreWriter"),
        .testTarget(name: "StoreTests", dependencies: ["Manifests", "Model", "Store", "TestSupport", "store-writer", database]),
        .testTarget(name: "PlumbTargetTests", dependencies: ["Manifests", "Model", "PlumbTarget", "Store", "TestSupport"]),
        .testTarget(
            name: "OperatorTests",
            dependencies: [
                "Engine", "Manifests", "Model", "Operator", "Planning", "PlumbTarget", "Sources", "Store", "TestSupport", logging,
            ]),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Manifests", "Model", "Operator", "OperatorTestSupport", "Server", "TestSupport", httpClient, logging, metrics,
            ] + nio),
        .testTarget(name: "EngineTests", dependencies: ["Engine", "Manifests", "Model", "Planning", "TestSupport"]),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "plumb", "Manifests", "Model", "KubernetesClient", "OperatorTestSupport", "TestSupport", subprocess,
                system,
            ]),
    ]
)

// `make fuzz`: everything built for it is built with libFuzzer's counters, and nothing else has need of that.
if Context.environment["PLUMB_FUZZ"] != nil {
    package.targets += [
        .executableTarget(
            name: "plumb-fuzz", dependencies: ["Helm", "Manifests", "Model", "Template"], path: "Fuzz", exclude: ["Seeds"])
    ]
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
