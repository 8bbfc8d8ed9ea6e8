import Helm
import Manifests
import Model
import Testing

/// `--set` and its relatives, compared with Helm's own reading.
struct SetTests {
    private static let expressions = [
        (
            "typed",
            [
                "a=1", "a.b.c=x", "a=1,b=2", "a=true,b=false,c=null,d=0,e=01,f=1.5,g=-3", "a={1,2,x}", "a={}", "a[0]=1",
                "a[1]=1,a[0].b=2",
                "a[0][1]=x", "a=", "a.b=,c=1", #"a\.b=1"#, #"a=x\,y"#, "a=b=c", "a={x,{y}", "name=value,list[2]=z", "a[0].b[1].c=d",
                "a=TRUE,b=Null",
                "a={true,null,1,01}", "a.b=1,a.c=2", "a", "a.b", "a,b=1", "a[x]=1", "a[-1]=1", "a=1,", "a[99999999]=1", "a=x y z",
                "a=\"quoted\"", "a={1,2", "a=9223372036854775807", "a=9223372036854775808", "é=ü",
            ]
        ),
        ("string", ["a=1", "a=true,b=null", "a={1,true}", "a[0]=01", "a="]),
        ("json", [#"a={"b":1}"#, "a=[1,2],b=3", #"a="x,y""#, "a=null", "a={", "a.b=1.5,c[0]=true"]),
        ("literal", ["a=1,b=2", #"a=x\,y"#, "a.b={1,2}", "a="]),
    ]

    @Test(arguments: expressions) func areReadAlike(kind: String, texts: [String]) async throws {
        let requests = texts.map { Value.object(Object([("op", .string("set")), ("kind", .string(kind)), ("text", .string($0))])) }
        for (text, expected) in zip(texts, try await HelmReference.answers(to: requests)) {
            let source: ValuesSource =
                switch kind {
                case "string": .setString(text)
                case "json": .setJSON(text)
                case "literal": .setLiteral(text)
                default: .set(text)
                }
            let actual = outcome(of: source)
            #expect(actual.isError == expected.isError, "\(text): \(expected) \(actual)")
            if !expected.isError { #expect(actual == expected, "\(text)") }
        }
    }

    private func outcome(of source: ValuesSource) -> Outcome {
        do { return .result(.object(try ValuesSource.merged([source]))) } catch { return .error("\(error)") }
    }

    @Test func laterSourcesCountOverEarlierOnes() throws {
        let merged = try ValuesSource.merged([
            .file(Array("a: {b: 1, c: 2}\nl: [1]\n".utf8), name: "one.yaml"), .file(Array("a: {b: 3}\n".utf8), name: "two.yaml"),
            .set("a.c=4"), .setString("a.d=5"), .setFile(key: "a.f", content: Array("text\n".utf8)), .setJSON(#"{"l": [2, 3]}"#),
        ])
        #expect(
            merged
                == Object([
                    (
                        "a",
                        .object(Object([("b", .integer(3)), ("c", .integer(4)), ("d", .string("5")), ("f", .string("text\n"))]))
                    ),
                    ("l", .array([.integer(2), .integer(3)])),
                ]))
    }

    @Test func aValuesFileThatIsNoMappingIsNamed() {
        let error = #expect(throws: PlumbError.self) { try ValuesSource.merged([.file(Array("- 1\n".utf8), name: "v.yaml")]) }
        #expect(error?.message.contains("v.yaml") == true)
    }
}
