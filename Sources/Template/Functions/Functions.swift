/// The functions of Helm's templates, without those that need a chart around them (`include`, `tpl`, `required`, `lookup`).
package enum Functions {
    /// By name: Go's own, and over them those of sprig and of Helm.
    package static let all: [String: GoFunction] = {
        var all = Builtins.functions
        let groups = [
            StringFunctions.functions, CaseFunctions.functions, ListFunctions.functions, DictionaryFunctions.functions,
            MathFunctions.functions, FloatFunctions.functions, TypeFunctions.functions, EncodingFunctions.functions,
            DateFunctions.functions, PathFunctions.functions, URLFunctions.functions, RegexFunctions.functions,
            VersionFunctions.functions, RandomFunctions.functions, DigestFunctions.functions, CryptoFunctions.functions,
            CertificateFunctions.functions,
        ]
        for group in groups { all.merge(group) { $1 } }
        return all
    }()

    /// The same functions under a second name that begins with `must`.
    static func withMust(_ functions: [String: GoFunction]) -> [String: GoFunction] {
        var result = functions
        for (name, function) in functions {
            result["must" + name.prefix(1).uppercased() + name.dropFirst()] = function
        }
        return result
    }
}

extension GoValue {
    /// As sprig makes a string of anything.
    var sprigText: GoValue {
        switch self {
        case .string, .binary: self
        case .list(let list) where list.element == .byte: .text(list.bytes)
        default: .string(GoFormat.print(isAbsent ? .string("<nil>") : self))
        }
    }

    var sprigBytes: [UInt8] { sprigText.bytes ?? [] }
}
