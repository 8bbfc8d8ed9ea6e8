#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// One request, as the API server's audit log tells it (audit.k8s.io/v1 `Event`).
package struct AuditEntry: Sendable, CustomStringConvertible {
    package let id: String
    /// get, list, watch, create, update, patch, delete, deletecollection.
    package let verb: String
    package let uri: String
    package let user: String
    /// Whom the user has asked to act as; empty for nobody.
    package let impersonatedUser: String
    package let userAgent: String
    /// The plural name, as in `deployments`; empty for requests that are not about objects.
    package let resource: String
    package let group: String
    package let subresource: String
    package let namespace: String
    package let name: String
    /// The HTTP status; 0 where the log has none.
    package let code: Int
    /// When the request arrived.
    package let timestamp: Date
    /// `ResponseComplete`, or `ResponseStarted` for a watch that is still open.
    package let stage: String
    /// Of a DELETE, the uid that the object has to have for it.
    package let requiredUID: String?

    package var isWrite: Bool {
        ["create", "update", "patch", "delete", "deletecollection"].contains(verb)
    }
    package var isDryRun: Bool { uri.contains("dryRun=All") }

    package var description: String { "\(verb) \(uri) by \(user) (\(userAgent)): \(code)" }
}

extension AuditEntry: Decodable {
    package init(from decoder: any Decoder) throws {
        let event = try Event(from: decoder)
        id = event.auditID
        verb = event.verb
        uri = event.requestURI
        user = event.user?.username ?? ""
        impersonatedUser = event.impersonatedUser?.username ?? ""
        userAgent = event.userAgent ?? ""
        resource = event.objectRef?.resource ?? ""
        group = event.objectRef?.apiGroup ?? ""
        subresource = event.objectRef?.subresource ?? ""
        namespace = event.objectRef?.namespace ?? ""
        name = event.objectRef?.name ?? ""
        code = event.responseStatus?.code ?? 0
        timestamp = try Date(event.requestReceivedTimestamp, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        stage = event.stage
        requiredUID = event.requestObject?.preconditions?.uid
    }

    private struct Event: Decodable {
        struct User: Decodable { var username: String? }
        struct Reference: Decodable {
            var resource, apiGroup, subresource, namespace, name: String?
        }
        struct Status: Decodable { var code: Int? }
        struct DeleteOptions: Decodable {
            struct Preconditions: Decodable { var uid: String? }
            var preconditions: Preconditions?
        }
        let auditID, verb, requestURI, stage, requestReceivedTimestamp: String
        var userAgent: String?
        var user: User?
        var impersonatedUser: User?
        /// The policy asks for it of DELETE alone.
        var requestObject: DeleteOptions?
        var objectRef: Reference?
        var responseStatus: Status?
    }
}
