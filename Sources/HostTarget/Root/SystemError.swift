import Glibc
import Model

/// A system call that failed, as an error for people. `what` reads on from "Cannot": "write the file www/index.html".
func systemError(_ what: String, _ number: Int32 = errno) -> PlumbError {
    let reason = String(cString: strerror(number))
    let code: PlumbError.Code =
        switch number {
        case EACCES, EPERM, EROFS: .denied
        case ENOENT: .notFound
        case EEXIST, ENOTEMPTY, EBUSY: .conflict
        default: .failed
        }
    return PlumbError(code, "Cannot \(what): \(reason).", remedy: code == .denied ? "Run Plumb as a user that may do this." : nil)
}

/// Calls again after an interruption by a signal.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
