import Manifests

enum JSONText {
    /// The value of a JSON text that a server wrote, or nil where it is none.
    static func value(_ text: String) -> Value? { try? JSON.parse(Array(text.utf8)) }
}
