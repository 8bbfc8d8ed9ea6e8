import Manifests
import Model
import Store
import Testing

@testable import PlumbTarget

@Suite struct ObjectWritingTests {
    static let owner = ApplicationIdentity(installation: "i", name: "root")

    struct Case: Sendable, CustomTestStringConvertible {
        var mode: Write.Mode
        /// `owner uid generation path`, or nothing.
        var current: String
        var planned: String?
        var result: String
        var testDescription: String { "\(mode) of \(current.isEmpty ? "nothing" : current)" }
    }

    @Test(arguments: [
        Case(mode: .create, current: "", result: "root new 1 b"),
        Case(mode: .create, current: "root u 3 a", result: "root u 4 b"),
        Case(mode: .create, current: "root u 3 b", result: "root u 3 b"),
        Case(mode: .create, current: "other u 3 b", result: "conflict: belongs to the application default/other"),
        Case(mode: .update, current: "root u 3 a", planned: "u", result: "root u 4 b"),
        Case(mode: .update, current: "root u 3 b", planned: "u", result: "root u 3 b"),
        Case(mode: .update, current: "root u 3 a", planned: "v", result: "conflict: is another one since the plan was made"),
        Case(mode: .update, current: "", planned: "u", result: "conflict: is gone since the plan was made"),
        Case(mode: .update, current: "other u 3 a", planned: "u", result: "conflict: belongs to the application default/other"),
        Case(mode: .replace, current: "root u 3 a", planned: "u", result: "root new 1 b"),
        Case(mode: .replace, current: "", planned: "u", result: "root new 1 b"),
        Case(mode: .replace, current: "other u 3 a", planned: "u", result: "conflict: belongs to the application default/other"),
        Case(mode: .adopt, current: "other u 3 a", planned: "u", result: "root u 4 b"),
        Case(mode: .adopt, current: "other u 3 b", planned: "u", result: "root u 3 b"),
        Case(mode: .adopt, current: "other u 3 b", planned: "v", result: "conflict: is another one since the plan was made"),
        Case(mode: .adopt, current: "", planned: "u", result: "conflict: is gone since the plan was made"),
        Case(mode: .hook, current: "", result: "unsupported: is a hook"),
    ]) func aWriteMakes(_ example: Case) throws {
        let parts = example.current.split(separator: " ").map(String.init)
        let current = try parts.isEmpty ? nil : Self.object(parts)
        let manifest = try Self.manifest("b")
        let desired = DesiredObject(key: Root.key("shop"), manifest: manifest, digest: Digest(of: manifest.value))
        let write = Write(desired: desired, mode: example.mode, uid: example.planned)
        do {
            let object = try ObjectWriting.result(of: write, on: current, owner: Self.owner, newUID: "new")
            let path = try ApplicationReader.application(from: object.manifest).source.path
            let owner = object.owner.split(separator: "/").last ?? ""
            #expect("\(owner) \(object.uid) \(object.generation) \(path)" == example.result)
        } catch let error as PlumbError {
            let (code, message) = (error.code.name, error.message)
            let parts = example.result.split(separator: ": ").map(String.init)
            #expect(code == parts.first)
            #expect(message.contains(parts.last ?? "-"), "\(message)")
            #expect(error.origin?.description == "plumb/apps.yaml:1")
        }
    }

    @Test(arguments: [
        ("root", "u", nil), ("root", "v", "another object has its name now"),
        ("other", "u", "it belongs to the application default/other now"),
    ]) func onlyTheOneThatWasPlannedIsDeleted(owner: String, uid: String, reason: String?) throws {
        let object = try Self.object([owner, "u", "1", "a"])
        #expect(ObjectWriting.reasonToKeep(object, uid: uid, owner: Self.owner) == reason)
    }

    @Test(arguments: [
        (Root.application("root"), "The name root belongs to"),
        (Root.mistyped("shop"), "\"snyc\""),
        (Root.repository("charts", spec: "{git: {url: \"https://example.org/c.git\"}, intervall: 60s}"), "\"intervall\""),
        (Root.application("shop", more: ", target: {name: 1}"), "spec.target.name has to be a string"),
    ]) func whatTheOperatorCouldNotActOnIsRefused(_ text: String, _ message: String) throws {
        let manifest = try #require(try Root.manifests([text]).first)
        let error = #expect(throws: PlumbError.self) { try PlumbKind.validate(manifest) }
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
        #expect(error?.origin?.description == "plumb/apps.yaml:1")
    }

    private static func manifest(_ path: String) throws -> Manifest {
        try #require(try Root.manifests([Root.application("shop", path: path)]).first)
    }

    private static func object(_ parts: [String]) throws -> PlumbObject {
        PlumbObject(
            key: Root.key("shop"), uid: parts[1], generation: try #require(Int64(parts[2])), owner: "i/default/\(parts[0])",
            manifest: try manifest(parts[3]))
    }
}
