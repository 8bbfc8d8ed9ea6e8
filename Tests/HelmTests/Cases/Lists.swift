/// Templates that both engines render; see `DifferentialTests`.
extension Cases {
    static let lists: [String] = [
        #"{{ chunk -2 (list 1 2 3) }}|{{ chunk -3 (list 1 2 3) }}|{{ chunk -2 (list 1) }}|{{ chunk -5 (list 3 1 2) }}"#,
        #"{{ chunk -1 (list 1 2 3) }}"#, #"{{ chunk -1 (list 1) }}"#, #"{{ chunk 0 (list 1) }}"#, #"{{ chunk 0 (list 1 2) }}"#,
        #"{{ chunk -5 (list) }}"#, #"{{ chunk 0 (list) }}"#,
        #"{{ chunk 2 (list 1 2 3) }}|{{ typeOf (chunk 2 (list 1 2 3)) }}|{{chunk 2 (list)}}"#,
        #"{{ untilStep 0 5 0 }}{{ without (list 1 2) 1 }}{{ has 1 (list 1.0) }}{{ uniq (list 1 1 "1") }}{{ compact (list 0 1 "") }}{{ sortAlpha (list 3 "b" "a") }}{{ join "," (list 1 nil "b") }} {{ toStrings (list 1 nil) }}"#,
        #"{{ list nil | first | typeOf }}{{ default "d" (list nil | first) }}"#,
        #"{{ range $i := list 1 2 3 4 }}{{ if eq $i 2 }}{{ continue }}{{ end }}{{ if eq $i 4 }}{{ break }}{{ end }}{{ $i }}{{ end }}"#,
        #"{{ toString .Values.l }} {{ toString true }} {{ toStrings .Values.l }} {{ toStrings "x" }} {{ toStrings nil }} {{ join "," "x" }} {{ sortAlpha .Values.l }} {{ sortAlpha "x" }}"#,
        #"{{ range tuple "a" "b" }}{{ . }}{{ end }}{{ range $k, $v := .Values.m }}{{ $k }}{{ $v }}{{ end }}{{ range (list) }}x{{ else }}empty{{ end }}{{ range $i, $v := "" | splitList "," }}{{ $i }}{{ end }}"#,
        #"{{ (list 1 2 | first) }}"#,
        #"{{ has "a" nil }}{{ has "a" .Values.nope }}{{ mustHas 1 nil }}"#,
        #"{{ concat (list) (list) | toJson }} {{ concat | toYaml }} {{ len (concat (list) (list)) }} {{ concat (list 1) (list) | toJson }}"#,
        #"{{ first nil }}"#,
    ]
}
