package import Manifests

/// What went wrong, in a sentence for the person who has to act: what failed, on what, why, and what to do.
///
/// Never holds a secret: whoever builds one passes text from outside through `Redactor` first.
package struct PlumbError: Error, Sendable, CustomStringConvertible {
    /// What a caller may branch on. Open: a new code breaks nobody.
    package struct Code: Sendable, Hashable {
        package let name: String
        package init(_ name: String) { self.name = name }

        /// The input is wrong; trying again gives the same.
        package static let invalid = Code("invalid")
        package static let notFound = Code("notFound")
        /// The input asks for something that Plumb, or this build of it, does not do.
        package static let unsupported = Code("unsupported")
        /// A repository, server or host does not answer; trying again may help.
        package static let unreachable = Code("unreachable")
        /// Credentials are missing or wrong, or do not permit this.
        package static let denied = Code("denied")
        /// Somebody else changed or owns the thing.
        package static let conflict = Code("conflict")
        /// An inventory was saved by another process since it was read: plan anew.
        package static let superseded = Code("superseded")
        /// Waits for a person, or for another writer.
        package static let held = Code("held")
        package static let timedOut = Code("timedOut")
        /// A limit on size, depth, count or time was reached.
        package static let limit = Code("limit")
        /// The other side answered, and its answer was an error.
        package static let failed = Code("failed")
    }

    package var code: Code
    package var message: String
    /// What to do about it, as a sentence of its own.
    package var remedy: String?
    package var origin: Origin?

    package init(_ code: Code, _ message: String, remedy: String? = nil, at origin: Origin? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.origin = origin
    }

    package var isRetryable: Bool { code == .unreachable || code == .timedOut }

    package var description: String {
        let place = origin.map { "\($0): " } ?? ""
        return place + message + (remedy.map { "\n  \($0)" } ?? "")
    }
}
