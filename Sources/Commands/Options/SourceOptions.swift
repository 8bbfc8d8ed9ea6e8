import ArgumentParser
import Model

/// What to work on: a directory with the defaults, or an Application object with its own settings.
struct SourceOptions: ParsableArguments {
    @Argument(help: "The directory of manifests, of a kustomization or of a chart, a packed chart, or the URL of a Git repository.")
    var directory: String?

    @Option(name: [.customShort("f"), .customLong("file")], help: "A file with an Application object, in place of a directory.")
    var file: String?

    @Option(help: "The directory with a subdirectory of credentials for each secretRef.")
    var secretsDir: String?

    @OptionGroup var remoteBases: RemoteBaseOptions

    func validate() throws {
        if directory == nil && file == nil { throw ValidationError("Name a directory, or an Application with -f.") }
        if directory != nil && file != nil {
            throw ValidationError(
                "Name either a directory or an Application with -f, not both; files of values for a chart are given with --values.")
        }
    }
}

/// What a sync may do; an Application's own settings rule where one is given.
struct SyncOptions: ParsableArguments {
    @Option(help: "The application's name; without it the name of the directory.")
    var name: String?

    @Flag(name: .customLong("no-prune"), help: "List objects that left the source, and keep them.")
    var noPrune = false

    @Flag(help: "Take over existing objects without asking.")
    var adopt = false

    func validate() throws {
        if let name { try ApplicationName.validate(argument: name) }
    }
}
