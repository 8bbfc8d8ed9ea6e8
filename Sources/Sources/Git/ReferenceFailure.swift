import Model

/// Why a reference leads nowhere: the repository is empty, or has others.
struct ReferenceFailure {
    let list: ReferenceList

    private static let shown = 5

    func explain(_ reference: GitReference) -> PlumbError {
        let (branches, tags, url) = (list.branches, list.tags, list.url)
        guard !branches.isEmpty || !tags.isEmpty else {
            return PlumbError(.emptyRepository, "The repository \(url) is empty: it has no commit.", remedy: "Push a first commit.")
        }
        switch reference {
        case .head:
            return PlumbError(
                .referenceNotFound, "The default branch of \(url) has no commit. \(some(branches, "branch"))",
                remedy: "Name a branch.")
        case .semver(let range):
            return PlumbError(
                .referenceNotFound, "No tag of \(url) is in the range \(range.description.quoted). \(newest(tags))",
                remedy: "Widen the range, or push a tag that is in it. A pre-release is only taken where the range names one.")
        default:
            let isTag = if case .tag = reference { true } else { false }
            let kind = isTag ? "tag" : "branch"
            return PlumbError(
                .referenceNotFound, "The \(reference) does not exist in \(url). \(some(isTag ? tags : branches, kind))",
                remedy: "Check the name, or push the \(kind).")
        }
    }

    private func some(_ names: [String], _ kind: String) -> String {
        guard !names.isEmpty else { return "It has no \(kind)." }
        let rest = names.count > Self.shown ? ", and \(names.count - Self.shown) more" : ""
        return "It has: " + names.prefix(Self.shown).joined(separator: ", ") + rest + "."
    }

    private func newest(_ tags: [String]) -> String {
        let versions = VersionRange.newestFirst(tags)
        guard !versions.isEmpty else {
            return tags.isEmpty ? "It has no tag." : "None of its tags is a version such as 1.2.3 or v1.2.3."
        }
        return (versions.count == 1 ? "Its one version is " : "Its newest are ")
            + versions.prefix(Self.shown).joined(separator: ", ") + "."
    }
}
