/// Templates that both engines render; see `DifferentialTests`.
extension Cases {
    static let numbers: [String] = [
        #"{{ float64 "1_000" }} {{ float64 "1__0" }} {{ float64 "_1" }} {{ float64 "1_" }} {{ round "1_0.55" 1 }} {{ int "1_000" }}"#,
        #"{{ mul 3 "4" }}{{ add "0x10" "010" "1.0" "1.5" nil true }}"#,
        #"{{ round 123.5555 3 }}|{{ addf 0.1 0.2 }}|{{ divf 1 3 }}|{{ ceil 1.2 | typeOf }}|{{ floor "3.7" }}|{{ max 1 2.9 "5" }}"#,
        #"{{ until 3 }} {{ untilStep 10 0 -3 }} {{ seq 3 }} {{ seq 2 -1 }} {{ seq 0 2 5 }} {{ seq 0 1 2 3 }}"#,
        #"{{ atoi "12a" }}{{ atoi "+5" }} {{ int "08" }} {{ int64 "abc" }} {{ float64 "1e3" }} {{ int 1e20 }} {{ toDecimal 777 }}"#,
        #"{{ "x" | len | add 1 }}"#,
        #"{{ eq (int .Values.a) 1 }}"#,
        #"{{ int "12" }} {{ int "1.9" }} {{ int 1.9 }} {{ int true }} {{ int nil }} {{ int64 "0x1f" }} {{ float64 "1.5" }} {{ float64 "x" }} {{ atoi "7" }} {{ toDecimal "0777" }} {{ toDecimal "9" }} {{ int "1_000" }} {{ int "-5" }} {{ int "" }} {{ int "+3" }} {{ int " 3" }} {{ int "5.0" }}"#,
        #"{{ add }}"#,
        #"{{ $x := 1 }}{{ range list 1 2 }}{{ $x = add $x . }}{{ end }}{{ $x }}"#,
        #"{{ eq 1 (int64 1) }} {{ eq 1.0 1.0 }} {{ eq "a" "a" }} {{ eq true true }} {{ lt 1 (int64 2) }}"#,
    ]
}
