package import Manifests
package import Template

/// What a rendering depends on beside the chart.
package struct RenderOptions: Sendable {
    package var releaseName: String
    package var namespace: String
    /// The first is an installation, every other one an upgrade.
    package var revision = 1
    /// In the order in which they count.
    package var values: [ValuesSource] = []
    package var capabilities = Capabilities.standard
    package var checksSchema = true
    /// Whether a chart that is for other versions of Kubernetes is an error.
    package var checksKubeVersion = true
    package var environment = Environment()
    /// The template function `lookup`: apiVersion, kind, namespace, name. By default there is nothing to be found.
    package var lookup: @Sendable (String, String, String, String) throws -> Value = { _, _, _, _ in .object(Object()) }

    package init(releaseName: String, namespace: String) {
        self.releaseName = releaseName
        self.namespace = namespace
    }
}

/// What the cluster is said to be.
package struct Capabilities: Sendable {
    /// `v1.31.2`
    package var kubeVersion: String
    package var apiVersions: [String]

    package init(kubeVersion: String, apiVersions: [String] = Capabilities.standard.apiVersions) {
        self.kubeVersion = kubeVersion.hasPrefix("v") ? kubeVersion : "v" + kubeVersion
        self.apiVersions = apiVersions
    }

    private init(standardVersion: String, standardAPIVersions: [String]) {
        kubeVersion = standardVersion
        apiVersions = standardAPIVersions
    }

    /// What Helm assumes without a cluster.
    package static let standard = Capabilities(
        standardVersion: "v1.36.0",
        standardAPIVersions: [
            "v1", "admissionregistration.k8s.io/v1", "admissionregistration.k8s.io/v1alpha1",
            "admissionregistration.k8s.io/v1beta1", "internal.apiserver.k8s.io/v1alpha1", "apps/v1", "apps/v1beta1",
            "apps/v1beta2", "authentication.k8s.io/v1", "authentication.k8s.io/v1alpha1", "authentication.k8s.io/v1beta1",
            "authorization.k8s.io/v1", "authorization.k8s.io/v1beta1", "autoscaling/v1", "autoscaling/v2", "batch/v1",
            "batch/v1beta1", "certificates.k8s.io/v1", "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1alpha1",
            "coordination.k8s.io/v1alpha2", "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1", "discovery.k8s.io/v1",
            "discovery.k8s.io/v1beta1", "events.k8s.io/v1", "events.k8s.io/v1beta1", "extensions/v1beta1",
            "flowcontrol.apiserver.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1beta2",
            "flowcontrol.apiserver.k8s.io/v1beta3", "networking.k8s.io/v1", "networking.k8s.io/v1beta1", "node.k8s.io/v1",
            "node.k8s.io/v1alpha1", "node.k8s.io/v1beta1", "policy/v1", "policy/v1beta1", "rbac.authorization.k8s.io/v1",
            "rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1alpha1", "resource.k8s.io/v1",
            "resource.k8s.io/v1beta2", "resource.k8s.io/v1beta1", "resource.k8s.io/v1alpha3", "scheduling.k8s.io/v1alpha2",
            "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1", "storage.k8s.io/v1beta1", "storage.k8s.io/v1",
            "storage.k8s.io/v1alpha1", "storagemigration.k8s.io/v1beta1", "apiextensions.k8s.io/v1beta1",
            "apiextensions.k8s.io/v1",
        ])
}
