import Model
import Testing

@Suite struct RevisionTests {
    private static let sha1 = String(repeating: "0a", count: 20)
    private static let sha256 = String(repeating: "0b", count: 32)

    @Test(arguments: ["main@sha1:\(sha1)", "sha256:\(sha256)", "feature/a@b@sha1:\(sha1)", "main@sha1:\(sha1)-dirty"])
    func isReadAsItIsPrinted(text: String) throws {
        #expect(try Revision(text).description == text)
    }

    @Test(arguments: ["", "main", "main@sha1:12", "@sha1:\(sha1)", "sha256:\(sha1)", "sha1:\(sha1):", "md5:\(sha1)"])
    func refusesAnythingElse(text: String) {
        #expect(throws: PlumbError.self) { try Revision(text) }
    }

    @Test func equalityIgnoresWhatIsKnownOfTheCommit() throws {
        let revision = try Revision("main@sha1:\(Self.sha1)")
        #expect(revision == revision.with(Revision.Commit(author: "A", message: "m", time: 1)))
    }
}
