import Manifests
import Model
import OperatorTestSupport
import Testing

/// The document says what is served: every operation of it is asked for, and the answer has the shape that it promises.
@Suite struct OpenAPITests {
    private static func script() async -> ScriptedOperator {
        let script = ScriptedOperator(
            applications: [Scripted.troubled("shop"), Scripted.healthy("wiki")], repositories: [Scripted.repository("shop")],
            targets: [Scripted.target("kubernetes")])
        await script.set(plan: Scripted.plan("shop"), of: "shop")
        await script.set(history: [Scripted.history("shop", 1)], of: "shop")
        await script.happen(Scripted.drift("shop"))
        return script
    }

    private static let bodies: [String: String] = [
        "approvePlan": #"{"plan": "\#(Scripted.digest)"}"#, "rollbackApplication": #"{"revision": "x"}"#,
        "suspendApplication": #"{"reason": "x"}"#,
    ]

    @Test func everyOperationAnswersAsItSays() async throws {
        try await ServedOperator.with(await Self.script()) { served in
            let client = Client(served: served)
            let document = try await client.get("openapi.json").value
            #expect(document["openapi"] == "3.1.0")
            #expect(document.at("info", "version") == "1.2.3")
            let schemas = try #require(document.at("components", "schemas")?.object)
            let paths = try #require(document["paths"]?.object)
            var ids: Set<String> = []
            for path in paths {
                for method in try #require(path.value.object) {
                    let operation = method.value
                    let id = try #require(operation["operationId"]?.string)
                    #expect(ids.insert(id).inserted, "\(id) is there twice")
                    let answer = try await client.send(
                        method.key.uppercased(), path.key.replacing("{name}", with: "shop"), body: Self.bodies[id])
                    let described = try #require(
                        operation.at("responses", "\(answer.status)", "content"), "\(id) answers \(answer.status), unannounced")
                    let type = answer.header("content-type")?.prefix { $0 != ";" } ?? ""
                    let schema = try #require(described[String(type)]?["schema"], "\(id) answers \(type), unannounced")
                    guard type == "application/json", id != "openapi" else { continue }
                    let wrong = Shape(schemas: schemas).faults(try answer.value, schema, at: id)
                    #expect(wrong.isEmpty)
                }
            }
            #expect(ids.count == 19)
        }
    }

    @Test func whatItRefersToIsThere() async throws {
        try await ServedOperator.with { served in
            let document = try await Client(served: served).get("openapi.json")
            let names = try #require(try document.value.at("components", "schemas")?.object).keys
            let used = Set(document.text.matches(of: /#\/components\/schemas\/(\w+)/).map { String($0.1) })
            #expect(Set(names) == used)
        }
    }

    @Test func anErrorHasTheShapeOfErrors() async throws {
        try await ServedOperator.with { served in
            let client = Client(served: served)
            let document = try await client.get("openapi.json").value
            let schemas = try #require(document.at("components", "schemas")?.object)
            let answer = try await client.get("applications/none")
            #expect(try Shape(schemas: schemas).faults(answer.value, ["$ref": "#/components/schemas/Error"], at: "error").isEmpty)
        }
    }
}

/// Holds a value against a schema of the document, more strictly than it says: no field may be there that it does not name.
struct Shape {
    let schemas: Object

    func faults(_ value: Value, _ schema: Value, at place: String) -> [String] {
        if let name = schema["$ref"]?.string?.split(separator: "/").last {
            guard let schema = schemas[String(name)] else { return ["\(place): no schema \(name)"] }
            return faults(value, schema, at: place)
        }
        if let choices = schema["enum"]?.array, !choices.contains(value) { return ["\(place): \(value.json) is no choice"] }
        switch schema["type"]?.string {
        case "string": return value.string == nil ? ["\(place): \(value.typeName)"] : []
        case "integer": return value.integer == nil ? ["\(place): \(value.typeName)"] : []
        case "boolean": return value.bool == nil ? ["\(place): \(value.typeName)"] : []
        case "array":
            guard let elements = value.array, let items = schema["items"] else { return ["\(place): \(value.typeName)"] }
            return elements.enumerated().flatMap { faults($0.element, items, at: "\(place)/\($0.offset)") }
        case "object":
            guard let object = value.object else { return ["\(place): \(value.typeName)"] }
            return faults(object, schema, at: place)
        default: return ["\(place): no type"]
        }
    }

    private func faults(_ object: Object, _ schema: Value, at place: String) -> [String] {
        var found: [String] = []
        for name in schema["required"]?.array ?? [] where object[name.string ?? ""] == nil {
            found.append("\(place): lacks \(name)")
        }
        for member in object {
            guard let own = schema.at("properties", member.key) ?? schema["additionalProperties"] else {
                found.append("\(place): \(member.key) is not described")
                continue
            }
            found += faults(member.value, own, at: "\(place)/\(member.key)")
        }
        return found
    }
}
