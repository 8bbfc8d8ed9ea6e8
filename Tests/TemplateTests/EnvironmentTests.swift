import Template
import Testing

/// Time and chance come from outside, so that the same input renders the same.
struct EnvironmentTests {
    private func render(_ text: String, seed: String = "a") throws -> String {
        var templates = TemplateSet()
        try templates.add("t", Array(text.utf8), functions: Functions.all)
        let random = KeyedRandom(seed: Array(seed.utf8))
        let environment = Environment(now: { 1_600_000_000_500_000_000 }, random: { random.bytes(for: $0, count: $1) })
        return String(decoding: try Execution(templates, environment: environment).run("t", .none), as: UTF8.self)
    }

    @Test func randomTextsAreTheSameForTheSameSeed() throws {
        let template = "{{ randAlphaNum 20 }} {{ uuidv4 }} {{ randBytes 8 }} {{ shuffle \"abcdefghij\" }} {{ randInt 0 1000000 }}"
        #expect(try render(template) == render(template))
        #expect(try render(template) != render(template, seed: "b"))
    }

    @Test func eachCallDrawsAnotherText() throws {
        let texts = try render("{{ randAlphaNum 20 }} {{ randAlphaNum 20 }}").split(separator: " ")
        #expect(texts[0] != texts[1])
    }

    @Test func whatOneThingDrawsDoesNotMoveAnother() throws {
        let alone = try render("{{ randAlphaNum 20 }}")
        #expect(try render("{{ $x := uuidv4 }}{{ randAlphaNum 20 }}") == alone)
        #expect(try render("{{ $x := randAlphaNum 8 }}{{ randAlphaNum 20 }}") == alone)
    }

    @Test func theClockIsTheOneGiven() throws {
        #expect(try render("{{ now | date \"2006-01-02 15:04:05.0\" }}") == "2020-09-13 12:26:40.5")
        #expect(try render("{{ ago (now | dateModify \"-90m\") }} {{ unixEpoch now }}") == "1h30m0s 1600000000")
    }

    @Test func aZoneThatIsNotThereIsAnErrorRatherThanAnotherTime() {
        #expect(throws: TemplateError.self) { try render("{{ dateInZone \"15:04\" now \"Europe/Berlin\" }}") }
    }

    @Test func aRandomPasswordHashIsOneThatOthersRead() throws {
        // Made with another implementation's salt encoding: 2a, cost 10, 22 characters of salt, 31 of hash.
        let hash = try render("{{ bcrypt \"secret\" }}")
        #expect(hash.hasPrefix("$2a$10$"))
        #expect(hash.utf8.count == 60)
    }
}
