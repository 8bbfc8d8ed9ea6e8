import Foundation
import Helm
import Model
import Sources
import TestSupport

/// Rendering charts, beside Helm's own engine: the same charts and values, each in its own process's memory.
enum HelmBenchmarks {
    static func run() async throws {
        let python = try await ProcessRunner.check("scripts/helm-reference.sh", timeout: .seconds(300))
        try await TemporaryDirectory.with("helm-bench") { directory in
            for (name, files) in [("A starter chart", starter), ("A chart of 120 templates in 12 charts", large)] {
                let chart = directory + "/" + name.filter(\.isLetter)
                try Files.write(files, to: chart)
                try await compare(name, chart, python: python.filter { $0 != "\n" })
            }
        }
    }

    private static func compare(_ name: String, _ directory: String, python: String) async throws {
        let output = try await ProcessRunner.check(python, ["-c", helm, directory], timeout: .seconds(300))
        let theirs = output.split(separator: "\n").compactMap { Double($0) }
        guard theirs.count == 2 else { throw TestSupportError("Helm's engine printed: \(output)") }
        let options = RenderOptions(releaseName: "r", namespace: "n")
        let chart = try await Chart.load(from: try await DirectoryTree(directory), at: .root)
        let rendered = try await Stopwatch.median(of: 21) { _ = try chart.render(options) }
        row("\(name), render", rendered, theirs[0])
        let loaded = try await Stopwatch.median(of: 21) {
            _ = try await Chart.load(from: try await DirectoryTree(directory), at: .root).render(options)
        }
        row("\(name), read and render", loaded, theirs[1])
    }

    private static func row(_ name: String, _ time: Duration, _ helm: Double) {
        Report.row(
            name, "\((time.seconds * 1000).text(2)) ms", "Helm \((helm * 1000).text(2)) ms, ratio \((time.seconds / helm).text(2))")
    }

    /// Seconds, the median of 21: rendering a chart that is loaded, and loading and rendering one.
    private static let helm = """
        import statistics, sys, time
        from helm_python.chart import Chart

        def median(work):
            work()
            times = []
            for _ in range(21):
                start = time.perf_counter()
                work()
                times.append(time.perf_counter() - start)
            return statistics.median(times)

        def both():
            with Chart.load(sys.argv[1]) as chart:
                chart.render(name="r", namespace="n")

        with Chart.load(sys.argv[1]) as loaded:
            print(median(lambda: loaded.render(name="r", namespace="n")))
        print(median(both))
        """

    // MARK: Charts

    private static func chart(_ name: String) -> [String: String] {
        [
            "Chart.yaml": "apiVersion: v2\nname: \(name)\nversion: 0.1.0\nappVersion: 1.16.0\n", "values.yaml": values,
            "templates/_helpers.tpl": helpers.replacing("NAME", with: name),
            "templates/deployment.yaml": deployment.replacing("NAME", with: name),
            "templates/service.yaml": service.replacing("NAME", with: name),
        ]
    }

    static let starter = chart("starter")

    private static let large: [String: String] = {
        var files = chart("large")
        for number in 0..<12 {
            for (path, text) in chart("part\(number)") { files["charts/part\(number)/\(path)"] = text }
            for copy in 0..<8 {
                files["charts/part\(number)/templates/deployment\(copy).yaml"] = deployment.replacing("NAME", with: "part\(number)")
            }
        }
        return files
    }()

    private static let values = """
        replicas: 3
        image: {repository: registry.example.com/shop/web, pullPolicy: IfNotPresent, tag: ""}
        nameOverride: ""
        fullnameOverride: ""
        podAnnotations: {prometheus.io/scrape: "true", prometheus.io/port: "9090"}
        securityContext: {runAsNonRoot: true, runAsUser: 1000, capabilities: {drop: [ALL]}}
        service: {type: ClusterIP, port: 80}
        env: {LOG_LEVEL: info, REGION: eu-west-1, GREETING: "{{ .Release.Name }} says hello"}
        resources: {limits: {cpu: 500m, memory: 256Mi}, requests: {cpu: 100m, memory: 128Mi}}
        tolerations: [{key: dedicated, operator: Equal, value: web, effect: NoSchedule}]
        config: |
          server:
            listen: 8080
            timeout: 30s

        """

    private static let helpers = """
        {{- define "NAME.fullname" -}}
        {{- if .Values.fullnameOverride }}{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
        {{- else }}
        {{- $name := default .Chart.Name .Values.nameOverride }}
        {{- if contains $name .Release.Name }}{{- .Release.Name | trunc 63 | trimSuffix "-" }}
        {{- else }}{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}{{- end }}
        {{- end }}
        {{- end }}
        {{- define "NAME.labels" -}}
        helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
        {{ include "NAME.selectorLabels" . }}
        {{- if .Chart.AppVersion }}
        app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
        {{- end }}
        app.kubernetes.io/managed-by: {{ .Release.Service }}
        {{- end }}
        {{- define "NAME.selectorLabels" -}}
        app.kubernetes.io/name: {{ .Chart.Name }}
        app.kubernetes.io/instance: {{ .Release.Name }}
        {{- end }}

        """

    private static let deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{ include "NAME.fullname" . }}
          labels:
            {{- include "NAME.labels" . | nindent 4 }}
        spec:
          replicas: {{ .Values.replicas }}
          selector:
            matchLabels:
              {{- include "NAME.selectorLabels" . | nindent 6 }}
          template:
            metadata:
              annotations:
                checksum/config: {{ .Values.config | sha256sum }}
                {{- with .Values.podAnnotations }}
                {{- toYaml . | nindent 8 }}
                {{- end }}
              labels:
                {{- include "NAME.selectorLabels" . | nindent 8 }}
            spec:
              containers:
              - name: {{ .Chart.Name }}
                securityContext:
                  {{- toYaml .Values.securityContext | nindent 10 }}
                image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
                imagePullPolicy: {{ .Values.image.pullPolicy }}
                env:
                {{- range $name, $value := .Values.env }}
                - name: {{ $name }}
                  value: {{ tpl $value $ | quote }}
                {{- end }}
                {{- if semverCompare ">=1.20-0" .Capabilities.KubeVersion.Version }}
                resources:
                  {{- toYaml .Values.resources | nindent 10 }}
                {{- end }}
              {{- with .Values.tolerations }}
              tolerations:
                {{- toYaml . | nindent 8 }}
              {{- end }}

        """

    private static let service = """
        apiVersion: v1
        kind: Service
        metadata:
          name: {{ include "NAME.fullname" . }}
          labels:
            {{- include "NAME.labels" . | nindent 4 }}
        spec:
          type: {{ .Values.service.type }}
          ports:
          - port: {{ .Values.service.port }}
            targetPort: http
          selector:
            {{- include "NAME.selectorLabels" . | nindent 4 }}

        """
}
