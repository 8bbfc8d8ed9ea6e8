/// A token, password or key. Printing, logging or interpolating it shows a placeholder; only `reveal()` gives the text.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The secret itself, for the one place that sends it.
    package func reveal() -> String { text }

    package var isEmpty: Bool { text.isEmpty }
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    // `dump` and the default description of an enclosing value go by the mirror.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
