package import Manifests

/// What may name an application or a repository: a DNS label, as Kubernetes asks of most names.
package enum ApplicationName {
    /// `what` is the thing in an error's words. Throws `invalid`.
    package static func validate(_ name: String, of what: String = "an application", at origin: Origin? = nil) throws {
        let isAllowed: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) }
        let bytes = Array(name.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63, isAllowed(first), isAllowed(last),
            bytes.allSatisfy({ isAllowed($0) || $0 == 45 })
        else {
            throw PlumbError(
                .invalid, "\(name.quoted) cannot name \(what).",
                remedy: "Use up to 63 lower-case letters, digits and dashes, beginning and ending with a letter or digit.",
                at: origin)
        }
    }
}
