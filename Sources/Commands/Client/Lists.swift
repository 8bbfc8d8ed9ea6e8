import Manifests
import Model

extension Value {
    /// `{items, total}`, as the API has it.
    static func list(_ items: [Value]) -> Value { ["items": .array(items), "total": .integer(Int64(items.count))] }
}

extension OperatorClient {
    /// The items of a list.
    func items(_ path: [String], query: [(String, String)] = []) async throws -> [Value] {
        let answer = try await get(path, query: query)
        guard let items = answer["items"]?.array else {
            throw PlumbError(.failed, "The operator at \(address.url) answers without a list; is it of another version?")
        }
        return items
    }
}

extension [Value] {
    /// Those with that name in one of `fields`; all where none is asked for. Throws `notFound` where there is none.
    func named(_ name: String?, _ noun: String, by fields: [String]) throws -> [Value] {
        guard let name else { return self }
        let found = filter { item in fields.contains { item[$0]?.string == name } }
        if found.isEmpty { throw PlumbError(.notFound, "There is no \(noun) \(name.quoted).") }
        return found
    }
}
