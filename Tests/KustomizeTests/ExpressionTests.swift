import Testing

@testable import Kustomize

/// Expressions match whole texts, in RE2's syntax.
struct ExpressionTests {
    static let cases: [(expression: String, matches: [String], misses: [String])] = [
        ("a", ["a"], ["", "b", "aa"]),
        ("", [""], ["a"]),
        ("a|bc", ["a", "bc"], ["b", "abc"]),
        ("(a|b)c", ["ac", "bc"], ["c", "abc"]),
        ("a*", ["", "aaa"], ["b", "aab"]),
        ("a+?b??", ["a", "aab"], ["", "b"]),
        ("a{2}", ["aa"], ["a", "aaa"]),
        ("a{1,3}", ["a", "aaa"], ["", "aaaa"]),
        ("a{2,}", ["aa", "aaaaa"], ["a"]),
        ("a{,2}", ["a{,2}"], ["aa"]),
        ("a{", ["a{"], ["a"]),
        (".*", ["", "any thing"], ["a\nb"]),
        ("(?s:.*)", ["a\nb"], []),
        ("a.c", ["abc", "aüc"], ["ac", "a\nc"]),
        ("[a-c]x", ["ax", "cx"], ["dx"]),
        ("[^a-c]", ["d", "ü"], ["a", ""]),
        ("[]a]", ["]", "a"], ["b"]),
        ("[a-]", ["a", "-"], ["b"]),
        (#"[\d\-x]"#, ["5", "-", "x"], ["a"]),
        ("[[:alpha:]_]+", ["aZ_"], ["a1"]),
        ("[[:^digit:]]", ["a"], ["1"]),
        (#"\w+\.\w+"#, ["a_1.b"], ["a-b", "ab"]),
        (#"\D\S\W"#, ["ab-"], ["1b-", "a -", "abc"]),
        (#"\Qa.b*\E+"#, ["a.b*", "a.b**"], ["axb", "a.b*+"]),
        (#"\x41\x{e9}\n"#, ["Aé\n"], ["A"]),
        ("^a$", ["a"], ["ba"]),
        ("a^b", [], ["ab", "a^b"]),
        (#"\Aa\z"#, ["a"], ["aa"]),
        (#"a\b b"#, ["a b"], ["ab"]),
        (#"a\Bb"#, ["ab"], ["a b"]),
        ("(?i)aB[c-d]", ["ABC", "abD"], ["abe"]),
        ("(?i:a)b", ["Ab"], ["aB"]),
        ("(?m)a$\n^b", ["a\nb"], ["a b"]),
        ("(?P<n>a)(?<m>b)(?:c)", ["abc"], ["ab"]),
        ("(a|b|)+c", ["c", "abac"], ["ad"]),
        ("(|a)*", ["", "aa"], ["b"]),
        ("(((){1000}){1000}){1000}", [""], ["a"]),
    ]

    @Test(arguments: cases) func matches(_ expression: String, _ matching: [String], _ missing: [String]) throws {
        let compiled = try Expression(expression)
        for text in matching { #expect(compiled.matches(text), "\(expression) has to match \(text)") }
        for text in missing { #expect(!compiled.matches(text), "\(expression) must not match \(text)") }
    }

    @Test(
        arguments: [
            "(", ")", "a)", "[a", "[b-a]", "*", "a|*", "a{3,2}", "a{1001}", #"\"#, #"\p"#, "[[:none:]]", "(?x)", "(?<n", "(?i",
            #"\x{110000}"#, "(a{1000}){1000}", String(repeating: "(", count: 200) + String(repeating: ")", count: 200),
        ])
    func refuses(_ expression: String) { #expect(throws: ExpressionError.self) { try Expression(expression) } }

    /// Would take longer than the universe is old if it went back.
    @Test func timeIsBounded() throws {
        let text = String(repeating: "a", count: 4_000)
        #expect(try !Expression("(a+)+b").matches(text))
        #expect(try !Expression("(a|a)*b").matches(text))
        #expect(try Expression("(a*)*").matches(text))
    }
}
