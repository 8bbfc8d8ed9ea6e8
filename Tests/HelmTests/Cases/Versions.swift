/// Templates that both engines render; see `DifferentialTests`.
extension Cases {
    static let versions: [String] = [
        #"{{ semver "1.2.3-beta+x" }} {{ (semver "1.2.3-beta+x").Prerelease }} {{ (semver "1.2.3-beta+x").Metadata }} {{ (semver "v1.2").Original }} {{ (semver "1.2").Patch }} {{ (semver "1.2.3").Compare (semver "1.2.4") }} {{ semverCompare "^1.2.0" "1.9.9" }} {{ semverCompare "~1.2.0" "1.3.0" }} {{ semverCompare ">=1.19-0" "1.20.0-gke.1" }} {{ semverCompare ">=1.19" "1.20.0-gke.1" }} {{ semverCompare "1.x" "1.5.0" }} {{ semverCompare "*" "1.0.0" }} {{ semverCompare "1.2 - 1.4" "1.3.0" }} {{ semverCompare "<1 || >2" "3.0.0" }} {{ semverCompare ">1.2, <1.4" "1.3.0" }} {{ semverCompare "!=1.2.3" "1.2.3" }} {{ semverCompare "^0.2.3" "0.2.9" }} {{ semverCompare "^0.2.3" "0.3.0" }} {{ semverCompare "^0.0.3" "0.0.4" }} {{ semverCompare "=1.2" "1.2.9" }} {{ semverCompare ">1.2" "1.2.9" }} {{ semverCompare "<=1.2" "1.2.9" }} {{ semverCompare "~1" "1.9.0" }} {{ semverCompare "!=1.2" "1.2.1" }} {{ semverCompare "^1.x" "1.2.0" }} {{ semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }}"#,
        #"{{ semver "01.2.3" }}"#,
        #"{{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion | quote }} {{ printf "%s %+v" .Capabilities.KubeVersion .Capabilities.KubeVersion }} {{ $k := .Capabilities.KubeVersion }}{{ $k }} {{ $k | toString }} {{ $k.GitVersion }} {{ default "x" $k }} {{ or $k "x" }} {{ (dict "k" $k).k }} {{ list $k | first }} {{ toJson $k }}"#,
        #"{{ (dict "k" .Capabilities.KubeVersion).k.GitVersion }}"#,
        #"{{ $s := semver "v1.2.3-a+b" }}{{ $s.IncMinor }} {{ $s.IncMajor }} {{ $s.IncPatch }} {{ (semver "1.2.3+x").IncPatch }} {{ typeOf $s.IncMinor }} {{ quote $s.IncMinor }} {{ $s.IncMinor.String }}"#,
        #"{{ (semver "1.2.3").IncMinor.Original }}"#,
    ]
}
