import Helm
import Manifests
import Model
import TestSupport
import Testing

/// Charts in archives, packed by Helm.
struct ArchiveTests {
    private static let files = [
        "Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n", "values.yaml": "a: 1\n",
        "templates/x.yaml": "{{ .Values.a }} {{ .Files.Get \"long.txt\" | len }} {{ .Files.Get \"long.txt\" | sha256sum }}",
        // Enough for blocks of every kind, with much that repeats and much that does not.
        "long.txt": (0..<20_000).map { "\(($0 &* 7919) % 1013)" }.joined(separator: " "),
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        "charts/sub/templates/y.yaml": "sub {{ .Chart.Name }}",
    ]

    private func archive() async throws -> [UInt8] {
        let request = Object([
            ("op", .string("package")), ("files", .object(Object(Self.files.map { ($0.key, .string($0.value)) }))),
        ])
        let answer = try await HelmReference.answers(to: [.object(request)])[0]
        guard case .result(.string(let text)) = answer else { throw TestSupportError("no archive: \(answer)") }
        return try #require(Self.decode(text))
    }

    /// Base 64 without padding in the middle.
    private static func decode(_ text: String) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var (bits, count, bytes): (UInt32, Int, [UInt8]) = (0, 0, [])
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> UInt32(count) & 255))
            }
        }
        return bytes
    }

    @Test func anArchiveRendersAsItsDirectory() async throws {
        let packed = MemoryTree([try TreePath("chart-1.0.0.tgz"): try await archive()])
        let chart = try await Chart.load(from: packed, at: try TreePath("chart-1.0.0.tgz"))
        let rendered = try chart.render(RenderOptions(releaseName: "r", namespace: "n"))
        let expected = try await HelmCase("directory", files: Self.files).rendered()
        #expect(.result(.object(Object(rendered.map { ($0.path, .string($0.text)) }))) == expected)
        #expect(!expected.isError)
    }

    @Test func anArchiveInChartsIsASubchart() async throws {
        var files = try Dictionary(
            uniqueKeysWithValues: ["Chart.yaml": "apiVersion: v2\nname: outer\nversion: 1.0.0\n", "templates/o.yaml": "o"].map {
                (try TreePath("c/" + $0.key), Array($0.value.utf8))
            })
        files[try TreePath("c/charts/chart-1.0.0.tgz")] = try await archive()
        let chart = try await Chart.load(from: MemoryTree(files), at: try TreePath("c"))
        let paths = try chart.render(RenderOptions(releaseName: "r", namespace: "n")).map(\.path)
        #expect(
            paths == [
                "outer/charts/chart/charts/sub/templates/y.yaml", "outer/charts/chart/templates/x.yaml", "outer/templates/o.yaml",
            ])
    }

    /// One block of tar and its content, in a gzip file of one stored block.
    private static func packed(type: Character, size: [UInt8], content: String) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        header.replaceSubrange(0..<12, with: "c/Chart.yaml".utf8)
        header.replaceSubrange(124..<(124 + size.count), with: size)
        header[156] = type.asciiValue ?? 0
        let tar = header + Array(content.utf8)
        let (low, high) = (UInt8(tar.count & 0xFF), UInt8(tar.count >> 8))
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 1, low, high, ~low, ~high] + tar + [UInt8](repeating: 0, count: 8)
    }

    @Test(arguments: [
        ("a size that no machine has", "0", [0xFF] + [UInt8](repeating: 0x7F, count: 11), "x"),
        ("a size below zero", "0", [UInt8](repeating: 0xFF, count: 12), "x"),
        ("a pax record that is shorter than its own length", "x", Array("00000000012".utf8), "3      path"),
        ("a pax record that is longer than the rest", "x", Array("00000000012".utf8), "9999 path=a"),
    ])
    func whatAnArchiveSaysOfItselfIsNotBelieved(what: String, type: String, size: [UInt8], content: String) async throws {
        let archive = Self.packed(type: Character(type), size: size, content: content)
        #expect(throws: PlumbError.self) { try Chart.load(archive: archive, path: "c.tgz") }
    }

    @Test func aDamagedArchiveIsAnError() async throws {
        let whole = try await archive()
        for end in [0, 1, 17, 40, whole.count / 2, whole.count - 20] {
            let tree = MemoryTree([try TreePath("c.tgz"): Array(whole[..<end])])
            await #expect(throws: PlumbError.self) { try await Chart.load(from: tree, at: try TreePath("c.tgz")) }
        }
    }
}
