import Manifests
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a credential plugin prints: the `status` of an `ExecCredential` (client.authentication.k8s.io).
struct ExecCredential: Sendable {
    var token: Secret?
    var certificate: ClientCertificate?
    /// From now on; nil when it lasts as long as the process. Zero when it is over already.
    var lifetime: Duration?

    /// Reads the JSON. The messages never quote it.
    init(_ bytes: [UInt8], apiVersion: String, now: Date = Date()) throws {
        func refuse(_ why: String) -> PlumbError { PlumbError(.invalid, why) }
        guard let document = try? JSON.parse(bytes) else { throw refuse("its output is not JSON") }
        guard document["kind"]?.string == "ExecCredential" else { throw refuse("its output is not an ExecCredential") }
        guard document["apiVersion"]?.string == apiVersion else {
            throw refuse(
                "it answers in \((document["apiVersion"]?.string ?? "no apiVersion").quoted), and \(apiVersion) was asked for")
        }
        guard let status = document["status"], status.object != nil else { throw refuse("its ExecCredential has no status") }
        token = status["token"]?.string.flatMap { $0.isEmpty ? nil : Secret($0) }
        switch (status["clientCertificateData"]?.string ?? "", status["clientKeyData"]?.string ?? "") {
        case ("", ""): certificate = nil
        case (_, ""), ("", _): throw refuse("it gives only one of clientCertificateData and clientKeyData")
        case (let chain, let key): certificate = ClientCertificate(certificate: Array(chain.utf8), key: Secret(key))
        }
        if token == nil && certificate == nil { throw refuse("it gives neither a token nor a client certificate") }
        if let text = status["expirationTimestamp"]?.string {
            guard let end = Timestamp.parse(text) else { throw refuse("its expirationTimestamp is not a time") }
            lifetime = .seconds(max(0, end.timeIntervalSince(now)))
        }
    }
}

/// RFC 3339, with and without fractions of a second.
enum Timestamp {
    static func parse(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
