import Manifests
import TestSupport
import Testing

/// What `format` refuses, compared with Helm's own check.
struct FormatTests {
    private static let examples: [String: [String]] = [
        "date": ["2024-02-29", "2023-02-29", "2023-04-31", "0000-01-01", "2023-1-1", "2023-13-01", "x"],
        "time": [
            "12:00:00Z", "12:00:00z", "23:59:60Z", "22:59:60Z", "00:59:60+01:00", "12:00:00.5+01:30", "12:00:00.Z", "12:00:00",
            "24:00:00Z", "12:00:00+24:00", "12:00Z", "12:00:00+0100",
        ],
        "date-time": ["2024-02-29T12:00:00Z", "2024-02-29t12:00:00-05:00", "2024-02-29 12:00:00Z", "2024-02-30T12:00:00Z", ""],
        "duration": ["P1Y2M3DT4H5M6S", "PT5M", "P7W", "P", "PT", "P1", "P1S", "PW", "P1D1Y", "P1YT", "1D", "P1W1D", "P1TT1S"],
        "period": [
            "2024-02-29T12:00:00Z/P1D", "P1D/2024-02-29T12:00:00Z", "P1D/P1D", "P1D", "2024-02-29T12:00:00Z/2024-03-01T12:00:00Z",
        ],
        "hostname": ["a", "a.b-c.d", "a.b.", "-a", "a-", "a..b", "a_b", "", ".", "é.de", "1.2.3.4"],
        "email": [
            "a@b", "a.b+c@d.example", ".a@b", "a.@b", "a..b@c", "\"a b\"@c", "\"a\\\"@c", "a@[1.2.3.4]", "a@[IPv6:::1]", "a@[::1]",
            "a", "@b", "a@", "a@b@c", "a b@c", "ü@b",
        ],
        "ipv4": ["1.2.3.4", "0.0.0.0", "01.2.3.4", "1.2.3", "256.1.1.1", "1.2.3.4.5", "+1.2.3.4", "1.2.3.-0", "::1", ""],
        "ipv6": [
            "::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "fe80::1%eth0", "1:2", ":::", "1::2::3", "12345::", "1.2.3.4", "::1.2.3",
        ],
        "uri": [
            "http://h/p?q#f", "h/p", "", "//h", "mailto:a@b", "http://h:80x/", "http://[::1]:80/", "http://[::x]/", "http://::1/",
            "http://a b/", "http://h/a b", "http://h/%zz", "1http://h", ":x", "http://u:p@h", "http://u ser@h", "a:b:c",
            "http://é/ü",
            "http://h%41/", "http://h%ff/", "\\", "http://h\\a", "urn:x", "http://[fe80::1%25en0]/", "http:// ", "http://h/{a}",
        ],
        "uri-reference": ["a/b", "", "#f", "?q", "//h", "a:b", "a\\b", "1:b", "./1:b", "%"],
        "iri": ["http://ü/é", "é"], "iri-reference": ["é", "a\\b", ":"],
        "uri-template": ["http://h/{a}/{b}", "{a}", "{a", "a}", "{a}{", "/{a/b}", "{{a}}", "%7Ba", "?{", "http://h/%7Ba%7D"],
        "json-pointer": ["", "/a/b", "/a~0b~1", "/a~", "/a~2", "a", "/"],
        "relative-json-pointer": ["0", "1/a", "0#", "01/a", "a", "", "12#x", "1/~", "00"],
        "uuid": [
            "123e4567-e89b-12d3-a456-426614174000", "123E4567-e89b-12d3-a456-42661417400", "123e4567e89b12d3a456426614174000", "x",
        ],
        "regex": ["^a+$", "(", "a(?=b)", "[", "\\d", "\\Z", "(?P<n>a)", "a{1001}", "\\p{L}", ""],
        "semver": [
            "1.2.3", "v1.2.3", "1.2", "01.2.3", "1.2.3-rc.1+b.01", "1.2.3-01", "1.2.3-0a", "1.2.3-", "1.2.3+", "1.2.3-a..b",
            "1.2.3+a+b",
        ],
        "int32": ["x"], "color": ["x"],
    ]

    private static let drafts = [
        "http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema",
    ]

    @Test(arguments: drafts) func `formats are held alike`(draft: String) async throws {
        try await compare(draft, Self.examples.flatMap { format, texts in texts.map { (format, $0) } })
    }

    @Test func `made-up texts are held alike`() async throws {
        var generator = Generated.Dice(state: 7)
        let cases = Self.examples.keys.sorted().flatMap { format in
            (0..<25).map { _ in (format, Self.mutated(Self.examples[format]?.randomElement(using: &generator) ?? "", &generator)) }
        }
        try await compare(Self.drafts[1], cases)
    }

    private static func mutated(_ text: String, _ generator: inout Generated.Dice) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
            let index = Int.random(in: 0...scalars.count, using: &generator)
            let new = "0129azTZPW:/-+.%@[]{}~\\ #?é".unicodeScalars.randomElement(using: &generator) ?? "x"
            if index < scalars.count, Bool.random(using: &generator) {
                scalars.remove(at: index)
            } else {
                scalars.insert(new, at: index)
            }
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private func compare(_ draft: String, _ cases: [(format: String, text: String)]) async throws {
        var helmCases: [HelmCase] = []
        for (format, text) in cases {
            let schema = #"{"$schema":"\#(draft)","properties":{"a":{"format":"\#(format)"}}}"#
            helmCases.append(
                try HelmCase(
                    "\(format) \(text)", files: ["values.schema.json": schema, "templates/x.yaml": "x"],
                    values: "{\"a\": \(Value.string(text).json)}"))
        }
        let expected = try await HelmReference.answers(to: helmCases.map(\.request))
        for (helmCase, expected) in zip(helmCases, expected) {
            let actual = await helmCase.rendered()
            #expect(actual.isError == expected.isError, "\(helmCase.description): \(expected) \(actual)")
        }
    }
}
