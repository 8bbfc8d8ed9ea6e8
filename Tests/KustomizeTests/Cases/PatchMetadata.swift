/// Labels and annotations of patches, which Kustomize makes texts of where it writes the patch's metadata anew.
extension Cases {
    static let patchMetadata: [Case] = spellings.flatMap { name, metadata in
        [
            patched("\(name), in patchesStrategicMerge", "patchesStrategicMerge:\n- |\n  \(patch(metadata))\n"),
            patched("\(name), in a patch", "patches:\n- patch: |\n    \(patch(metadata))\n"),
            patched(
                "\(name), in a patch with a target", "patches:\n- target: {kind: Secret}\n  patch: |\n    \(patch(metadata))\n"),
            patched(
                "\(name), in a patch that may rename",
                "patches:\n- options: {allowNameChange: true}\n  patch: |\n    \(patch(metadata))\n"),
        ]
    }

    private static let spellings: [(String, String)] = [
        ("scalars in many spellings", "annotations: {a: null, b: 5, e: yes}, labels: {a: ~, b: 5, c: 1.0, d: 0x10, f: true}"),
        ("empty labels", "labels: {}"),
        ("labels that are null", "labels: null, annotations: {n: x}"),
        ("annotations that are null", "annotations: null, labels: {n: x}"),
        ("a removed label", "labels: {z: null}"),
    ]

    private static func patch(_ metadata: String) -> String {
        "{apiVersion: v1, kind: Secret, metadata: {name: a, \(metadata)}}"
    }

    private static func patched(_ name: String, _ rules: String) -> Case {
        Case(
            name,
            [
                "kustomization.yaml": "resources: [r.yaml]\n\(rules)",
                "r.yaml": "{apiVersion: v1, kind: Secret, metadata: {name: a, labels: {z: z}, annotations: {a: b, z: z}}}\n",
            ])
    }

    static let refusedNamespacedVariable = Case(
        "a variable of an object without namespaces, named with one",
        [
            "kustomization.yaml": """
            resources: [r.yaml]
            vars: [{name: A, objref: {kind: PersistentVolume, name: disk, apiVersion: v1, namespace: alpha}}]

            """,
            "r.yaml": "{apiVersion: v1, kind: PersistentVolume, metadata: {name: disk, namespace: alpha}}\n",
        ])
}
