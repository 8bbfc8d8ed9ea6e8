import Model
import Testing

@testable import Helm

/// Which charts have to be fetched. The digests are those of real lock files, made by Helm for these dependencies.
struct LockTests {
    private static let registry = "oci://registry-1.docker.io/bitnamicharts"

    static let real: [(files: [String: String], wanted: [String])] = [
        (
            [
                "Chart.yaml": """
                apiVersion: v2
                name: wordpress
                version: 22.2.8
                dependencies:
                - {name: memcached, version: 7.x.x, repository: "\(registry)", condition: memcached.enabled}
                - {name: mariadb, version: 18.x.x, repository: "\(registry)", condition: mariadb.enabled}
                - {name: common, version: 2.x.x, repository: "\(registry)", tags: [bitnami-common]}
                """,
                "Chart.lock": """
                dependencies:
                - {name: memcached, repository: "\(registry)", version: 7.0.6}
                - {name: mariadb, repository: "\(registry)", version: 18.0.5}
                - {name: common, repository: "\(registry)", version: 2.19.2}
                digest: sha256:88f139bdbfc47912743cec19b9ae0dccb73703e9df39b18a6797915702078ce9
                generated: "2024-05-15T12:57:13.430837+02:00"
                """,
            ], ["memcached 7.0.6", "mariadb 18.0.5", "common 2.19.2"]
        ),
        (
            [
                "Chart.yaml": "apiVersion: v1\nname: wordpress\nversion: 9.0.0\n",
                "requirements.yaml": """
                dependencies:
                - {name: mariadb, version: 7.x.x, repository: "https://charts.bitnami.com/bitnami", condition: mariadb.enabled, tags: [wordpress-database]}
                """,
                "requirements.lock": """
                dependencies:
                - {name: mariadb, repository: "https://charts.bitnami.com/bitnami", version: 7.3.17}
                digest: sha256:0bc52f1397f13d24531972e7eb5b5dfe22d56e33b3eedd11eb67f465ec4d181a
                """,
            ], ["mariadb 7.3.17"]
        ),
        (
            // What Helm 2 wrote.
            [
                "Chart.yaml": "apiVersion: v1\nname: wordpress\nversion: 9.0.0\n",
                "requirements.yaml": """
                dependencies:
                - {name: mariadb, version: 7.x.x, repository: "https://charts.bitnami.com/bitnami", condition: mariadb.enabled, tags: [wordpress-database]}
                """,
                "requirements.lock": """
                dependencies:
                - {name: mariadb, repository: "https://charts.bitnami.com/bitnami", version: 7.3.17}
                digest: sha256:7fc24f82fd23e0e6e6bee7ce6863b6eaec9d87ee29e9d8612aefc4a0d87d187a
                """,
            ], ["mariadb 7.3.17"]
        ),
    ]

    private static func wanted(_ files: [String: String]) throws -> [WantedChart] {
        try ChartLoader.chart(from: files.map { ChartFile($0.key, Array($0.value.utf8)) }, path: "web").wantedCharts(path: "web")
    }

    @Test(arguments: real) func theLockSaysTheVersions(_ files: [String: String], wanted: [String]) throws {
        #expect(try Self.wanted(files).map { "\($0.name) \($0.version)" } == wanted)
    }

    @Test(arguments: real) func aLockForOtherDependenciesIsOutOfDate(_ files: [String: String], wanted: [String]) throws {
        let changed = files.mapValues { $0.replacing("x.x, repository", with: "x, repository") }
        let error = try #require(throws: PlumbError.self) { try Self.wanted(changed) }
        #expect(error.message.contains(".lock is out of date") && error.remedy?.contains("helm dependency update") == true)
    }

    private static func chart(_ dependency: String) -> [String: String] {
        ["Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- \(dependency)\n"]
    }

    static let places: [(dependency: String, place: WantedChart.Place, version: String)] = [
        ("{name: db, version: 1.2.3, repository: \"https://h/x\"}", .repository("https://h/x"), "1.2.3"),
        ("{name: db, version: v1.2.3, repository: \"oci://h/x\"}", .repository("oci://h/x"), "v1.2.3"),
        ("{name: db, version: 1.x, repository: \"file://../db\"}", .directory("../db"), "1.x"),
    ]

    @Test(arguments: places) func withoutALockOneVersionIsNamed(_ dependency: String, place: WantedChart.Place, version: String)
        throws
    {
        #expect(try Self.wanted(Self.chart(dependency)) == [WantedChart(name: "db", version: version, place: place)])
    }

    static let refused: [(dependency: String, code: PlumbError.Code, says: String)] = [
        ("{name: db, version: 1.x, repository: \"https://h/x\"}", .invalid, "a range, and there is no lock file"),
        ("{name: db, version: \"1.2\", repository: \"https://h/x\"}", .invalid, "a range"),
        ("{name: db, version: 1.2.3}", .notFound, "names no repository"),
        ("{name: db, version: 1.2.3, repository: \"@stable\"}", .unsupported, "one person's Helm"),
        ("{name: db, version: 1.2.3, repository: \"alias:stable\"}", .unsupported, "\"alias:stable\""),
    ]

    @Test(arguments: refused) func theRestIsRefused(_ dependency: String, code: PlumbError.Code, says: String) throws {
        let error = try #require(throws: PlumbError.self) { try Self.wanted(Self.chart(dependency)) }
        #expect(error.code == code && error.message.contains(says), "\(error)")
    }

    @Test func whatIsThereIsNotWanted() throws {
        let there = Self.chart("{name: db, version: 1.x, repository: \"https://h/x\"}").merging([
            "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.2.3\n"
        ]) { $1 }
        #expect(try Self.wanted(there).isEmpty)
    }
}
