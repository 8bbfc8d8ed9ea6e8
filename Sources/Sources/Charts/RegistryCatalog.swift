import Model

/// The charts below a path of a registry.
struct RegistryCatalog: ChartCatalog {
    let registry: Registry
    let files: ChartFiles
    let limits: WebLimits

    func releases(
        _ references: [ChartReference], mayBeKnown: Bool
    ) async throws -> [ChartReference: Result<ChartRelease, PlumbError>] {
        var result: [ChartReference: Result<ChartRelease, PlumbError>] = [:]
        // One after the other: as many requests as there are charts, and no more of them at once.
        for reference in references {
            do { result[reference] = .success(try await release(reference)) } catch let error as PlumbError {
                // Of one chart alone; whatever else is the matter is the registry's.
                guard [.notFound, .denied, .invalid, .conflict].contains(error.code) else { throw error }
                result[reference] = .failure(error)
            }
        }
        return result
    }

    func archive(of release: ChartRelease, _ digest: Revision.Digest) async throws -> [UInt8] {
        try await archive(
            digest, repository: repository(release.chart), what: "\(release.chart) \(release.version) in \(registry.url)")
    }

    func digest(of release: ChartRelease) async throws -> Revision.Digest {
        let tag = release.version.registryTag
        guard let digest = try await registry.digest(of: tag, in: repository(release.chart)) else {
            throw PlumbError(.notFound, "\(registry.url) has no version \(release.version) of \(release.chart).")
        }
        return digest
    }

    /// What an index names by its tag.
    func archive(tag: String, repository: String) async throws -> [UInt8] {
        guard let digest = try await registry.digest(of: tag, in: repository) else {
            throw PlumbError(.notFound, "\(registry.url) has no version \(tag).")
        }
        return try await archive(digest, repository: repository, what: "\(registry.url):\(tag)")
    }

    // MARK: Parts

    private func repository(_ chart: String) -> String {
        (registry.url.path + "/" + chart).split(separator: "/").joined(separator: "/")
    }

    private func release(_ reference: ChartReference) async throws -> ChartRelease {
        let repository = repository(reference.name)
        if let version = reference.version, VersionChoice.isExact(version),
            let digest = try await registry.digest(of: version.registryTag, in: repository)
        {
            return ChartRelease(chart: reference.name, version: version, digest: digest)
        }
        let versions = try await registry.tags(of: repository).map(\.versionOfTag)
        guard let version = VersionChoice.version(reference.version, among: versions) else {
            throw VersionChoice.failure(reference, among: versions, in: "\(registry.url)")
        }
        guard let digest = try await registry.digest(of: version.registryTag, in: repository) else {
            throw PlumbError(.notFound, "\(registry.url) lists \(reference.name) \(version), and has it not.")
        }
        return ChartRelease(chart: reference.name, version: version, digest: digest)
    }

    private func archive(_ digest: Revision.Digest, repository: String, what: String) async throws -> [UInt8] {
        let content: [UInt8]
        if let kept = try await files.read(digest) {
            content = kept
        } else {
            content = try await registry.manifest(digest, in: repository)
            try await files.keep(content, digest)
        }
        let manifest = try ChartManifest(content, what: what, limit: limits.archive)
        if let kept = try await files.read(manifest.layer) { return kept }
        let bytes = try await registry.blob(manifest.layer, in: repository, size: manifest.size)
        try await files.keep(bytes, manifest.layer)
        return bytes
    }
}

extension String {
    /// A tag has no plus sign, so a registry has an underscore in its place, which no version has.
    var registryTag: String { String(map { $0 == "+" ? "_" : $0 }) }
    var versionOfTag: String { String(map { $0 == "_" ? "+" : $0 }) }
}
