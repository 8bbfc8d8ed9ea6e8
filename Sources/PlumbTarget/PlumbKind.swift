import Manifests
import Model

/// The kinds that the operator keeps.
enum PlumbKind: String, CaseIterable {
    case application = "Application"
    case repository = "Repository"

    static let group = "plumb.dev"
    static let apiVersion = "plumb.dev/v1alpha1"
    static let list = allCases.map(\.rawValue).joined(separator: " and ") + " objects"

    /// The application that writes the others here.
    static let reservedName = "root"

    /// Throws `invalid` or `unsupported`, with the origin, for an object that the operator could not act on.
    static func validate(_ manifest: Manifest) throws {
        switch PlumbKind(rawValue: manifest.kind) {
        case .application?:
            let application = try ApplicationReader.application(from: manifest)
            guard application.name != reservedName else {
                throw PlumbError(
                    .invalid, "The name \(reservedName) belongs to the application that applies the operator's own objects.",
                    remedy: "Give it another one.", at: manifest.origin)
            }
        case .repository?: _ = try RepositoryReader.repository(from: manifest)
        case nil: throw PlumbError(.invalid, "\(manifest.kind.quoted) is no object of the operator's.", at: manifest.origin)
        }
    }
}
