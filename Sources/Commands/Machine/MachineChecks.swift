import KubernetesClient
import Manifests
import Model
import Sources

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The findings of `plumb check`. None of them throws: what fails is a finding.
enum MachineChecks {
    static func git() async -> Finding {
        do {
            return Finding(name: "git", state: .ok, detail: try await GitCheck.version())
        } catch {
            return Finding(name: "git", state: .missing, detail: "\(error)")
        }
    }

    static func host(_ root: String) async -> Finding {
        var isDirectory = false
        let exists = FileManager.default.fileExists(atPath: root, isDirectory: &isDirectory)
        let writable = exists ? root : URL(fileURLWithPath: root).standardizedFileURL.deletingLastPathComponent().path
        if exists && !isDirectory { return Finding(name: "host root", state: .missing, detail: "\(root) is no directory.") }
        guard FileManager.default.isWritableFile(atPath: writable) else {
            return Finding(name: "host root", state: .missing, detail: "\(writable) cannot be written to by this user.")
        }
        return Finding(name: "host root", state: .ok, detail: exists ? root : "\(root) will be created")
    }

    static func cluster(_ options: TargetOptions) async -> [Finding] {
        let environment = ProcessInfo.processInfo.environment
        let isWanted = options.kubeconfig != nil || options.context != nil || options.target == "kubernetes"
        let usual = (environment["HOME"] ?? "") + "/.kube/config"
        guard isWanted || environment["KUBECONFIG"] != nil || FileManager.default.fileExists(atPath: usual) else {
            return [Finding(name: "cluster", state: .skipped, detail: "There is no kubeconfig; name one with --kubeconfig.")]
        }
        do {
            let configuration = try await KubernetesConfiguration.load(
                kubeconfig: options.kubeconfig, context: options.context, environment: environment)
            let client = try KubernetesClient(
                configuration: configuration, userAgent: "plumb/\(PlumbVersion.text)", logger: Session.logger)
            let findings = await findings(client, configuration)
            try await client.shutdown()
            return findings
        } catch {
            return [Finding(name: "cluster", state: .missing, detail: "\(error)")]
        }
    }

    private static func findings(_ client: KubernetesClient, _ configuration: KubernetesConfiguration) async -> [Finding] {
        do {
            let version = try await client.version()
            let reached = Finding(
                name: "cluster", state: .ok,
                detail: "\(configuration.server), Kubernetes \(version.gitVersion)"
                    + (configuration.contextName.map { ", context \($0)" } ?? ""))
            return [reached, await rights(client)]
        } catch {
            return [Finding(name: "cluster", state: .missing, detail: "\(error)")]
        }
    }

    /// Everything is the short answer; whoever has less is told which verbs of it are missing.
    private static func rights(_ client: KubernetesClient) async -> Finding {
        let reviews = APIResource(
            group: "authorization.k8s.io", version: "v1", kind: "SelfSubjectAccessReview", plural: "selfsubjectaccessreviews",
            namespaced: false)
        var refused: [String] = []
        do {
            for verb in ["get", "list", "watch", "create", "patch", "delete"] {
                let body: Value = [
                    "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
                    "spec": ["resourceAttributes": ["verb": .string(verb), "group": "*", "resource": "*"]],
                ]
                let answer = try await client.create(reviews, namespace: nil, body: body, fieldManager: "plumb")
                if answer.at("status", "allowed")?.bool != true { refused.append(verb) }
            }
        } catch {
            return Finding(name: "rights", state: .missing, detail: "\(error)")
        }
        if refused.isEmpty { return Finding(name: "rights", state: .ok, detail: "everything, on all kinds") }
        return Finding(
            name: "rights", state: .ok,
            detail:
                "not on all kinds for: \(refused.joined(separator: ", ")); what an application needs is tried when it is planned")
    }
}
