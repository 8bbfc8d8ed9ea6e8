extension String {
    /// The text in double quotes for a message: control characters escaped, and no longer than a line.
    package var quoted: String {
        var result = "\""
        for scalar in unicodeScalars.prefix(200) {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where isInvisible(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + (unicodeScalars.count > 200 ? "…\"" : "\"")
    }
}

/// Control characters, line separators, and marks that change the direction of what follows.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
}
