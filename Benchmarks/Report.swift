import Foundation

/// Rows of a Markdown table, printed as they are measured.
enum Report {
    static func begin() {
        row("what", "Plumb", "beside it")
        row("---", "---", "---")
    }

    /// Unbuffered: a row is seen when it is there, also through a pipe.
    static func row(_ cells: String...) {
        FileHandle.standardOutput.write(Data(("| " + cells.joined(separator: " | ") + " |\n").utf8))
    }
}
