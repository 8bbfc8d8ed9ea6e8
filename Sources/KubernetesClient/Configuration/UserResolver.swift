import Manifests
import Model
import SystemPackage

/// Turns the user of a context into a source of credentials.
struct UserResolver {
    struct Resolved {
        var source = CredentialSource.anonymous
        var impersonate: Impersonation?
    }

    let selection: Kubeconfig.Selection
    let environment: [String: String]
    let cluster: ResolvedCluster

    func resolve() async throws -> Resolved {
        guard let entry = selection.user else { return Resolved() }
        let fields = Fields(value: entry.value, file: entry.file, place: "user \(entry.name.quoted)")
        if let provider = entry.value["auth-provider"], !provider.isNull {
            throw PlumbError(
                .unsupported,
                "kubeconfig \(entry.file): \(fields.place): auth-provider is not supported; Kubernetes 1.26 has removed it.",
                remedy: "Use the exec plugin of the provider.")
        }
        var source = try await certificate(fields)
        let methods = try authorizations(fields)
        guard methods.count <= 1 else {
            throw fields.error("only one of token, username and exec can be used, and there are \(methods.count)")
        }
        source.authorization = methods.first ?? .none
        return Resolved(source: source, impersonate: try impersonation(fields))
    }

    private func certificate(_ fields: Fields) async throws -> CredentialSource {
        let chain = try await fields.material("client-certificate")
        let key = try await fields.material("client-key")
        guard let chain, let key else {
            if chain != nil { throw fields.error("there is a client-certificate and no client-key") }
            if key != nil { throw fields.error("there is a client-key and no client-certificate") }
            return .anonymous
        }
        var source = CredentialSource.anonymous
        source.certificate = ClientCertificate(certificate: chain, key: Secret(String(decoding: key, as: UTF8.self)))
        let isInline = try fields.string("client-certificate-data") != nil || fields.string("client-key-data") != nil
        if !isInline, let certificate = try fields.path("client-certificate"), let key = try fields.path("client-key") {
            source.certificateFiles = .init(certificate: certificate, key: key)
        }
        do { _ = try cluster.trust.tlsConfiguration(source.certificate) } catch let error as PlumbError {
            throw fields.error(error.message)
        }
        return source
    }

    private func authorizations(_ fields: Fields) throws -> [CredentialSource.Authorization] {
        var found: [CredentialSource.Authorization] = []
        // The file wins over the text: it is the one that is renewed.
        if let file = try fields.path("tokenFile") {
            found.append(.tokenFile(file))
        } else if let token = try fields.string("token") {
            do { _ = try Credential.bearer(token) } catch let error as PlumbError { throw fields.error(error.message) }
            found.append(.bearer(Secret(token)))
        }
        switch (try fields.string("username"), try fields.string("password")) {
        case (let user?, let password): found.append(.basic(user: user, password: Secret(password ?? "")))
        case (nil, _?): throw fields.error("there is a password and no username")
        case (nil, nil): break
        }
        if let exec = fields.value["exec"], !exec.isNull { found.append(.plugin(try plugin(exec, fields))) }
        return found
    }

    private func plugin(_ value: Value, _ user: Fields) throws -> ExecPlugin {
        guard value.object != nil else { throw user.error("exec must be a mapping, and is \(value.typeName)") }
        let fields = Fields(value: value, file: user.file, place: "\(user.place): exec")
        guard let command = try fields.string("command") else { throw fields.error("it has no command") }
        guard let version = try fields.string("apiVersion") else { throw fields.error("it has no apiVersion") }
        let supported = ["v1", "v1beta1"].map { "client.authentication.k8s.io/\($0)" }
        guard supported.contains(version) else {
            throw PlumbError(
                .unsupported, "kubeconfig \(fields.file): \(fields.place): apiVersion \(version.quoted) is not supported.",
                remedy: "Use \(supported.joined(separator: " or ")); newer releases of the plugin have them.")
        }
        let mode = try fields.string("interactiveMode") ?? "IfAvailable"
        guard ["Never", "IfAvailable", "Always"].contains(mode) else {
            throw fields.error("interactiveMode \(mode.quoted) is none of Never, IfAvailable and Always")
        }
        if mode == "Always" {
            throw PlumbError(
                .unsupported,
                "kubeconfig \(fields.file): \(fields.place): the plugin wants a person at a terminal (interactiveMode Always).",
                remedy: "Use a login that works without one.")
        }
        var merged = environment
        for variable in try fields.list("env") {
            let pair = Fields(value: variable, file: fields.file, place: "\(fields.place): env")
            guard let name = try pair.string("name"), !name.contains("=") else { throw pair.error("a variable has no usable name") }
            merged[name] = try pair.string("value") ?? ""
        }
        return ExecPlugin(
            apiVersion: version,
            // A bare name is looked up in $PATH; anything with a slash is relative to the file.
            command: command.contains("/") ? fields.resolve(command).string : command,
            arguments: try fields.strings("args"), environment: merged, installHint: try fields.string("installHint"),
            cluster: try fields.bool("provideClusterInfo") ? cluster.pluginInfo : nil, place: "\(user.place) of \(user.file)")
    }

    private func impersonation(_ fields: Fields) throws -> Impersonation? {
        let user = try fields.string("as")
        let groups = try fields.strings("as-groups")
        let uid = try fields.string("as-uid")
        var extra: [String: [String]] = [:]
        switch fields.value["as-user-extra"] {
        case nil, .null: break
        case .object(let members):
            let inner = Fields(value: .object(members), file: fields.file, place: "\(fields.place): as-user-extra")
            for key in members.keys { extra[key] = try inner.strings(key) }
        case let other?: throw fields.error("as-user-extra must be a mapping, and is \(other.typeName)")
        }
        guard let user else {
            if groups.isEmpty && uid == nil && extra.isEmpty { return nil }
            throw fields.error("as-groups, as-uid and as-user-extra need a user name in as")
        }
        return Impersonation(user: user, groups: groups, uid: uid, extra: extra)
    }
}
