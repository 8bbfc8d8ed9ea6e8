import Model
import Synchronization

/// The installation that this process has found on a root; from then on another one, or none, is an error.
final class SeenInstallation: Sendable {
    private let seen = Mutex<String?>(nil)

    func check(_ installation: String?, _ root: String) throws {
        let known = seen.withLock { known in
            if known == nil { known = installation }
            return known
        }
        guard let known, known != installation else { return }
        guard let installation else {
            throw PlumbError(
                .unreachable,
                "Plumb's directory \(root)/\(HostPath.reserved) is gone, or its installation is: nothing is known of the host.",
                remedy: "Mount or restore it; or start Plumb anew, and it begins there from nothing.")
        }
        throw PlumbError(
            .denied, "The root \(root) belongs to the installation \(installation) now; it was \(known).",
            remedy: "Start Plumb anew if that is meant.")
    }

    func forget() { seen.withLock { $0 = nil } }
}
