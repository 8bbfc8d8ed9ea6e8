extension String {
    /// The text in double quotes for a message: control characters escaped, and no longer than a line.
    var quoted: String {
        var result = "\""
        for scalar in unicodeScalars.prefix(100) {
            switch scalar.value {
            case 0x22, 0x5C: result += "\\\(scalar)"
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + (unicodeScalars.count > 100 ? "…\"" : "\"")
    }
}
