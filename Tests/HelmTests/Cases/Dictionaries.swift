/// Templates that both engines render; see `DifferentialTests`.
extension Cases {
    static let dictionaries: [String] = [
        #"{{ urlParse "https://u:p@host:8080/p%20a/b?q=1#frag" }}|{{ urlJoin (dict "scheme" "https" "host" "h" "path" "/a b" "query" "x=1") }}"#,
        #"{{ range $k, $v := dict "b" 1 "a" 2 }}{{ $k }}={{ $v }} {{ else }}none{{ end }}"#,
        #"{{ pluck "a" (dict "a" 1) (dict "b" 2) (dict "a" 3) }}{{ pick (dict "a" 1 "b" 2) "a" }}{{ omit (dict "a" 1 "b" 2) "a" }}{{ get (dict) "x" | quote }}"#,
        #"{{ tpl "a" (dict) }}"#,
        #"{{ $w := merge (coalesce .Values.nope dict) (dict "a" 1) }}{{ toJson $w }} {{ toYaml $w }} {{ $w }} {{ printf "%#v" $w }} {{ toJson (set $w "b" 2) }}"#,
        #"{{ toJson (merge nil (dict)) }} {{ toJson (merge nil) }} {{ toJson (merge nil nil) }} {{ toJson (mergeOverwrite nil nil (dict "a" 1)) }} {{ toJson (mustMerge nil (dict "b" 1)) }} {{ toJson (mustMergeOverwrite nil (dict "b" (dict)))  }}"#,
        #"{{ $x := dict "m" (merge (coalesce nil)) }}{{ toJson (merge $x (dict "m" (dict "a" 1))) }} {{ $y := dict "m" (merge nil) }}{{ toJson (mergeOverwrite $y (dict "m" (dict "a" 1))) }}{{ toJson (merge (dict "m" (merge nil)) (dict "m" (merge nil))) }}"#,
        #"{{ set (merge nil nil) "a" 1 }}"#,
        #"{{ list 1 (list 2 "a") (dict "k" nil) }}"#,
        #"{{ default "d" 0 }}{{ default "d" false }}{{ default "d" (dict) }}{{ empty 0.0 }}{{ coalesce 0 "" "x" }}"#,
        #"{{ $d := dict "a" 1 "b" (dict "c" 2) }}{{ $e := deepCopy $d }}{{ $_ := set $e.b "c" 3 }}{{ $d }}{{ $e }}{{ unset $d "a" }}{{ hasKey $d "a" }}{{ hasKey $d "b" }}{{ keys $d | sortAlpha }}{{ values (dict "x" 1) }}{{ dict "a" }}{{ dict 1 2 }}{{ get $d "b" }}{{ pluck "c" $d.b $e.b }}"#,
        #"{{ merge (dict "a" 1 "b" (dict "x" 1)) (dict "a" 2 "c" 3 "b" (dict "y" 2)) }} {{ merge (dict "a" "" "b" false "c" 0 "d" (list)) (dict "a" "x" "b" true "c" 5 "d" (list 1)) }} {{ mergeOverwrite (dict "a" 1 "b" (dict "x" 1 "z" 0)) (dict "a" 2 "c" 3 "b" (dict "y" 2 "z" 5)) }} {{ mergeOverwrite (dict "a" 1) (dict "a" "") }} {{ mergeOverwrite (dict "a" 1) (dict "a" nil) }} {{ merge (dict "a" nil) (dict "a" 1) }} {{ mergeOverwrite (dict "a" (dict "b" 1)) (dict "a" "s") }} {{ mergeOverwrite (dict "a" "s") (dict "a" (dict "b" 1)) }} {{ merge (dict "a" "s") (dict "a" (dict "b" 1)) }} {{ mergeOverwrite (dict "a" (list 1 2)) (dict "a" (list)) }}"#,
        #"{{ urlJoin (dict "fragment" "frag x" "host" "host:80" "path" "/p q/é" "query" "q=1" "scheme" "http" "userinfo" "u:p") }} {{ urlJoin (dict "host" "h" "path" "p") }} {{ urlJoin (dict "scheme" "mailto" "opaque" "x@y") }} {{ urlJoin (dict) }}"#,
        #"{{ hasKey nil "a" }}"#,
        #"{{ deepCopy nil }}"#,
        #"{{ mustDeepCopy .Values.nope }}"#,
        #"{{ required "x" 0 }}{{ required "x" false }}{{ required "x" (dict) }}"#,
        #"{{ (dict "a" (dict "b" 1)).a.b }}"#,
        #"{{ tpl "{{ tpl .x . }}" (dict "x" "{{ .y }}" "y" 3) }}"#,
        #"{{ and true (list) }}|{{ or (dict) "x" }}"#,
        #"{{ index (dict "a.b" 1) "a.b" }}"#,
        #"{{ range $k, $v := dict "z" 1 "a" 2 "M" 3 "_" 4 "10" 5 "9" 6 }}{{ $k }} {{ end }}"#,
        #"{{ dict "b" 1 "a" 2 }}"#,
        // Maps that share their parts, and one that holds itself.
        #"{{- $d := dict "t" (repeat 1000 "x") }}{{ range until 22 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ $m := merge $d (dict "c" (dict "k" 1)) }}{{ keys $m | sortAlpha }}"#,
        #"{{- $d := dict "a" (dict "b" 1) }}{{ $_ := set $d "self" (dict "d" $d) }}{{ $m := merge $d (dict "a" (dict "c" 2)) }}{{ toJson $m.a }}{{ $n := mergeOverwrite (dict "x" 1) $d (dict "self" (dict "y" 1)) }}{{ toJson $n.self.y }}"#,
        #"{{ typeOf (set .Values "q" 1) }} {{ typeOf (unset .Values "q") }} {{ typeOf (merge .Values (dict)) }} {{ typeOf (mergeOverwrite .Values (dict)) }} {{ typeOf .Values }}"#,
    ]
}
