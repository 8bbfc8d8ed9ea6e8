import Manifests

/// The drafts of JSON Schema, which know different keywords.
enum SchemaDialect: Int {
    case draft4 = 4
    case draft6 = 6
    case draft7 = 7
    case draft2019 = 2019
    case draft2020 = 2020

    /// The one that `$schema` names; without it the newest, as Helm has it.
    init(_ name: String?) {
        let name = name ?? ""
        if name.contains("draft-04") {
            self = .draft4
        } else if name.contains("draft-06") {
            self = .draft6
        } else if name.contains("draft-07") {
            self = .draft7
        } else if name.contains("2019-09") {
            self = .draft2019
        } else {
            self = .draft2020
        }
    }

    /// Up to draft 7 a reference hides what stands beside it.
    var refHidesSiblings: Bool { rawValue <= Self.draft7.rawValue }

    /// Since then `format` is a remark.
    var assertsFormat: Bool { rawValue <= Self.draft7.rawValue }

    /// Whether a keyword means anything here; what a draft does not know, it passes over.
    func knows(_ keyword: String) -> Bool {
        if let first = Self.firstDraft[keyword], rawValue < first.rawValue { return false }
        if let last = Self.lastDraft[keyword], rawValue > last.rawValue { return false }
        return true
    }

    private static let firstDraft: [String: SchemaDialect] = [
        "const": .draft6, "contains": .draft6, "propertyNames": .draft6, "if": .draft7,
        "minContains": .draft2019,
        "maxContains": .draft2019, "dependentRequired": .draft2019, "unevaluatedProperties": .draft2019,
        "unevaluatedItems": .draft2019, "dependentSchemas": .draft2019, "prefixItems": .draft2020,
    ]

    private static let lastDraft: [String: SchemaDialect] = ["additionalItems": .draft2019]
}

/// What a schema says, as far as its dialect knows the words.
struct SchemaKeywords {
    let object: Object
    let dialect: SchemaDialect

    subscript(keyword: String) -> Value? {
        guard let value = object[keyword], dialect.knows(keyword) else { return nil }
        return value
    }
}
