/// An answer of the API server that is not a success.
///
/// A server that gives no answer at all is a `PlumbError` (`unreachable`, `timedOut`, `denied` for TLS, `limit`).
package struct KubernetesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing that is wrong with an object.
    package struct Cause: Sendable, Hashable {
        /// A path as the server writes it: `spec.ports[0].port`. May be empty.
        package var field: String
        package var reason: String
        package var message: String

        package init(field: String, reason: String, message: String) {
            self.field = field
            self.reason = reason
            self.message = message
        }
    }

    /// What the error is about, as far as the server says.
    package struct Subject: Sendable, Hashable {
        package var group: String
        package var kind: String
        package var name: String

        package init(group: String = "", kind: String = "", name: String = "") {
            self.group = group
            self.kind = kind
            self.name = name
        }
    }

    package var httpStatus: Int
    /// The server's word: `NotFound`, `Conflict`, `Forbidden`, `Invalid`, `AlreadyExists`, … or one made from the status.
    package var reason: String
    /// The server's sentence, without what a Secret holds.
    package var message: String
    package var causes: [Cause]
    package var subject: Subject
    /// `PATCH deployments apps/v1 ns/name`
    package var request: String
    package var retryAfter: Duration?

    package init(
        httpStatus: Int, reason: String, message: String, causes: [Cause] = [], subject: Subject = Subject(), request: String,
        retryAfter: Duration? = nil
    ) {
        self.httpStatus = httpStatus
        self.reason = reason
        self.message = message
        self.causes = causes
        self.subject = subject
        self.request = request
        self.retryAfter = retryAfter
    }

    package var isNotFound: Bool { httpStatus == 404 }
    /// Somebody else changed or owns it; an `AlreadyExists` is none.
    package var isConflict: Bool { httpStatus == 409 && reason != "AlreadyExists" }
    package var isAlreadyExists: Bool { reason == "AlreadyExists" }
    package var isUnauthorized: Bool { httpStatus == 401 }
    package var isForbidden: Bool { httpStatus == 403 }
    package var isInvalid: Bool { httpStatus == 422 || httpStatus == 400 || isSchemaError }
    /// The resourceVersion or continue token is too old.
    package var isExpired: Bool { httpStatus == 410 || reason == "Expired" }
    /// The same request may succeed later without anybody changing anything.
    package var isRetryable: Bool {
        switch httpStatus {
        case 408, 429, 502, 503, 504: true
        case 500: !isSchemaError
        default: false
        }
    }

    /// Release 1.20 and others answer a field that the schema does not know with 500; that is bad input, not a fault.
    private var isSchemaError: Bool {
        httpStatus == 500
            && (message.contains("field not declared in schema") || message.contains("failed to create typed patch object"))
    }
}
