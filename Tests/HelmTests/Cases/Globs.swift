/// Patterns of `.Files.Glob` and of `.helmignore`.
extension Cases {
    private static let globFiles = [
        "f/!x", "f/-d", "f/1", "f/\\q", "f/^x", "f/a*b", "f/a,b", "f/a-b", "f/a.json", "f/a]b", "f/ab", "f/abc", "f/b", "f/b.txt",
        "f/c",
        "f/s p", "f/sub/a", "f/sub/deep/a.json", "f/sub/x.json", "f/x{y}", "f/é", "top.txt",
    ]

    private static let globPatterns = [
        "[a", "a[", "[]", "[!]", "[!a", "[a-]", "[-a]", "[a-c", "[c-a]", "[a-cx]", "{a,b", "{}", "{,}", "\\", "a\\", "", "*", "**",
        "***", "f/*",
        "f/**", "**/a", "f/{sub/**,a*}", "f/[ab]*", "f/[!a]*", "f/[^a]*", "f/?", "f/??", "**.json", "f/*/*", "f/*/", "/f/*",
        "./f/*", "F/*",
        "f/[[]", "f/[]]", "f/[a]]b", "f/a\\]b", "f/x\\{y\\}", "f/x{y}", "f/{a\\,b,c}", "f/a,b", "f/a\\*b", "f/\\\\q", "f/é",
        "f/[a-z]",
        "f/[A-z]", "f/[!a-z]*", "f/[\\]]", "f/{a,b}*", "f/{a,b}.{json,txt}", "f/{sub,sub/deep}/*", "f/{[ab],c}", "f/{?,??}",
        "f/{*}",
        "f/{**}", "f/**/a.json", "f/**a*", "f/*a**", "f/*?", "{f,top}*", "f/{a,{b,c}}", "f/{a,{b,c}*}.txt", "f/{,a}b", "f/a{b,}c",
        "f/a{,b}",
        "f/a{}b", "f/{a}{b}", "f/{a,ab}{b,c,bc}", "f/**/*.json", "f/**/*", "f/**/sub/**", "**/*", "**/*.json", "*/b",
        "f/*.{json,txt}",
        "f/{sub/*,{a,b}.*}", "{f/sub,f}/**/x.json", "f/{b,b}", "f/{*.json,b.txt}", "f/{b.txt,*.json}", "f/{*.json,b,ab}",
        "f/{*.json,*.txt}", "{**/*.json,b}", "f/{*.json,b}.txt", "f/{*,b}", "f/[ab]{*,b}", "f/*{*n,b}", "f/**/",
        "**/", "f**", "f/**n", "f/**on",
    ]

    private static let ignoreRules = [
        "a.txt", "*.txt", "[!a].txt", "[^a].txt", "/a.txt", "sub/", "/sub/", "sub/a.txt", "sub/*", "\u{feff}a.txt", "[a", "a\\",
        "\\", "[]a]",
        "[-a]", "[a-]", "[b-a].txt", "[a-b].txt", "\\[a].txt", "# a.txt", "\\#a", "?.txt", "a?txt", "  a.txt  ", "**",
        "a.txt\r\nb.txt\r",
        "*/a.txt", "su[b]/", "[\\a].txt", "\\a.txt", "su*/a.txt", "[é].txt", "!*.txt\n!Chart.yaml", "!sub/",
    ]

    static func globs() throws -> [HelmCase] {
        let files = Dictionary(uniqueKeysWithValues: globFiles.map { ($0, "x") })
        let globs = try globPatterns.map { pattern in
            let quoted = "\"" + pattern.replacing("\\", with: "\\\\") + "\""
            let template = "{{ range $p, $_ := .Files.Glob \(quoted) }}{{ $p }} {{ end }}"
            return try HelmCase("glob \(pattern)", files: files.merging(["templates/x.yaml": template]) { $1 })
        }
        let ignored = try ignoreRules.map { rules in
            let files = [
                "a.txt": "x", "b.txt": "x", "é.txt": "x", "sub/a.txt": "x", "sub/c.txt": "x", "[a].txt": "x", ".helmignore": rules,
                "templates/x.yaml": "{{ range $p, $_ := .Files }}{{ $p }} {{ end }}",
            ]
            return try HelmCase("ignore \(rules)", files: files)
        }
        let lines = try HelmCase(
            "lines of an empty file",
            files: ["e.txt": "", "templates/x.yaml": #"{{ range .Files.Lines "e.txt" }}[{{ . }}]{{ end }}"#])
        return globs + ignored + [lines]
    }
}
