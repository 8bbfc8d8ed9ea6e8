import Manifests
import Model

/// What two specs of a process differ in, field by field; values of the environment are never shown.
enum ProcessDifference {
    static func fields(from old: Value, to new: Value) -> [FieldChange] {
        var fields: [FieldChange] = []
        for name in Set((old.object?.keys ?? []) + (new.object?.keys ?? [])).sorted() where old[name] != new[name] {
            if name == "environment" {
                fields += environment(from: old[name], to: new[name])
            } else {
                fields.append(FieldChange(path: "/spec/\(name)", old: old[name].map(shown), new: new[name].map(shown)))
            }
        }
        // The manifest is the same, and so another file is meant by it.
        if fields.isEmpty {
            fields.append(FieldChange(path: "/spec/restartOn", old: nil, new: "an object that it names has changed"))
        }
        return fields
    }

    private static func environment(from old: Value?, to new: Value?) -> [FieldChange] {
        let names = Set((old?.object?.keys ?? []) + (new?.object?.keys ?? [])).sorted()
        return names.filter { old?[$0] != new?[$0] }.map { name in
            FieldChange(
                path: "/spec/environment/\(name)", old: old?[name].map { _ in "(set)" },
                new: new?[name].map { _ in "(set to another value)" })
        }
    }

    private static func shown(_ value: Value) -> String {
        let text = value.string ?? value.json
        return text.count > 200 ? text.prefix(200) + "…" : text
    }
}
