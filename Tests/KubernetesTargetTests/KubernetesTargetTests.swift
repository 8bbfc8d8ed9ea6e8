// KubernetesTarget
