import Model

extension Kubeconfig {
    /// One context, with the cluster and the user it names.
    struct Selection {
        var context: Entry
        var cluster: Entry
        /// Nil when the context names none: requests go out anonymously.
        var user: Entry?
        var namespace: String?
    }

    /// - Parameter context: Nil for the current one.
    /// - Parameter files: The files this was read from, for messages.
    func select(context wanted: String?, files: String) throws -> Selection {
        guard let name = wanted ?? currentContext else {
            throw PlumbError(
                .invalid, "kubeconfig \(files): no current-context is set.", remedy: "Name a context. \(known(contexts))")
        }
        guard let context = contexts[name] else {
            throw PlumbError(.invalid, "kubeconfig \(files): there is no context \(name.quoted).", remedy: known(contexts))
        }
        let fields = Fields(value: context.value, file: context.file, place: "context \(name.quoted)")
        guard let clusterName = try fields.string("cluster") else { throw fields.error("it names no cluster") }
        guard let cluster = clusters[clusterName] else { throw fields.error("there is no cluster \(clusterName.quoted)") }
        let userName = try fields.string("user")
        let user = userName.flatMap { users[$0] }
        if let userName, user == nil { throw fields.error("there is no user \(userName.quoted)") }
        return Selection(context: context, cluster: cluster, user: user, namespace: try fields.string("namespace"))
    }

    private func known(_ entries: [String: Entry]) -> String {
        let names = entries.keys.sorted()
        if names.isEmpty { return "There are no contexts." }
        return "There are: " + names.prefix(10).map(\.quoted).joined(separator: ", ") + (names.count > 10 ? ", …" : ".")
    }
}
