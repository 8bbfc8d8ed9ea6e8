import Manifests
import Model

/// The manifest of a chart in a registry: which of its layers is the packed chart.
struct ChartManifest {
    let layer: Revision.Digest
    /// In bytes.
    let size: Int

    static let accepted = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"
    private static let configuration = "application/vnd.cncf.helm.config.v1+json"
    private static let contents = [
        "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "application/tar+gzip",
    ]

    /// Throws `invalid` for what is no chart, `limit` for one of more than `limit` bytes. Signatures beside it are left alone.
    init(_ bytes: [UInt8], what: String, limit: Int) throws {
        let value = try? JSON.parse(bytes)
        guard value?.at("config", "mediaType")?.string == Self.configuration else {
            throw PlumbError(.invalid, "\(what) is no chart: it is an image, or something else.", remedy: "Check the name.")
        }
        let layers = (value?["layers"]?.array ?? []).filter { Self.contents.contains($0["mediaType"]?.string ?? "") }
        guard layers.count == 1, let text = layers[0]["digest"]?.string, text.hasPrefix("sha256:"),
            let digest = try? Revision.Digest(text.dropFirst(7)), let size = layers[0]["size"]?.integer, size > 0
        else { throw PlumbError(.invalid, "\(what) is no chart that can be read: it has not one packed chart in it.") }
        guard size <= Int64(limit) else {
            throw PlumbError(.limit, "\(what) is larger than \(limit) bytes, and no more is read.")
        }
        (layer, self.size) = (digest, Int(size))
    }
}
