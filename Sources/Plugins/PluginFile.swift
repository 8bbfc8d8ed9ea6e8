import Glibc
import Manifests
package import Model

/// The file of `--plugins`.
package enum PluginFile {
    private static let limit = 100

    /// Reads it. Throws `invalid` with the file's name; unknown fields are errors.
    package static func plugins(in bytes: [UInt8], file: String) throws -> [Plugin] {
        let documents: [YAML.Document]
        do { documents = try YAML.parse(bytes, file: file) } catch {
            throw PlumbError(.invalid, error.message, at: error.origin ?? Origin(file: file))
        }
        guard let document = documents.first, documents.count == 1 else {
            throw PlumbError(
                .invalid, "A file of plugins holds one document, and this one \(documents.count).", at: Origin(file: file))
        }
        let reader = ObjectReader(document.value, "the file of plugins", at: Origin(file: file))
        let values = try reader.array("plugins")
        try reader.finish()
        guard values.count <= limit else { throw reader.error("There are more than \(limit) plugins.") }
        let plugins = try values.enumerated().map { index, value in
            try plugin(from: ObjectReader(value, "plugins[\(index)]", at: Origin(file: file)))
        }
        let names = Dictionary(grouping: plugins, by: \.name)
        if let twice = names.first(where: { $0.value.count > 1 })?.key {
            throw reader.error("The plugin \(twice.quoted) is there twice.")
        }
        return plugins
    }

    private static func plugin(from reader: ObjectReader) throws -> Plugin {
        let name = try reader.string("name")
        try ApplicationName.validate(name, of: "a plugin", at: reader.origin)
        var plugin = Plugin(name: name, command: try reader.strings("command"))
        guard let program = plugin.command.first, program.hasPrefix("/"), !plugin.command.contains(where: { $0.utf8.contains(0) })
        else {
            throw reader.error("The command of the plugin \(name) has to be a list that begins with an absolute path.")
        }
        plugin.timeout = try reader.duration("timeout") ?? plugin.timeout
        guard plugin.timeout <= .seconds(600) else { throw reader.error("The timeout of the plugin \(name) is more than 10m.") }
        plugin.memory = try reader.bytes("memory", in: 1 << 20...1 << 40) ?? plugin.memory
        plugin.output = try reader.bytes("output", in: 1...256 << 20) ?? plugin.output
        plugin.fileSize = try reader.bytes("fileSize", in: 0...1 << 40) ?? plugin.fileSize
        if let processes = try reader.optionalInteger("processes") {
            guard (1...10_000).contains(processes) else { throw reader.error("processes has to be from 1 to 10000.") }
            plugin.processes = Int(processes)
        }
        plugin.environment = try environment(from: reader, of: name)
        plugin.scope = try reader.optionalChoice("reads", Plugin.Scope.self) ?? plugin.scope
        plugin.takesArguments = try reader.optionalBool("takesArguments") ?? false
        if let user = try reader.optionalString("user") { plugin.user = try account(user, reader) }
        try reader.finish()
        return plugin
    }

    private static func environment(from reader: ObjectReader, of name: String) throws -> [String: String] {
        guard let environment = try reader.optionalObject("environment") else { return [:] }
        var result: [String: String] = [:]
        for key in environment.object.keys {
            let value = try environment.string(key)
            guard !key.isEmpty, !key.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "=") }), !value.utf8.contains(0),
                !Plugin.reserved.contains(key)
            else {
                throw reader.error("The plugin \(name) cannot have the variable \(key.quoted); HOME and TMPDIR are the run's own.")
            }
            result[key] = value
        }
        return result
    }

    private static func account(_ name: String, _ reader: ObjectReader) throws -> Plugin.Account {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            throw reader.error("There is no user \(name.quoted) on this host.")
        }
        let account = Plugin.Account(id: entry.pw_uid, group: entry.pw_gid)
        guard account.id == geteuid() || geteuid() == 0 else {
            throw reader.error("Only root runs a plugin as another user, and Plumb does not run as root: leave user out.")
        }
        return account
    }
}

extension ObjectReader {
    /// `512Mi`, `1Gi`, or bytes.
    fileprivate func bytes(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = try value(key) else { return nil }
        let count = value.integer.map(Int.init) ?? value.string.flatMap(Self.bytes)
        guard let count, range.contains(count) else { throw error("\(key) has to be a size such as 512Mi or 1Gi.") }
        return count
    }

    private static func bytes(_ text: String) -> Int? {
        for (unit, shift) in [("Ki", 10), ("Mi", 20), ("Gi", 30)] where text.hasSuffix(unit) {
            guard let number = Int(text.dropLast(2)), number >= 0, number <= 1 << 20 else { return nil }
            return number << shift
        }
        return Int(text)
    }
}
