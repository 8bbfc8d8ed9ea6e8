import Manifests
import Model
import Testing

@testable import KubernetesTarget

struct HealthTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let kind: String
        let status: Health.Status
        let yaml: String
        var message: String?
        var testDescription: String { "\(kind) \(status.rawValue): \(yaml)" }

        init(_ kind: String, _ status: Health.Status, _ yaml: String, _ message: String? = nil) {
            self.kind = kind
            self.status = status
            self.yaml = yaml
            self.message = message
        }
    }

    static let settled = "observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2, readyReplicas: 2"

    static let rows = [
        Row("ConfigMap", .healthy, "{data: {}}"),
        Row(
            "ConfigMap", .progressing, "{metadata: {deletionTimestamp: now, finalizers: [x]}}",
            "It is being deleted: it waits for x."),
        Row("example.org/Widget", .healthy, "{}"),
        Row("example.org/Widget", .progressing, "{metadata: {generation: 2}, status: {observedGeneration: 1}}"),
        Row(
            "example.org/Widget", .progressing,
            "{status: {conditions: [{type: Reconciling, status: 'True', reason: R, message: m}]}}", "R: m"),
        Row(
            "example.org/Widget", .degraded, "{status: {conditions: [{type: Stalled, status: 'True', reason: R, message: m}]}}",
            "R: m"),
        Row("example.org/Widget", .healthy, "{status: {conditions: [{type: Ready, status: 'True'}]}}"),
        Row(
            "example.org/Widget", .progressing, "{status: {conditions: [{type: Ready, status: 'False', reason: Waiting}]}}",
            "Waiting"),
        Row("example.org/Widget", .progressing, "{status: {conditions: [{type: Ready, status: Unknown}]}}", "It is not ready."),

        Row("apps/Deployment", .progressing, "{spec: {replicas: 2}}", "Its controller has not seen it yet."),
        Row("apps/Deployment", .progressing, "{metadata: {generation: 2}, spec: {replicas: 2}, status: {\(settled)}}"),
        Row("apps/Deployment", .healthy, "{metadata: {generation: 1}, spec: {replicas: 2}, status: {\(settled)}}"),
        Row("apps/Deployment", .healthy, "{spec: {replicas: 0}, status: {observedGeneration: 1}}"),
        Row("apps/Deployment", .progressing, "{spec: {replicas: 3}, status: {\(settled)}}", "2 of 3 replicas are updated."),
        Row(
            "apps/Deployment", .progressing,
            "{spec: {replicas: 2}, status: {observedGeneration: 1, replicas: 3, updatedReplicas: 2, availableReplicas: 3, readyReplicas: 3}}",
            "1 old replicas have to end."),
        Row(
            "apps/Deployment", .progressing,
            "{spec: {replicas: 2}, status: {observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 1, readyReplicas: 1}}",
            "1 of 2 replicas are available."),
        Row(
            "apps/Deployment", .degraded,
            "{spec: {replicas: 2}, status: {observedGeneration: 1, conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: m}]}}",
            "ProgressDeadlineExceeded: m"),
        Row("apps/Deployment", .suspended, "{spec: {paused: true}, status: {observedGeneration: 1}}"),

        Row("apps/StatefulSet", .healthy, "{spec: {replicas: 2}, status: {\(settled), currentRevision: a, updateRevision: a}}"),
        Row("apps/StatefulSet", .progressing, "{spec: {replicas: 2}, status: {\(settled), currentRevision: a, updateRevision: b}}"),
        Row("apps/StatefulSet", .healthy, "{spec: {updateStrategy: {type: OnDelete}}}"),
        Row(
            "apps/StatefulSet", .healthy,
            "{spec: {replicas: 2, updateStrategy: {rollingUpdate: {partition: 1}}}, status: {observedGeneration: 1, replicas: 2, readyReplicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b}}"
        ),
        Row("apps/StatefulSet", .progressing, "{spec: {replicas: 3}, status: {\(settled)}}", "2 of 3 replicas exist."),

        Row(
            "apps/DaemonSet", .healthy,
            "{status: {observedGeneration: 1, desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2, numberReady: 2}}"
        ),
        Row(
            "apps/DaemonSet", .progressing,
            "{status: {observedGeneration: 1, desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2, numberReady: 2}}",
            "1 of 2 Pods are updated."),
        Row("apps/DaemonSet", .progressing, "{}"),

        Row(
            "apps/ReplicaSet", .healthy,
            "{spec: {replicas: 1}, status: {observedGeneration: 1, replicas: 1, fullyLabeledReplicas: 1, availableReplicas: 1, readyReplicas: 1}}"
        ),
        Row(
            "apps/ReplicaSet", .degraded, "{status: {conditions: [{type: ReplicaFailure, status: 'True', reason: Quota}]}}", "Quota"
        ),
        Row("apps/ReplicaSet", .progressing, "{spec: {replicas: 1}, status: {observedGeneration: 1}}"),

        Row("batch/Job", .progressing, "{}", "It has not started."),
        Row("batch/Job", .progressing, "{status: {active: 1}}", "It is running."),
        Row("batch/Job", .healthy, "{status: {conditions: [{type: Complete, status: 'True'}]}}"),
        Row(
            "batch/Job", .degraded,
            "{status: {conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded, message: m}]}}",
            "BackoffLimitExceeded: m"),
        Row("batch/Job", .suspended, "{spec: {suspend: true}}"),

        Row("Pod", .healthy, "{status: {phase: Succeeded}}"),
        Row("Pod", .degraded, "{status: {phase: Failed, reason: Evicted, message: disk}}", "Evicted: disk"),
        Row("Pod", .healthy, "{status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}}"),
        Row(
            "Pod", .progressing,
            "{status: {phase: Running, conditions: [{type: Ready, status: 'False', reason: ContainersNotReady}]}}",
            "ContainersNotReady"),
        Row(
            "Pod", .degraded,
            "{status: {phase: Running, containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff, message: back-off}}}]}}",
            "CrashLoopBackOff: back-off"),
        Row(
            "Pod", .progressing,
            "{status: {phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff, message: Back-off}}}]}}",
            "ImagePullBackOff: Back-off"),
        Row(
            "Pod", .progressing,
            "{status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no node}]}}",
            "Unschedulable: no node"),
        Row("Pod", .progressing, "{status: {phase: Pending}}", "It is not running yet."),

        Row("Service", .healthy, "{spec: {type: ClusterIP}}"),
        Row("Service", .progressing, "{spec: {type: LoadBalancer}, status: {loadBalancer: {}}}"),
        Row("Service", .healthy, "{spec: {type: LoadBalancer}, status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}}"),
        Row("networking.k8s.io/Ingress", .progressing, "{status: {loadBalancer: {}}}"),
        Row("networking.k8s.io/Ingress", .healthy, "{status: {loadBalancer: {ingress: [{hostname: a}]}}}"),
        Row("PersistentVolumeClaim", .healthy, "{status: {phase: Bound}}"),
        Row("PersistentVolumeClaim", .progressing, "{status: {phase: Pending}}", "It is Pending."),
        Row("PersistentVolumeClaim", .degraded, "{status: {phase: Lost}}"),
        Row("Namespace", .healthy, "{status: {phase: Active}}"),
        Row("Namespace", .progressing, "{status: {phase: Terminating}}"),

        Row("autoscaling/HorizontalPodAutoscaler", .progressing, "{}"),
        Row(
            "autoscaling/HorizontalPodAutoscaler", .healthy,
            "{status: {conditions: [{type: AbleToScale, status: 'True'}, {type: ScalingActive, status: 'True'}]}}"),
        Row(
            "autoscaling/HorizontalPodAutoscaler", .degraded,
            "{status: {conditions: [{type: AbleToScale, status: 'True'}, {type: ScalingActive, status: 'False', reason: FailedGetResourceMetric}]}}",
            "FailedGetResourceMetric"),
        Row(
            "autoscaling/HorizontalPodAutoscaler", .degraded,
            #"{metadata: {annotations: {autoscaling.alpha.kubernetes.io/conditions: '[{"type":"AbleToScale","status":"False","reason":"X"}]'}}}"#,
            "X"),
        Row(
            "autoscaling/HorizontalPodAutoscaler", .suspended,
            "{status: {conditions: [{type: ScalingActive, status: 'False', reason: ScalingDisabled}]}}"),
        Row("apiregistration.k8s.io/APIService", .progressing, "{}"),
        Row("apiregistration.k8s.io/APIService", .healthy, "{status: {conditions: [{type: Available, status: 'True'}]}}"),
        Row(
            "apiregistration.k8s.io/APIService", .progressing,
            "{status: {conditions: [{type: Available, status: 'False', reason: MissingEndpoints}]}}", "MissingEndpoints"),
        Row("apiextensions.k8s.io/CustomResourceDefinition", .progressing, "{}"),
        Row(
            "apiextensions.k8s.io/CustomResourceDefinition", .healthy,
            "{status: {conditions: [{type: Established, status: 'True'}]}}"),
        Row(
            "apiextensions.k8s.io/CustomResourceDefinition", .degraded,
            "{status: {conditions: [{type: NamesAccepted, status: 'False', reason: Clash}]}}", "Clash"),
        Row(
            "apiextensions.k8s.io/CustomResourceDefinition", .progressing,
            "{status: {conditions: [{type: Established, status: 'False', reason: Installing}]}}", "Installing"),
    ]

    @Test(arguments: rows)
    func isToldByTheKindsOwnRule(_ row: Row) throws {
        let parts = row.kind.split(separator: "/").map(String.init)
        let key = ResourceKey(group: parts.count > 1 ? parts[0] : "", kind: parts[parts.count - 1], namespace: "n", name: "x")
        let health = HealthRules.health(of: try yaml(row.yaml), key)
        #expect(health.status == row.status)
        if let message = row.message { #expect(health.message == message) }
        #expect((health.status == .healthy) == (health.message == nil))
    }

    @Test(
        arguments: [
            ("{spec: {selector: {matchLabels: {a: b, c: d}}}}", "a=b,c=d"),
            (
                "{spec: {selector: {matchExpressions: [{key: a, operator: In, values: [x, z]}, {key: b, operator: DoesNotExist}]}}}",
                "a in (x,z),!b"
            ),
            ("{spec: {selector: {}}}", nil), ("{spec: {}}", nil),
        ] as [(String, String?)])
    func selectorsOfPods(_ row: (String, String?)) throws {
        let key = ResourceKey(group: "apps", kind: "Deployment", namespace: "n", name: "x")
        #expect(PodSelector(try yaml(row.0), key)?.text == row.1)
    }
}
