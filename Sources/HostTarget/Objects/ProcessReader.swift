import Manifests
import Model

/// Reads the spec of a Process.
enum ProcessReader {
    static func read(_ spec: ObjectReader) throws -> ProcessSpec {
        let references = try (spec.optionalArray("restartOn") ?? []).enumerated().map { index, value in
            try readReference(ObjectReader(value, "spec.restartOn[\(index)]"))
        }
        return ProcessSpec(
            command: try readCommand(spec, "command", "spec.command"), environment: try readEnvironment(spec),
            user: try spec.owner("user"), workingDirectory: try spec.optionalPath("workingDirectory"),
            restart: try spec.optionalChoice("restart", ProcessSpec.Restart.self) ?? .always, restartOn: references,
            readiness: try spec.optionalObject("readiness").map(ProbeReader.read),
            liveness: try spec.optionalObject("liveness").map(ProbeReader.read))
    }

    static func readCommand(_ reader: ObjectReader, _ key: String, _ shown: String) throws -> [String] {
        _ = try reader.require(key)
        let command = try reader.strings(key)
        guard let program = command.first, !program.isEmpty else {
            throw reader.error("\(shown) is empty; it has to name a program.")
        }
        guard command.allSatisfy({ !$0.utf8.contains(0) }) else { throw reader.error("\(shown) has a NUL character in it.") }
        return command
    }

    private static func readEnvironment(_ spec: ObjectReader) throws -> [String: String] {
        guard let reader = try spec.optionalObject("environment") else { return [:] }
        var environment: [String: String] = [:]
        for member in reader.object {
            let value = try reader.string(member.key)
            guard !member.key.isEmpty, !member.key.utf8.contains(where: { $0 == 61 || $0 == 0 }), !value.utf8.contains(0) else {
                throw reader.error("spec.environment has an entry \(member.key.quoted) that no environment can hold.")
            }
            environment[member.key] = value
        }
        try reader.finish()
        return environment
    }

    private static func readReference(_ reader: ObjectReader) throws -> ProcessSpec.Reference {
        let kind = try reader.choice("kind", HostKind.self)
        guard kind != .process else { throw reader.error("A process restarts on a File or a Directory, not on another process.") }
        let reference = ProcessSpec.Reference(kind: kind, name: try reader.string("name"))
        try reader.finish()
        return reference
    }
}

/// Reads `readiness` and `liveness`.
enum ProbeReader {
    static func read(_ reader: ObjectReader) throws -> Probe {
        let checks = try [
            reader.optionalObject("http").map(readHTTP), reader.optionalObject("tcp").map(readTCP),
            reader.optionalObject("exec").map(readExec),
        ].compactMap { $0 }
        guard checks.count == 1, let check = checks.first else {
            throw reader.error("A probe has exactly one of http, tcp and exec; this one has \(checks.count).")
        }
        let timeout = try reader.duration("timeout") ?? Probe.defaultTimeout
        let period = try reader.duration("period") ?? Probe.defaultPeriod
        try reader.finish()
        return Probe(check: check, timeout: try milliseconds(timeout, reader), period: try milliseconds(period, reader))
    }

    private static func milliseconds(_ duration: Duration, _ reader: ObjectReader) throws -> Int {
        guard duration >= .milliseconds(10), duration <= .seconds(3600) else {
            throw reader.error("The timeout and period of a probe are from 10ms to 1h.")
        }
        let (seconds, attoseconds) = duration.components
        return Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    private static func readHTTP(_ reader: ObjectReader) throws -> Probe.Check {
        let text = try reader.string("url")
        try reader.finish()
        guard let check = httpCheck(text) else {
            throw reader.error(
                "The probe's url is \(text.quoted), and has to be http://ADDRESS[:PORT][/PATH], with an IP address or localhost.")
        }
        return check
    }

    /// Names other than localhost are refused: looking one up could take longer than any probe.
    static func httpCheck(_ text: String) -> Probe.Check? {
        guard text.hasPrefix("http://"), text.utf8.count <= 2000, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return nil
        }
        let rest = text.dropFirst(7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        var target = String(rest.dropFirst(authority.count))
        guard !target.contains("#") else { return nil }
        if !target.hasPrefix("/") { target = "/" + target }
        var address = authority
        var port: UInt16 = 80
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            address = authority[authority.index(after: authority.startIndex)..<end]
            let after = authority[authority.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            if !after.isEmpty {
                guard let number = UInt16(after.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = authority.firstIndex(of: ":") {
            guard let number = UInt16(authority[authority.index(after: colon)...]) else { return nil }
            address = authority[..<colon]
            port = number
        }
        guard port > 0, let numeric = SocketAddress.numeric(String(address)) else { return nil }
        return .http(address: numeric, port: port, target: target, host: String(authority))
    }

    private static func readTCP(_ reader: ObjectReader) throws -> Probe.Check {
        let number = try reader.integer("port")
        let host = try reader.optionalString("host") ?? "127.0.0.1"
        try reader.finish()
        guard let port = UInt16(exactly: number), port > 0 else {
            throw reader.error("The probe's port is \(number), and has to be from 1 to 65535.")
        }
        guard let address = SocketAddress.numeric(host) else {
            throw reader.error("The probe's host is \(host.quoted), and has to be an IP address or localhost.")
        }
        return .tcp(address: address, port: port)
    }

    private static func readExec(_ reader: ObjectReader) throws -> Probe.Check {
        let command = try ProcessReader.readCommand(reader, "command", "The probe's command")
        try reader.finish()
        return .exec(command)
    }
}
