import Model
import NIOHTTP1

/// The headers that say on whose behalf a request is made.
enum RequestHeaders {
    /// Throws rather than leaving a header out: without one the request would run with Plumb's own rights.
    static func add(_ user: Impersonation, to headers: inout HTTPHeaders) throws {
        guard !user.user.isEmpty else {
            throw PlumbError(
                .invalid, "No request is sent: it is to be made on behalf of another user, and the name of that user is empty.")
        }
        try add("Impersonate-User", user.user, to: &headers)
        if let uid = user.uid { try add("Impersonate-Uid", uid, to: &headers) }
        for group in user.groups { try add("Impersonate-Group", group, to: &headers) }
        for (key, values) in user.extra.sorted(by: { $0.key < $1.key }) {
            guard !key.isEmpty else {
                throw PlumbError(.invalid, "No request is sent: the name of an extra field of the user is empty.")
            }
            for value in values { try add("Impersonate-Extra-\(PercentEncoding.headerKey(key))", value, to: &headers) }
        }
    }

    private static func add(_ name: String, _ value: String, to headers: inout HTTPHeaders) throws {
        // A newline would end the header and begin another; spaces at the ends are dropped on the way, making another name.
        let isClean = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f } && !value.hasPrefix(" ") && !value.hasSuffix(" ")
        guard !value.isEmpty, isClean else {
            throw PlumbError(.invalid, "No request is sent: \(value.quoted) cannot be sent as \(name).")
        }
        headers.add(name: name, value: value)
    }
}
