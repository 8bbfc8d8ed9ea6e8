import HTTPTypes
import Manifests

/// The OpenAPI 3.1 document of a route table.
enum OpenAPI {
    static func document(of table: RouteTable, version: String) -> Value {
        var paths = Object()
        for route in table.routes {
            paths[route.path, default: .object(Object())][route.method.rawValue.lowercased()] = operation(route)
        }
        let schemas = Object(Schemas.components.map { ($0.name, $0.schema.value) })
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Plumb", "version": .string(version),
                "description": "What can be asked of a running operator. Times are RFC 3339 in UTC; lists are {items, total}.",
            ],
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
            ],
            "security": [["token": []]],
        ]
    }

    private static func operation(_ route: Route) -> Value {
        var value: Value = ["operationId": .string(route.id), "summary": .string(route.summary), "responses": responses(route)]
        let parameters = route.pathParameters.map(pathParameter) + route.query.map(queryParameter)
        let person = route.method == .post ? [personHeader] : []
        if !(parameters + person).isEmpty { value["parameters"] = .array(parameters + person) }
        if let body = route.body {
            var schema = Schema.object(body).value
            schema["additionalProperties"] = false
            value["requestBody"] = [
                "required": .bool(body.contains(where: \.isRequired)), "content": ["application/json": ["schema": schema]],
            ]
        }
        if !route.needsToken { value["security"] = [] }
        return value
    }

    private static func responses(_ route: Route) -> Value {
        var content = Object()
        if route.isText {
            content["text/plain"] = ["schema": route.reply.value]
        } else {
            content["application/json"] = ["schema": route.reply.value]
        }
        for (type, note) in route.otherContent { content[type] = ["schema": ["type": "string", "description": .string(note)]] }
        let error: Value = [
            "description": "What went wrong, and what to do about it.",
            "content": ["application/json": ["schema": Schema.named("Error").value]],
        ]
        return [
            "\(route.success.code)": ["description": .string(route.success.reasonPhrase), "content": .object(content)],
            "default": error,
        ]
    }

    private static func pathParameter(_ name: String) -> Value {
        ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
    }

    private static func queryParameter(_ parameter: Route.Parameter) -> Value {
        [
            "name": .string(parameter.name), "in": "query", "schema": parameter.schema.value,
            "description": .string(parameter.note),
        ]
    }

    private static let personHeader: Value = [
        "name": "Plumb-Person", "in": "header", "schema": ["type": "string", "maxLength": 100],
        "description": "Who is named for it in records and events; without it: token.",
    ]
}
