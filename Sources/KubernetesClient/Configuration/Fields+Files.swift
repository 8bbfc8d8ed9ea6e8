import Model
import SystemPackage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Fields {
    private static let materialLimit = 4 << 20

    /// What `KEY-data` holds in base64, else what the file that `KEY` names holds.
    func material(_ key: String) async throws -> [UInt8]? {
        if let data = try base64("\(key)-data") { return data }
        guard let path = try path(key) else { return nil }
        do {
            return try await LocalFile.read(path, limit: Self.materialLimit)
        } catch let failure as Errno {
            throw error("\(key): the file \(path.string.quoted) cannot be read: \(failure)")
        }
    }

    /// A path; relative ones are relative to the kubeconfig they stand in.
    func path(_ key: String) throws -> FilePath? {
        try string(key).map(resolve)
    }

    func resolve(_ text: String) -> FilePath {
        FilePath(file).removingLastComponent().pushing(FilePath(text))
    }

    func unsupported(_ key: String) -> PlumbError {
        PlumbError(.unsupported, "kubeconfig \(file): \(place): \(key) is not supported.")
    }
}

enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
