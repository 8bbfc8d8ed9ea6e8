import Template
import Testing

/// What a template may cost is bounded, whatever it says.
struct LimitTests {
    private func render(_ text: String, limits: Execution.Limits) throws -> String {
        var templates = TemplateSet()
        try templates.add("t", Array(text.utf8), functions: Functions.all)
        return String(decoding: try Execution(templates, limits: limits).run("t", .map(GoMap())), as: UTF8.self)
    }

    @Test(arguments: [
        ("steps", #"{{ range until 1000000 }}{{ range until 1000000 }}{{ end }}{{ end }}"#),
        ("steps", #"{{ range 9000000000 }}{{ end }}"#),
        ("depth", #"{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}"#),
        ("bytes", #"{{ repeat 1000000000 "x" }}"#),
        ("bytes", #"{{ until 1000000000 }}"#),
        ("bytes", #"{{ range until 1000 }}{{ repeat 100000 "x" }}{{ end }}"#),
        ("bytes", #"{{ indent 2000000000 "x" }}"#),
        ("bytes", #"{{ randAlphaNum 1000000000 }}"#),
        ("bytes", #"{{ $x := "abcdefgh" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}"#),
        ("bytes", #"{{ $x := list 1 2 3 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}"#),
        ("nodes", #"{{ $x := dict "a" 1 }}{{ range until 60 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ toJson $x }}"#),
        ("nodes", #"{{ $x := dict "a" 1 }}{{ range until 60 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ $x }}"#),
        ("nodes", #"{{ $x := dict "a" 1 }}{{ range until 60 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ len (deepCopy $x) }}"#),
        ("nodes", #"{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ toYaml $x | len }}"#),
        ("steps", #"{{ range until 100000 }}{{ $x := genCA "a" 1 }}{{ end }}"#),
        ("steps", #"{{ range until 100000 }}{{ $x := bcrypt "a" }}{{ end }}"#),
        ("steps", #"{{ $x := repeat 10000000 "a" }}{{ range until 100000 }}{{ $y := sha256sum $x }}{{ end }}"#),
        ("steps", #"{{ $x := until 200000 }}{{ range until 100000 }}{{ $y := has -1 $x }}{{ end }}"#),
    ])
    func costsAreBounded(what: String, template: String) {
        var limits = Execution.Limits()
        limits.steps = 200_000
        limits.bytes = 20 << 20
        #expect(throws: TemplateError.self) { try render(template, limits: limits) }
    }

    @Test func theStackIsABoundToo() {
        // Every level holds many pipelines and blocks open, so that a thousand of them need more than any thread has.
        let open = String(repeating: "{{ if true }}{{ with . }}", count: 100)
        let close = String(repeating: "{{ end }}{{ end }}", count: 100)
        let body = "\(open){{ template \"a\" \(String(repeating: "(", count: 100)).\(String(repeating: ")", count: 100)) }}\(close)"
        let text = "{{ define \"a\" }}\(body){{ end }}{{ template \"a\" 1 }}"
        #expect(throws: TemplateError.self) { try render(text, limits: Execution.Limits()) }
    }

    @Test func whatIsWithinTheBoundsIsRendered() throws {
        var limits = Execution.Limits()
        limits.depth = 40
        let template = #"{{ define "a" }}{{ if gt . 0 }}{{ . }}{{ template "a" (sub . 1) }}{{ end }}{{ end }}{{ template "a" 30 }}"#
        #expect(try render(template, limits: limits).hasPrefix("302928"))
    }

    @Test func deepNestingIsRefusedWhileReading() {
        let text = "{{ " + String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000) + " }}"
        #expect(throws: TemplateError.self) { try render(text, limits: Execution.Limits()) }
    }

    @Test func anExpressionThatBacktracksElsewhereTakesLinearTime() throws {
        let text = String(repeating: "a", count: 2000) + "b"
        let template = "{{ regexMatch \"^(a+)+$\" \"\(text)\" }}{{ regexMatch \"(a|a)*c\" \"\(text)\" }}"
        #expect(try render(template, limits: Execution.Limits()) == "falsefalse")
    }
}
