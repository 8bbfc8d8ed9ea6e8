import Manifests
import Model
import Testing

@Suite struct DeletionHooksTests {
    private static func hook(_ text: String) -> DesiredObject {
        let value: Value = ["kind": "Job", "spec": .string(text)]
        return DesiredObject(
            key: ResourceKey(group: "batch", kind: "Job", namespace: "n", name: "a"),
            manifest: Manifest(value: value, origin: Origin(file: "a.yaml")), digest: Digest(of: value))
    }

    @Test func `what is kept is read again, with the place that it was read at`() throws {
        let hooks = [Self.hook("one"), Self.hook("two")]
        let manifests = try DeletionHooks.decode(try DeletionHooks.encode(hooks, of: "shop"), place: "there")
        #expect(manifests.map(\.value) == hooks.map(\.manifest.value))
        #expect(manifests.allSatisfy { $0.origin.file == "there" })
    }

    @Test func `what is empty holds none`() throws {
        #expect(try DeletionHooks.decode([], place: "there").isEmpty)
    }

    @Test(arguments: ["x", "{}", #"{"format":"plumb.dev/hooks/v2","manifests":[]}"#, #"{"format":"plumb.dev/hooks/v1"}"#])
    func `anything else is an error that names the place`(text: String) {
        let error = #expect(throws: PlumbError.self) { try DeletionHooks.decode(Array(text.utf8), place: "there") }
        #expect(error?.message.contains("there does not hold") ?? false)
    }

    @Test func `there is a bound`() {
        let error = #expect(throws: PlumbError.self) {
            try DeletionHooks.encode([Self.hook(String(repeating: "x", count: DeletionHooks.limit))], of: "shop")
        }
        #expect(error?.code == .limit)
    }
}
