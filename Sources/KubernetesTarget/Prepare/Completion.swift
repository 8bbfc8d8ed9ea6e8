import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Brings a manifest into the form in which the server keeps it, where applying it as written would go wrong: release 1.20
/// answers a list key without its default with 500, and counts what it converts (`stringData`, a null timestamp) as a
/// change every time.
enum Completion {
    static func complete(_ manifest: Manifest) throws -> Manifest {
        var manifest = manifest
        var value = withoutNullTimestamps(manifest.value)
        value["status"] = nil
        if var metadata = value["metadata"] {
            for field in ["managedFields", "resourceVersion", "uid", "selfLink", "generation", "creationTimestamp"] {
                metadata[field] = nil
            }
            value["metadata"] = metadata
        }
        if manifest.group.isEmpty && manifest.kind == "Secret" { try foldStringData(&value, at: manifest.origin) }
        if manifest.group.isEmpty && manifest.kind == "Service" { fillProtocols(&value, at: ["spec", "ports"]) }
        if let path = podSpecs[manifest.kind], !manifest.group.contains(".") || manifest.group.hasSuffix(".k8s.io") {
            change(&value, at: path) { spec in
                for list in ["containers", "initContainers"] {
                    guard let containers = spec[list]?.array else { continue }
                    spec[list] = .array(
                        containers.map { container in
                            var container = container
                            fillProtocols(&container, at: ["ports"])
                            for kind in ["limits", "requests"] { writeQuantities(&container, at: ["resources", kind]) }
                            return container
                        })
                }
            }
        }
        manifest.value = value
        return manifest
    }

    /// Where the built-in kinds have their Pod's specification.
    static let podSpecs: [String: [String]] = [
        "Pod": ["spec"], "PodTemplate": ["template", "spec"], "ReplicationController": ["spec", "template", "spec"],
        "Deployment": ["spec", "template", "spec"], "StatefulSet": ["spec", "template", "spec"],
        "DaemonSet": ["spec", "template", "spec"], "ReplicaSet": ["spec", "template", "spec"], "Job": ["spec", "template", "spec"],
        "CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
    ]

    private static func change(_ value: inout Value, at path: [String], _ body: (inout Value) -> Void) {
        guard let key = path.first else { return body(&value) }
        guard var child = value[key], child.object != nil else { return }
        change(&child, at: Array(path.dropFirst()), body)
        value[key] = child
    }

    private static func fillProtocols(_ value: inout Value, at path: [String]) {
        let parent = Array(path.dropLast())
        guard let field = path.last else { return }
        change(&value, at: parent) { owner in
            guard let ports = owner[field]?.array else { return }
            owner[field] = .array(
                ports.map { port in
                    var port = port
                    if port.object != nil && (port["protocol"] ?? .null).isNull { port["protocol"] = "TCP" }
                    return port
                })
        }
    }

    /// `cpu: 0.5` is a number to YAML and text to the API; release 1.20 answers the number with 500.
    private static func writeQuantities(_ value: inout Value, at path: [String]) {
        change(&value, at: path) { amounts in
            for member in amounts.object ?? Object() {
                switch member.value {
                case .integer, .double: amounts[member.key] = .string(member.value.json)
                case .null, .bool, .string, .array, .object: continue
                }
            }
        }
    }

    /// So that fields are owned, and compared, under the name by which the server keeps them.
    private static func foldStringData(_ value: inout Value, at origin: Origin) throws {
        guard let plain = value["stringData"], !plain.isNull else {
            value["stringData"] = nil
            return
        }
        guard let members = plain.object else {
            throw PlumbError(.invalid, "stringData of a Secret has to be a mapping.", at: origin)
        }
        var data = value["data"]?.object ?? Object()
        for member in members {
            guard let text = member.value.string else {
                throw PlumbError(
                    .invalid, "stringData of a Secret holds \(member.value.typeName) under \(member.key.quoted).",
                    remedy: "Put the value in quotes.", at: origin)
            }
            data[member.key] = .string(Data(text.utf8).base64EncodedString())
        }
        value["data"] = .object(data)
        value["stringData"] = nil
    }

    /// Generators write `creationTimestamp: null` into every metadata, also those of templates.
    private static func withoutNullTimestamps(_ value: Value) -> Value {
        switch value {
        case .object(let members):
            .object(
                members.filter { !($0.key == "creationTimestamp" && $0.value.isNull) }.mapValues(withoutNullTimestamps))
        case .array(let elements): .array(elements.map(withoutNullTimestamps))
        default: value
        }
    }
}
