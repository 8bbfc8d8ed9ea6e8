import Manifests
import Model
import SystemPackage

/// Finds, reads and merges kubeconfig files, and turns one context into a configuration.
struct KubeconfigLoader {
    let environment: [String: String]

    private static let sizeLimit = 16 << 20

    func load(path: String?, context: String?) async throws -> KubernetesConfiguration {
        let (paths, mayBeMissing) = try candidates(path)
        var merged = Kubeconfig()
        var files: [String] = []
        for path in paths {
            guard let bytes = try await read(path, mayBeMissing: mayBeMissing) else { continue }
            merged.merge(try Self.parse(bytes, file: path))
            files.append(path)
        }
        if files.isEmpty {
            throw PlumbError(
                .notFound, "There is no kubeconfig: \(paths.map(\.quoted).joined(separator: ", ")) does not exist.",
                remedy: "Name one with --kubeconfig or $KUBECONFIG.")
        }
        let selection = try merged.select(context: context, files: files.joined(separator: ":"))
        return try await ContextResolver(selection: selection, environment: environment).resolve()
    }

    /// Which files, in order of precedence. Of a list, and of the default place, files may be missing.
    func candidates(_ path: String?) throws -> (paths: [String], mayBeMissing: Bool) {
        if let path { return ([path], false) }
        let listed = (environment["KUBECONFIG"] ?? "").split(separator: ":").map(String.init)
        if !listed.isEmpty { return (listed, true) }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw PlumbError(
                .notFound, "There is no kubeconfig: $HOME is not set.", remedy: "Name one with --kubeconfig or $KUBECONFIG.")
        }
        return (["\(home)/.kube/config"], true)
    }

    static func parse(_ bytes: [UInt8], file: String) throws -> Kubeconfig {
        let documents: [YAML.Document]
        do {
            documents = try YAML.parse(bytes, file: file)
        } catch {
            // The parser's own words may quote the line, which may hold a token.
            throw Fields.error(file, "it is not valid YAML\(error.origin?.line.map { " (line \($0))" } ?? "")")
        }
        guard documents.count <= 1 else { throw Fields.error(file, "it holds \(documents.count) documents instead of one") }
        return try Kubeconfig(documents.first?.value ?? .null, file: file)
    }

    private func read(_ path: String, mayBeMissing: Bool) async throws -> [UInt8]? {
        do {
            return try await LocalFile.read(FilePath(path), limit: Self.sizeLimit)
        } catch Errno.noSuchFileOrDirectory where mayBeMissing {
            return nil
        } catch let error as Errno {
            throw PlumbError(.notFound, "The kubeconfig \(path.quoted) cannot be read: \(error).")
        }
    }
}
