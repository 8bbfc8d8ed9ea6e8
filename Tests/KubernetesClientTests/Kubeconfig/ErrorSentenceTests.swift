import KubernetesClient
import Manifests
import Model
import Testing

/// The words of errors, and what callers may branch on.
@Suite struct ErrorSentenceTests {
    struct Case: Sendable {
        let error: KubernetesError
        let sentence: String
        let code: PlumbError.Code
    }

    private static func error(
        _ status: Int, _ reason: String, _ message: String, name: String = "", causes: [KubernetesError.Cause] = []
    ) -> KubernetesError {
        KubernetesError(
            httpStatus: status, reason: reason, message: message, causes: causes, subject: .init(name: name),
            request: "APPLY pods v1 n/a")
    }

    @Test(arguments: [
        Case(
            error: error(403, "Forbidden", #"pods is forbidden: User "bob" cannot list resource "pods""#),
            sentence:
                #"The API server does not permit it: pods is forbidden: User "bob" cannot list resource "pods" (APPLY pods v1 n/a)."#,
            code: .denied),
        Case(
            error: error(401, "Unauthorized", "Unauthorized"),
            sentence: "The API server does not accept the credentials: Unauthorized (APPLY pods v1 n/a).", code: .denied),
        Case(
            error: error(404, "NotFound", #"pods "a" not found"#, name: "a"),
            sentence: #"The API server has not found it: pods "a" not found (APPLY pods v1 n/a)."#, code: .notFound),
        Case(
            error: error(404, "NotFound", "the server could not find the requested resource"),
            sentence: "The API server does not serve this: the server could not find the requested resource (APPLY pods v1 n/a).",
            code: .notFound),
        Case(
            error: error(409, "AlreadyExists", "exists."), sentence: "It exists already: exists (APPLY pods v1 n/a).",
            code: .conflict),
        Case(
            error: error(
                409, "Conflict", "Apply failed with 1 conflict",
                causes: [.init(field: ".spec.replicas", reason: "FieldManagerConflict", message: #"conflict with "kubectl""#)]),
            sentence:
                #"Somebody else owns or changed it: Apply failed with 1 conflict; .spec.replicas: conflict with "kubectl" (APPLY pods v1 n/a)."#,
            code: .conflict),
        Case(
            error: error(
                422, "Invalid", "Pod \"a\" is invalid: spec: Required value",
                causes: [.init(field: "spec", reason: "FieldValueRequired", message: "Required value")]),
            sentence: #"The API server finds it invalid: Pod "a" is invalid: spec: Required value (APPLY pods v1 n/a)."#,
            code: .invalid),
        Case(
            error: error(429, "TooManyRequests", ""), sentence: "The API server is too busy: TooManyRequests (APPLY pods v1 n/a).",
            code: .unreachable),
        Case(
            error: error(504, "Timeout", "webhook"),
            sentence: "The API server failed with status 504: webhook (APPLY pods v1 n/a).",
            code: .timedOut),
        Case(
            error: error(500, "InternalError", "x"), sentence: "The API server failed with status 500: x (APPLY pods v1 n/a).",
            code: .failed),
    ])
    func sentences(_ test: Case) {
        #expect(test.error.description == test.sentence)
        #expect(test.error.plumbError.code == test.code)
    }

    @Test(arguments: [
        (429, "x", true, false), (503, "x", true, false), (500, "x", true, false),
        (500, "field not declared in schema", false, true),
        (422, "x", false, true), (400, "x", false, true), (409, "x", false, false), (403, "x", false, false),
    ])
    func branches(_ status: Int, _ message: String, _ isRetryable: Bool, _ isInvalid: Bool) {
        let error = Self.error(status, "", message)
        #expect(error.isRetryable == isRetryable)
        #expect(error.isInvalid == isInvalid)
    }

    @Test(arguments: [("1", "20", 1, 20), ("1", "27+", 1, 27), ("1", "36-rc.1", 1, 36)])
    func versions(_ major: String, _ minor: String, _ expectedMajor: Int, _ expectedMinor: Int) {
        let version = ServerVersion(["major": .string(major), "minor": .string(minor), "gitVersion": "v"])
        #expect(version == ServerVersion(major: expectedMajor, minor: expectedMinor, gitVersion: "v"))
        #expect(ServerVersion(["major": "", "minor": "1", "gitVersion": "v"]) == nil)
        #expect(ServerVersion(.null) == nil)
    }

    @Test func secretsDoNotPrint() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(["s": secret], to: &dumped)
        for text in ["\(secret)", String(describing: [secret]), String(reflecting: Optional(secret)), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }
}
