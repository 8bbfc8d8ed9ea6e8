extension String {
    /// The text in double quotes for a message: control characters escaped, and no longer than a line.
    package var quoted: String {
        var result = "\""
        for scalar in unicodeScalars.prefix(200) {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _
            where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || (0x202a...0x202e).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value):
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + (unicodeScalars.count > 200 ? "…\"" : "\"")
    }
}
