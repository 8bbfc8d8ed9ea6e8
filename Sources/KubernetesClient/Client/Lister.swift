import Manifests
import Model

/// Fetches a list page by page: which request is next, and what an answer means. Pure; the client sends.
///
/// When the server has forgotten the point in time of the first page, everything starts over; after a few times it is asked
/// for all at once. So the result is from one point in time, or there is none.
struct Lister<Item> {
    private enum Phase {
        case page(continuing: String?)
        case whole
        case done
    }

    let resource: APIResource
    let namespace: String?
    let labelSelector: String?
    let fieldSelector: String?
    let metadataOnly: Bool
    let limits: ClientLimits
    /// What is kept of an object.
    let item: (Value) -> Item
    private(set) var items: [Item] = []
    private(set) var version = ""
    private var phase = Phase.page(continuing: nil)
    private var bytes = 0
    private var restarts = 0

    private var restartLimit: Int { 2 }

    init(
        resource: APIResource, namespace: String?, labelSelector: String?, fieldSelector: String?, metadataOnly: Bool,
        limits: ClientLimits, item: @escaping (Value) -> Item
    ) {
        self.item = item
        self.resource = resource
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
        self.metadataOnly = metadataOnly
        self.limits = limits
    }

    /// Nil when the list is complete.
    func nextRequest() throws -> APIRequest? {
        let path = ResourcePath(resource: resource, namespace: namespace)
        var request = APIRequest(method: .get, path: try path.encoded(), summary: "LIST \(path.words)")
        switch phase {
        case .done: return nil
        case .whole: break
        case .page(let token):
            request.query.append(("limit", String(limits.pageSize)))
            if let token { request.query.append(("continue", token)) }
        }
        if let labelSelector { request.query.append(("labelSelector", labelSelector)) }
        if let fieldSelector { request.query.append(("fieldSelector", fieldSelector)) }
        if metadataOnly { request.accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json" }
        request.responseLimit = limits.listBytes - bytes
        request.timeLimit = limits.pageTime
        return request
    }

    mutating func received(_ list: Value, bytes count: Int) throws {
        guard let kind = list["kind"]?.string, kind.hasSuffix("List"), let metadata = list["metadata"], metadata.object != nil
        else {
            throw unusable("the answer is not a list")
        }
        switch list["items"] {
        case nil, .null: break
        case .array(let values): items += try values.map { item(try complete($0)) }
        default: throw unusable("the items of the answer are not a list")
        }
        bytes += count
        version = metadata["resourceVersion"]?.string ?? ""
        let token = metadata["continue"]?.string ?? ""
        if token.isEmpty {
            phase = .done
        } else if case .page(token) = phase {
            throw unusable("the server sends the same page again and again")
        } else {
            phase = .page(continuing: token)
        }
    }

    /// The continue token is too old: starts over. Throws `error` where that makes no sense.
    mutating func expired(_ error: KubernetesError) throws {
        guard case .page(_?) = phase else { throw error }
        restarts += 1
        items = []
        bytes = 0
        phase = restarts > restartLimit ? .whole : .page(continuing: nil)
    }

    private func complete(_ item: Value) throws -> Value {
        guard item.at("metadata", "name")?.string != nil else { throw unusable("an item has no name") }
        var item = item
        item["apiVersion"] = .string(resource.apiVersion)
        item["kind"] = .string(resource.kind)
        return item
    }

    private func unusable(_ why: String) -> PlumbError {
        PlumbError(.failed, "The list of \(resource.plural) \(resource.apiVersion) cannot be used: \(why).")
    }
}
