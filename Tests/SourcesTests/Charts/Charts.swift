import Model
import Sources
import TestSupport
import Testing

/// A library of charts for the length of a test.
enum Charts {
    static var quick: WebLimits {
        var limits = WebLimits()
        limits.retries = [.milliseconds(1), .milliseconds(1)]
        return limits
    }

    static func library<Success>(
        _ directory: String, limits: WebLimits = quick, templates: [String: ChartCredentials] = [:],
        _ body: (ChartLibrary) async throws -> Success
    ) async throws -> Success {
        let library = ChartLibrary(directory: directory, userAgent: "plumb/test", keepsMemory: true, limits: limits) { url in
            templates.first { url.hasPrefix($0.key) }?.value ?? .none
        }
        do {
            let result = try await body(library)
            await library.close()
            return result
        } catch {
            await library.close()
            throw error
        }
    }

    /// A follower that looks when it is asked.
    static func follower<Success>(
        _ url: String, _ credentials: ChartCredentials? = nil, in directory: String? = nil, limits: WebLimits = quick,
        _ body: (ChartFollower) async throws -> Success
    ) async throws -> Success {
        try await TemporaryDirectory.with("charts") { scratch in
            try await library(directory ?? scratch, limits: limits) { library in
                try await body(try await library.follower(of: try ChartURL(url), named: credentials, interval: .seconds(3600)))
            }
        }
    }

    /// One with a value that tells its version.
    static func web(_ version: String, _ content: String = "", name: String = "web") async throws -> PackedChart {
        try await PackedChart.make(name, version, ["values.yaml": "content: \(version)\(content)\n", "templates/a.yaml": "a: 1\n"])
    }

    static func charts(_ versions: String...) async throws -> [PackedChart] {
        var charts: [PackedChart] = []
        for version in versions { charts.append(try await web(version)) }
        return charts
    }
}

extension ChartFollower {
    /// What the values of the chart say that a version or range leads to.
    func values(_ version: String? = nil, chart: String = "web") async throws -> String {
        let revision = try await revision(of: ChartReference(name: chart, version: version))
        let text = try await snapshot(at: revision).tree.text("values.yaml")
        return String(text.dropFirst("content: ".count).dropLast())
    }

    /// Fails the test where they say something else.
    func expect(_ values: String, for version: String? = nil, at place: Testing.SourceLocation = #_sourceLocation) async throws {
        let found = try await self.values(version)
        #expect(found == values, sourceLocation: place)
    }
}
