/// YAML to values and back, with the meaning that Kubernetes gives to it.
///
/// Text becomes what `kubectl` makes of it: YAML 1.1's words for booleans, octal and binary numbers, dates as strings.
/// Two differences are on purpose: a duplicate key is an error, and a key written out wins over a merged one (`<<`)
/// wherever it stands, as YAML's own rule and Kustomize have it.
package enum YAML {
    /// One document of a stream.
    package struct Document: Sendable, Hashable {
        package var value: Value
        /// The line, from 1, that its content starts on.
        package var line: Int
        /// The strings in `value` that were written without quotes and contain `${`: what such a one means is only known
        /// when its variables have their values.
        package var templates: Set<ValuePath>

        package init(value: Value, line: Int, templates: Set<ValuePath> = []) {
            self.value = value
            self.line = line
            self.templates = templates
        }
    }

    /// Bounds on input. What is over them is an error, not a slow or a dead program.
    package struct Limits: Sendable {
        /// The size of the text, and of what its aliases expand to.
        package var bytes: Int
        /// Lists and mappings inside each other.
        package var depth: Int

        package init(bytes: Int = 16 << 20, depth: Int = JSON.depthLimit) {
            self.bytes = bytes
            self.depth = depth
        }
    }

    /// Whose reading of a plain scalar counts.
    package enum Dialect: Sendable {
        /// `kubectl apply -f`: `yes`, `on`, `y` and their like are booleans.
        case kubernetes
        /// `kubectl kustomize`: of the words only `true` and `false` are booleans.
        case kustomize
        /// The same, of patches: a null among the annotations, which removes one, is no text.
        case kustomizePatch
        /// The same, of patches whose metadata Kustomize writes anew: labels, too, are the texts they are written as.
        case kustomizeLentPatch
        /// Helm, of values and of what templates make: as `kubernetes`, but of keys that occur twice in a mapping the last one
        /// counts, and what `<<` merges counts over what stands before it.
        case helm

        var isKustomize: Bool { self == .kustomize || self == .kustomizePatch || self == .kustomizeLentPatch }
    }

    /// Whether a string has to be written in quotes, or as a block, to be read as itself.
    package static func needsQuotes(_ text: String) -> Bool { YAMLScalarStyle(for: text, isKey: false) != .plain }

    /// What a scalar without quotes means: `3` an integer, `on` a boolean, an empty one null.
    ///
    /// Throws, without a place, for a number that JSON does not have.
    package static func value(ofPlain text: String, dialect: Dialect = .kubernetes) throws(ManifestError) -> Value {
        try YAMLScalar(text: text, tag: nil, isPlain: true).resolve(dialect)
    }

    /// Reads every document of a stream; empty ones are left out.
    ///
    /// Throws where the text is no YAML, a mapping has a key twice, a tag does not fit its value, a number is none that
    /// JSON can hold (`.inf`, `.nan`), or a limit is passed. CRLF and a byte order mark are not errors.
    package static func parse(
        _ bytes: [UInt8], file: String, dialect: Dialect = .kubernetes, limits: Limits = Limits()
    ) throws(ManifestError) -> [Document] {
        guard bytes.count <= limits.bytes else {
            throw ManifestError("the file has \(bytes.count) bytes; at most \(limits.bytes) are read", at: Origin(file: file))
        }
        let events = YAMLEvents(bytes, file: file)
        var composer = YAMLComposer(events: events, file: file, dialect: dialect, limits: limits)
        return try composer.parseStream()
    }

    /// Reads the first document of a stream, as Go's `yaml.Unmarshal` does: what stands behind it is not looked at. Nil for an
    /// empty one. Throws as `parse` does.
    package static func first(
        _ bytes: [UInt8], file: String, dialect: Dialect = .kubernetes, limits: Limits = Limits()
    ) throws(ManifestError) -> Value? {
        guard bytes.count <= limits.bytes else {
            throw ManifestError("the file has \(bytes.count) bytes; at most \(limits.bytes) are read", at: Origin(file: file))
        }
        let events = YAMLEvents(bytes, file: file)
        var composer = YAMLComposer(events: events, file: file, dialect: dialect, limits: limits)
        return try composer.parseFirst()
    }
}
