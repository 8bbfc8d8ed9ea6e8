import ArgumentParser

/// Which running operator a verb talks to.
struct OperatorOptions: ParsableArguments {
    @Option(
        help: """
            The operator's data directory, where it says how to reach it; without it $XDG_STATE_HOME/plumb, else \
            ~/.local/state/plumb. PLUMB_SERVER and PLUMB_TOKEN come before it.
            """)
    var dataDir: String?
}
