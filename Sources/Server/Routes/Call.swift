import HTTPTypes
import Hummingbird
import Manifests
import Model
import NIOCore
import Operator

/// One request, decoded as far as handlers need it. What is wrong in it throws `invalid`.
struct Call: Sendable {
    let route: Route
    let services: Services
    let request: Request
    let context: APIContext

    var interface: any OperatorInterface { services.interface }

    /// The `{name}` of the path.
    var name: String {
        get throws {
            guard let raw = context.parameters.get("name"), let name = raw.removingPercentEscapes, !name.isEmpty else {
                throw PlumbError(.invalid, "The name in the address is not UTF-8 with %XX escapes.")
            }
            return name
        }
    }

    func query(_ name: String) -> String? { request.uri.queryParameters[Substring(name)].map(String.init) }

    /// A mistyped parameter must not quietly mean "everything".
    func checkQuery() throws {
        let known = route.query.map(\.name)
        for (name, _) in request.uri.queryParameters where !known.contains(String(name)) {
            let takes = known.isEmpty ? "It takes none." : "It takes \(known.joined(separator: ", "))."
            throw PlumbError(.invalid, "There is no parameter \(String(name).quoted) here.", remedy: takes)
        }
    }

    func limit(usual: Int) throws -> Int {
        guard let text = query("limit") else { return usual }
        guard let limit = Int(text), (1...Self.largestLimit).contains(limit) else {
            throw PlumbError(.invalid, "limit is \(text.quoted), and has to be a number from 1 to \(Self.largestLimit).")
        }
        return limit
    }

    static let largestLimit = 1000

    /// The id of an event, from a query parameter or a header; nil where none is given.
    func eventID(_ text: String?, _ what: String) throws -> Int64? {
        guard let text else { return nil }
        guard let id = Int64(text), id >= 0 else {
            throw PlumbError(.invalid, "\(what) is \(text.quoted), and has to be the id of an event, a number.")
        }
        return id
    }

    /// Who is to be named for what is done. Nobody has checked a name that the request gives, and what is recorded says so.
    var person: String {
        get throws {
            guard let name = request.headers[.plumbPerson], !name.isEmpty else { return "token" }
            let isPrintable = name.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
                default: true
                }
            }
            guard isPrintable, name.unicodeScalars.count <= 100 else {
                throw PlumbError(.invalid, "Plumb-Person has to be a name of up to 100 printable characters.")
            }
            return "\(name) (unverified)"
        }
    }

    /// The JSON object of the body, which may hold the route's fields and no others; empty where there is no body.
    func fields() async throws -> Object {
        let buffer = try await request.body.collect(upTo: .max)
        let known = route.body ?? []
        if buffer.readableBytes == 0 && !known.contains(where: \.isRequired) { return Object() }
        let value = try JSON.parse(Array(buffer: buffer), file: "The request's body")
        guard let object = value.object else {
            throw PlumbError(.invalid, "The request's body is \(value.typeName), and has to be an object.")
        }
        for member in object where !known.contains(where: { $0.name == member.key }) {
            throw PlumbError(.invalid, "The request's body has an unknown field \(member.key.quoted).")
        }
        for field in known {
            guard let value = object[field.name] else {
                if !field.isRequired { continue }
                throw PlumbError(.invalid, "The request's body lacks the field \(field.name.quoted): \(field.note)")
            }
            guard value.string != nil else {
                throw PlumbError(.invalid, "The field \(field.name.quoted) is \(value.typeName), and has to be a string.")
            }
        }
        return object
    }
}

extension HTTPField.Name {
    static var plumbPerson: HTTPField.Name { knownName("Plumb-Person") }
    static var lastEventID: HTTPField.Name { knownName("Last-Event-ID") }
    static var contentTypeOptions: HTTPField.Name { knownName("X-Content-Type-Options") }

    /// For names that are tokens, as all of these are.
    private static func knownName(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .from }
}

extension String {
    /// nil where an escape is not two digits, or what comes out is not UTF-8.
    var removingPercentEscapes: String? {
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, !digits.contains(UInt8(ascii: "+")), let value = UInt8(Substring(digits), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
