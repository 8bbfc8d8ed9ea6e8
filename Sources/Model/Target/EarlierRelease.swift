/// A release of another tool, Helm, by its names.
package struct HelmReleaseName: Sendable, Hashable {
    package var name: String
    package var namespace: String

    package init(name: String, namespace: String) {
        self.name = name
        self.namespace = namespace
    }
}

/// What Helm has stored of one release on a target.
package struct StoredRelease: Sendable, Hashable {
    package struct Revision: Sendable, Hashable {
        package var number: Int
        /// Helm's word: `deployed`, `superseded`, `failed`, `pending-upgrade`, …
        package var status: String

        package init(number: Int, status: String) {
            self.number = number
            self.status = status
        }
    }

    package var name: HelmReleaseName
    /// `secret` or `configmap`: what each revision is kept in, as kubectl calls it.
    package var storage: String
    /// In the order of their numbers; at least one.
    package var revisions: [Revision]
    /// The record of the newest deployed revision, as Helm encodes it; nil where none is deployed.
    package var deployed: [UInt8]?

    package init(name: HelmReleaseName, storage: String, revisions: [Revision], deployed: [UInt8]?) {
        self.name = name
        self.storage = storage
        self.revisions = revisions
        self.deployed = deployed
    }

    package var deployedRevision: Revision? { revisions.last { $0.status == "deployed" } }
}

/// A release that an application takes over: what it has put on the target, by key.
package struct EarlierRelease: Sendable, Hashable {
    package var name: HelmReleaseName
    package var revision: Int
    /// What the release's manifest names.
    package var objects: Set<ResourceKey>
    /// Those of them that the manifest asks to keep when the release goes.
    package var kept: Set<ResourceKey>
    /// The objects of its hooks.
    package var hooks: Set<ResourceKey>
    /// Those of its hooks that the source has just the same: they have run.
    package var hooksThatRan: Set<ResourceKey>

    package init(
        name: HelmReleaseName, revision: Int, objects: Set<ResourceKey> = [], kept: Set<ResourceKey> = [],
        hooks: Set<ResourceKey> = [],
        hooksThatRan: Set<ResourceKey> = []
    ) {
        self.name = name
        self.revision = revision
        self.objects = objects
        self.kept = kept
        self.hooks = hooks
        self.hooksThatRan = hooksThatRan
    }

    /// For people.
    package var place: String { "Helm's release \(name.name), revision \(revision)" }

    /// Whether a live object that is nobody's yet is one of its objects. One without the release's marks, which older versions of
    /// Helm did not put there, is; one with another release's is not.
    package func has(_ live: ObservedResource) -> Bool {
        objects.contains(live.key) && (live.release == nil || live.release == name)
    }
}
