import ArgumentParser
import Model

/// What to work on: a directory with the defaults, or an Application object with its own settings.
struct SourceOptions: ParsableArguments {
    @Argument(
        help:
            "The directory of manifests, of a kustomization or of a chart, a packed chart, the URL of a Git repository, oci://HOST/PATH/CHART[:VERSION], or with --repo the name of a chart."
    )
    var directory: String?

    @Option(name: [.customShort("f"), .customLong("file")], help: "A file with an Application object, in place of a directory.")
    var file: String?

    @Option(help: "The directory with a subdirectory of credentials for each secretRef, or for the URL in its file url.")
    var secretsDir: String?

    @Option(help: "A file that says which programs may render, for Applications that ask for one.")
    var plugins: String?

    @OptionGroup var remoteBases: RemoteBaseOptions

    @Option(help: "The repository of the chart that is named in place of a directory: https://…, or oci://….")
    var repo: String?

    @Option(help: "Of a chart from a repository: a version, or a range such as ^1.2. Without it the newest release.")
    var version: String?

    @Flag(help: "A chart may come without TLS.")
    var plainHttp = false

    func validate() throws {
        if file != nil, repo != nil || version != nil || plainHttp {
            throw ValidationError(
                "With -f the application's own settings rule: say helm of its source in place of --repo, --version and --plain-http."
            )
        }
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
