import Model
import Template

/// A packed chart: what `helm package` makes.
package enum ChartArchive {
    private static let maximumBytes = 128 << 20
    private static let maximumFiles = 20_000

    /// The files below its one directory, whatever that is called; `path` names it in errors.
    ///
    /// Throws `invalid` for what is no archive, `limit` for one that is too large unpacked.
    package static func files(_ bytes: [UInt8], path: String) throws -> [ChartFile] {
        do {
            return try Tar.files(try Inflate.gunzip(bytes, limit: maximumBytes), limit: maximumFiles).compactMap { entry in
                let name = String(entry.path.map { $0 == "\\" ? "/" : $0 })
                let parts = GoPath.clean(name).split(separator: "/", maxSplits: 1)
                return parts.count == 2 && !parts[1].hasPrefix("../") && parts[0] != ".."
                    ? ChartFile(String(parts[1]), entry.content) : nil
            }
        } catch var error as PlumbError {
            error.message = "\(path): " + error.message
            throw error
        }
    }
}
