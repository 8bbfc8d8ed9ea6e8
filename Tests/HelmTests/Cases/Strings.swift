/// Templates that both engines render; see `DifferentialTests`.
extension Cases {
    static let strings: [String] = [
        #"{{ nospace "a b é" }} {{ nospace "é" }} {{ nospace "\u00a0x" }}"#,
        #"{{ trunc 2 "aéé" }}|{{ substr 0 5 "日本" }}|{{ b64dec "/8PA" }}|{{ b64dec "8J+Y" }}|{{ b64dec "7aCA" }}"#,
        #"{{ camelcase "http_server-foo bar" }}|{{ camelcase "_a_b_" }}|{{ camelcase "FirstName" }}|{{ camelcase "HTTPServer" }}"#,
        #"{{ snakecase "HTTPServer2xx FooBar" }}|{{ kebabcase "FirstName" }}"#,
        #"{{ swapcase "This is aTest" }}|{{ title "hello wOrld foo-bar a_b" }}|{{untitle "Hello World"}}|{{initials "First Try"}}|{{ wrap 5 "Hello World foo barbarbar x" }}|{{ wrapWith 5 "\t" "Hello Worldssss" }}|{{abbrev 5 "hello world"}}|{{abbrevboth 5 10 "1234 5678 9123"}}"#,
        #"{{ splitn "," 2 "a,b,c" }} {{ (split "," "a,b")._1 }} {{ typeOf (split "," "a") }} {{ splitList "" "abc" }}"#,
        #"{{ toString nil }}|{{ toString 1.0 }}|{{ quote 1e6 }}|{{ 1000000.0 }}|{{ 1e21 }}|{{ 123456789.0 }}"#,
        #"{{ "Hello World" | trunc 5 }} {{ trunc -3 "abc" }} {{ trunc 0 "abc" }} {{ trim "  a " }} {{ trimAll "$" "$5$" }} {{ trimSuffix "-" "a-" }} {{ trimPrefix "-" "-a" }} {{ upper "äß" }} {{ lower "ÄB" }} {{ title "äb cd" }} {{ substr 0 2 "abc" }} {{ substr 1 -1 "abc" }} {{ substr -1 2 "abc" }} {{ substr 0 99 "abc" }}"#,
        #"{{ "a,b,c" | splitList "," | join "-" }} {{ (split "$" "a$b")._0 }} {{ splitn "$" 2 "a$b$c" }} {{ contains "a" "cat" }} {{ hasPrefix "c" "cat" }} {{ hasSuffix "t" "cat" }} {{ replace "a" "b" "banana" }} {{ replace "" "-" "ab" }} {{ plural "one" "many" 1 }} {{ plural "one" "many" 2 }} {{ nospace "a b  c" }} {{ repeat 3 "x" }} {{ abbrev 9 "hello world foo" }} {{ initials "foo bar" }}"#,
        #"{{ camelcase "foo_bar-baz qux" }} {{ camelcase "fooBar" }} {{ camelcase "a__b" }} {{ camelcase "FOO" }} {{ camelcase "fOO_BAR" }} {{ camelcase "a" }} {{ camelcase "" }} {{ camelcase "1abc" }}"#,
        #"{{ snakecase "FirstName" }} {{ snakecase "HTTPServer" }} {{ snakecase "NoHTTPS" }} {{ snakecase "GO_PATH" }} {{ snakecase "GO PATH" }} {{ snakecase "GO-PATH" }} {{ snakecase "http2xx" }} {{ snakecase "HTTP20xOK" }} {{ snakecase "Duration2m3s" }} {{ snakecase "Bld4Floor3rd" }} {{ kebabcase "FirstName a.b" }} {{ snakecase "a1B2" }}"#,
        #"{{ quote "a" 1 nil 1.5 .Values.l }} {{ squote "a" 1 }} {{ quote "ä\u0001\t\\" }} {{ quote }}"#,
        #"{{ base "a/b.c" }} {{ dir "a/b.c" }} {{ ext "a/b.c" }} {{ clean "a/../b//c" }} {{ isAbs "/a" }} {{ osBase "/a/b" }} {{ osDir "/a/b" }} {{ osExt "x.y" }} {{ osClean "/../a" }} {{ osIsAbs "a" }} {{ base "" }} {{ dir "" }} {{ base "/" }} {{ ext "a.b/c" }} {{ dir "/" }} {{ clean "" }}"#,
        #"{{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}"#,
        #"{{ .Release.Name | trunc 63 | trimSuffix "-" }}"#,
        #"{{ .Values.s | upper | lower | title }}"#,
        #"{{ quote .Values.nope }}"#,
        #"{{ .Values.nope | quote }}"#,
        #"{{ camelcase "HTTPServerName" }} {{ camelcase "fOOBar_BAZQux" }} {{ camelcase "a_b-c d" }} {{ camelcase "-a" }} {{ camelcase "a-" }} {{ camelcase "ABc" }} {{ camelcase "aBC" }} {{ camelcase "éa_éb" }}"#,
        #"{{ .Values.l | join "," | quote | nindent 4 }}"#,
    ]
}
