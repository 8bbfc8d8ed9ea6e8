/// A program that renders: `render.plugin` of a source. What it is, is for whoever runs Plumb to say.
package struct PluginSettings: Sendable, Hashable {
    package var name: String
    /// Behind those of the plugin itself.
    package var arguments: [String]

    package init(name: String, arguments: [String] = []) {
        self.name = name
        self.arguments = arguments
    }

    static func read(from reader: ObjectReader) throws -> PluginSettings {
        let settings = PluginSettings(name: try reader.string("name"), arguments: try reader.strings("arguments"))
        try reader.refuse("command", "whoever runs Plumb says what a plugin runs, in the file of --plugins.")
        try reader.finish()
        try ApplicationName.validate(settings.name, of: "a plugin", at: reader.origin)
        guard settings.arguments.count <= 100, settings.arguments.allSatisfy({ !$0.utf8.contains(0) && $0.utf8.count <= 4096 })
        else {
            throw reader.error("A plugin takes at most 100 arguments of 4096 bytes, without zeros.")
        }
        return settings
    }
}
