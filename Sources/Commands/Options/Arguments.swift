import ArgumentParser
import Manifests
import Model

/// `90s`, `5m`, `1h30m`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    /// As one writes it, for the help.
    var defaultValueDescription: String { DurationText.print(duration) }

    init?(argument: String) {
        guard let duration = DurationText.parse(argument), duration > .zero else { return nil }
        self.duration = duration
    }
}

extension PlumbError.Code {
    /// The flags and arguments do not fit each other, or what they are used with.
    static let usage = PlumbError.Code("usage")
}

extension ApplicationName {
    /// For a name from the command line.
    static func validate(argument name: String) throws {
        do {
            try validate(name)
        } catch let error as PlumbError {
            throw ValidationError(error.description)
        }
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
