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
        ("steps", #"{{ regexMatch "(x|y|z)*[a-z]{1,900}q" (repeat 100000 "x") }}"#),
        ("steps", #"{{ range until 1000 }}{{ $x := regexSplit "x{500}" (repeat 10000 "x") -1 }}{{ end }}"#),
        ("bytes", #"{{ regexReplaceAll "a" (repeat 100000 "a") (repeat 100000 "b") | len }}"#),
        ("bytes", #"{{ regexReplaceAllLiteral "a" (repeat 100000 "a") (repeat 100000 "b") | len }}"#),
        ("bytes", #"{{ repeat 100000 "a" | replace "a" (repeat 100000 "b") | len }}"#),
        ("bytes", #"{{ repeat 100000 "a" | replace "" (repeat 100000 "b") | len }}"#),
        ("bytes", #"{{ wrapWith 1 (repeat 100000 "b") (repeat 100000 "a") | len }}"#),
        ("bytes", #"{{ join (repeat 100000 "b") (until 10000) | len }}"#),
        ("bytes", #"{{ printf (repeat 10000 "%[1]s") (repeat 100000 "b") | len }}"#),
        ("bytes", #"{{ printf (repeat 10000 "%999999d") 1 | len }}"#),
        ("bytes", #"{{ printf (repeat 10000 "%[1]*d") 999999 | len }}"#),
        (
            "bytes",
            #"{{ $s := repeat 100000 "b" }}{{ $l := list $s }}{{ range until 12 }}{{ $l = concat $l $l }}{{ end }}{{ toYaml $l | len }}"#
        ),
        (
            "bytes",
            #"{{ $l := list }}{{ range until 900 }}{{ $l = list $l }}{{ end }}{{ $l = list $l $l $l $l }}{{ $l = concat $l $l $l $l }}{{ $l = concat $l $l $l $l }}{{ toPrettyJson $l | len }}"#
        ),
        (
            "nodes",
            #"{{ $x := list 1 }}{{ $y := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ $y = list $y $y }}{{ end }}{{ has $x (list $y) }}"#
        ),
        (
            "nodes",
            #"{{ $x := list 1 }}{{ $y := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ $y = list $y $y }}{{ end }}{{ without (list $y) $x }}"#
        ),
        ("depth", #"{{ $l := list }}{{ range until 100000 }}{{ $l = list $l }}{{ end }}"#),
        ("depth", #"{{ $l := list }}{{ range until 100000 }}{{ $l = append $l $l }}{{ end }}"#),
        ("steps", #"{{ $x := until 200000 }}{{ range until 100000 }}{{ $y := has -1 $x }}{{ end }}"#),
        // Two maps that share their parts, gone into together.
        (
            "merge",
            #"{{ $d := dict "t" 1 }}{{ $e := dict "t" 1 }}{{ range until 30 }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}{{ $_ := merge $d $e }}x"#
        ),
    ])
    func costsAreBounded(what: String, template: String) {
        var limits = Execution.Limits()
        limits.steps = 200_000
        limits.bytes = 20 << 20
        #expect(throws: TemplateError.self) { try render(template, limits: limits) }
    }

    /// Freeing a value takes as many calls inside each other as there are maps inside each other.
    @Test(arguments: [
        #"{{ $d := dict }}{{ range until 60000 }}{{ $d = dict "a" $d }}{{ end }}x"#,
        #"{{ $d := dict }}{{ $c := $d }}{{ range until 60000 }}{{ $n := dict }}{{ $_ := set $c "a" $n }}{{ $c = $n }}{{ end }}x"#,
        #"{{ $d := dict }}{{ range until 60000 }}{{ $d = dict "a" (list $d) }}{{ end }}x"#,
        #"{{ $d := dict }}{{ range until 60000 }}{{ $d = merge (dict) (dict "a" $d) }}{{ end }}x"#,
        #"{{ $o := dict "a" (dict) }}{{ range until 60000 }}{{ $n := fromJson "{\"a\": {}}" }}{{ $_ := merge $n (dict "a" (dict "n" $o.a)) }}"#
            + #"{{ $o = $n }}{{ end }}x"#,
        #"{{ range until 20000 }}{{ $d := dict "a" (dict) }}{{ $_ := set $d "b" $d }}{{ end }}x"#,
    ])
    func deepValuesAreFreedWithoutAStack(template: String) throws {
        var templates = TemplateSet()
        try templates.add("t", Array(template.utf8), functions: Functions.all)
        let execution = Execution(templates)
        #expect(try execution.run("t", .map(GoMap())) == Array("x".utf8))
        execution.finish()
    }

    @Test func aCancelledTaskDoesNotRenderToTheEnd() async throws {
        let rendering = Task {
            var templates = TemplateSet()
            try templates.add("t", Array("{{ range 9000000000 }}{{ end }}".utf8), functions: Functions.all)
            var limits = Execution.Limits()
            limits.steps = .max
            _ = try Execution(templates, limits: limits).run("t", .map(GoMap()))
        }
        rendering.cancel()
        await #expect(throws: CancellationError.self) { try await rendering.value }
    }

    @Test func aMapThatHoldsItselfIsFreedInTheEnd() throws {
        let text = #"{{ $_ := set . "self" . }}{{ $_ := set .inner "outer" . }}{{ len . }}"#
        var templates = TemplateSet()
        try templates.add("t", Array(text.utf8), functions: Functions.all)
        weak var kept: GoMap?
        do {
            let data = GoMap([("inner", .map(GoMap()))])
            kept = data
            let execution = Execution(templates)
            #expect(try execution.run("t", .map(data)) == Array("2".utf8))
            execution.finish()
        }
        #expect(kept == nil)
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

    @Test func aLongListCanBeMadeInALoop() throws {
        let text = "{{ $l := list }}{{ range until 5000 }}{{ $l = append $l . }}{{ end }}{{ len $l }}"
        #expect(try render(text, limits: Execution.Limits()) == "5000")
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
