/// Templates that both engines render; see `DifferentialTests`.
extension Cases {
    static let dates: [String] = [
        #"{{ duration 95 }}|{{ duration "95" }}|{{durationRound "2h10m5s"}}|{{durationRound "2400h"}}|{{ durationRound (duration 3)}}"#,
        #"{{ now | date "2006" | len }}"#,
        #"{{ toDate "2006-01-02" "2017-12-31" | date "Mon Jan _2 15:04:05 MST 2006" }} {{ toDate "2006-01-02" "2017-12-31" }} {{ (toDate "2006-01-02" "2017-12-31").Year }}"#,
        #"{{ dateInZone "2006-01-02 15:04 MST" 1500000000 "America/New_York" }} {{ date "2006" 1500000000.5 | len }} {{ htmlDate 0 }}"#,
        #"{{ kindOf nil }} {{ typeOf nil }} {{ kindOf (list) }} {{ kindIs "map" (dict) }} {{ typeIs "int" 1 }} {{ kindOf .Capabilities }} {{ kindOf now }}"#,
        #"{{ template "a" }}{{ define "a" }}{{ . }}{{ end }}"#,
        #"{{ .Template }}"#,
        #"{{ define "f" }}[{{ .x }}{{ $.x }}]{{ end }}{{ template "f" dict "x" 1 }}{{ include "f" (dict "x" 2) | upper }}"#,
        #"{{ define "a" }}{{ end }}{{ define "a" }}2{{ end }}{{ template "a" }}"#,
        #"{{ tpl "{{ .Template.Name }}" . }}"#,
        #"{{ dateInZone "2006-01-02T15:04:05Z07:00" (toDate "2006-01-02 15:04:05" "2020-05-06 07:08:09") "UTC" }}"#,
        #"{{ toDate "02 Jan 06 15:04 MST" "02 Jan 06 15:04 UTC" }}"#,
        #"{{ htmlDate (toDate "2006-01-02" "2020-03-01") }} {{ unixEpoch (toDate "2006-01-02" "2020-03-01") }} {{ date "Monday, 02-Jan-06 3:04PM .000 .999 __2 002" (toDate "2006-01-02 15:04:05.000" "2020-03-01 13:14:15.120") }}"#,
        #"{{ (toDate "2006-01-02" "2020-03-01").Weekday }} {{ (toDate "2006-01-02" "2020-03-01").Month }} {{ (toDate "2006-01-02" "2020-03-01").Unix }} {{ (toDate "2006-01-02" "2020-03-01").YearDay }} {{ (toDate "2006-01-02" "2020-03-01").Format "Jan" }} {{ ((toDate "2006-01-02" "2020-03-31").AddDate 0 1 0).Format "2006-01-02" }}"#,
        #"{{ durationRound "1h" }} {{ durationRound "-90m" }} {{ durationRound "0s" }} {{ duration "3600" }} {{ duration "x" }}"#,
        #"{{ typeOf .Values.l }} {{ typeOf (splitList "," "a") }} {{ kindOf .Values.a }} {{ kindIs "float64" .Values.a }} {{ typeIs "string" "a" }} {{ typeIsLike "string" "a" }} {{ kindOf (int64 1) }} {{ typeOf (len "a") }} {{ deepEqual (list 1) (list 1) }} {{ deepEqual (list 1) (list 1.0) }} {{ typeOf now }} {{ typeOf (semver "1.0.0") }} {{ kindOf (semver "1.0.0") }} {{ typeOf (index "a" 0) }} {{ typeOf .Files }} {{ kindOf .Files }} {{ typeOf (until 1) }} {{ typeOf (keys (dict)) }} {{ typeOf (.Files.GetBytes "x") }}"#,
        #"{{ printf "%T %T %T %T" 1 "a" nil (list) }} {{ printf "%v" (list "a" nil 1.5 true) }} {{ printf "%s" (list "a" nil 1) }} {{ printf "%d" (list 1 2) }} {{ printf "%q" (list "a" "b") }} {{ printf "%5v|" (list 1 2) }} {{ printf "%05d" -3 }} {{ printf "%x" -255 }} {{ printf "%#v" 1.0 }} {{ printf "%#v" "a" }} {{ printf "%#v" (splitList "," "a,b") }} {{ printf "%+v" (dict "a" nil) }} {{ printf "%s" now | len | lt 10 }} {{ printf "%6.3v|%.3v" 3.14159 "abcdef" }}"#,
        #"{{ block "q" .Values }}{{ .s }}{{ end }}{{ template "q" .Values }}"#,
    ]
}
