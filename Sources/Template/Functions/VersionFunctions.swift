/// sprig's functions on semantic versions.
enum VersionFunctions {
    static let functions: [String: GoFunction] = [
        "semver": GoFunction([.string]) { arguments in
            guard let version = HelmVersion(arguments.string(0)) else { throw GoError("invalid semantic version") }
            return .object(VersionObject(version: version))
        },
        "semverCompare": GoFunction([.string, .string]) { arguments in
            guard let constraint = VersionConstraint(arguments.string(0)) else {
                throw GoError("improper constraint: \(GoQuote.double(arguments.bytes(0)))")
            }
            guard let version = HelmVersion(arguments.string(1)) else { throw GoError("invalid semantic version") }
            return .bool(constraint.accepts(version))
        },
    ]
}

/// A version as templates see it.
struct VersionObject: GoObject {
    let version: HelmVersion
    /// What `IncMinor` and its like give is the version itself, not a pointer to it, and compares with nothing.
    var isPointer = true
    var typeName: String { isPointer ? "*semver.Version" : "semver.Version" }
    var text: String? { version.description }
    var jsonText: String? { version.description }
    var content: GoObjectContent { .structure([]) }

    func method(_ name: String) -> GoMethod? {
        let version = version
        if !isPointer, ["Original", "Compare", "GreaterThan", "LessThan", "Equal"].contains(name) { return nil }
        switch name {
        case "Major": return GoMethod { _ in .int(Int64(bitPattern: version.major), .uint64) }
        case "Minor": return GoMethod { _ in .int(Int64(bitPattern: version.minor), .uint64) }
        case "Patch": return GoMethod { _ in .int(Int64(bitPattern: version.patch), .uint64) }
        case "Prerelease": return GoMethod { _ in .string(version.prerelease) }
        case "Metadata": return GoMethod { _ in .string(version.metadata) }
        case "Original": return GoMethod { _ in .string(version.original) }
        case "IncMajor", "IncMinor", "IncPatch":
            return GoMethod { _ in .object(VersionObject(version: version.next(name), isPointer: false)) }
        case "String": return GoMethod { _ in .string(version.description) }
        case "Compare":
            return GoMethod([.any]) { arguments in
                guard case .object(let object) = arguments[0], let other = object as? VersionObject else {
                    throw GoError("wrong type for value; expected *semver.Version; got \(arguments[0].typeName)")
                }
                return .int(version.compare(other.version))
            }
        case "GreaterThan", "LessThan", "Equal":
            return GoMethod([.any]) { arguments in
                guard case .object(let object) = arguments[0], let other = object as? VersionObject else {
                    throw GoError("wrong type for value; expected *semver.Version; got \(arguments[0].typeName)")
                }
                let order = version.compare(other.version)
                return .bool(name == "Equal" ? order == 0 : name == "LessThan" ? order < 0 : order > 0)
            }
        default: return nil
        }
    }
}

extension HelmVersion {
    /// The next version of that kind: without what stands behind the numbers, and the next patch of a prerelease is its release.
    fileprivate func next(_ method: String) -> HelmVersion {
        let numbers: (UInt64, UInt64, UInt64) =
            switch method {
            case "IncMajor": (major &+ 1, 0, 0)
            case "IncMinor": (major, minor &+ 1, 0)
            default: (major, minor, prerelease.isEmpty ? patch &+ 1 : patch)
            }
        return HelmVersion("\(original.hasPrefix("v") ? "v" : "")\(numbers.0).\(numbers.1).\(numbers.2)") ?? self
    }
}
