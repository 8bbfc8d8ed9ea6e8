/// A document that cannot be read or changed as asked, with the place it stands at.
package struct ManifestError: Error, Sendable, Hashable, CustomStringConvertible {
    package var message: String
    package var origin: Origin?

    package init(_ message: String, at origin: Origin? = nil) {
        self.message = message
        self.origin = origin
    }

    package var description: String { origin.map { "\($0): \(message)" } ?? message }
}
