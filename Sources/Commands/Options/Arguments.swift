import ArgumentParser
import Manifests
import Model

/// `90s`, `5m`, `1h30m`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = DurationText.parse(argument), duration > .zero else { return nil }
        self.duration = duration
    }
}

/// `sha256:…`, as a plan prints it.
struct DigestArgument: ExpressibleByArgument {
    let digest: Digest

    init?(argument: String) {
        guard let digest = Digest(parsing: argument) else { return nil }
        self.digest = digest
    }
}
