/// Which applications wait for which.
package struct DependencyGraph: Sendable {
    /// By application, what it names in `dependsOn`.
    private var edges: [String: [String]] = [:]
    /// By application, who names it.
    private var reversed: [String: Set<String>] = [:]

    package init(_ edges: [String: [String]] = [:]) {
        for (name, others) in edges { set(name, dependsOn: others) }
    }

    package mutating func set(_ name: String, dependsOn others: [String]) {
        for former in edges[name] ?? [] { reversed[former]?.remove(name) }
        edges[name] = others.isEmpty ? nil : others
        for other in others { reversed[other, default: []].insert(name) }
    }

    /// The circle that the application is in, from it back to it; nil where it is in none.
    package func cycle(through name: String) -> [String]? {
        var visited: Set<String> = []
        var path: [String] = []
        return search(from: name, for: name, &visited, &path) ? [name] + path : nil
    }

    package func dependents(of name: String) -> [String] { reversed[name]?.sorted() ?? [] }

    private func search(from current: String, for name: String, _ visited: inout Set<String>, _ path: inout [String]) -> Bool {
        for next in edges[current] ?? [] {
            path.append(next)
            if next == name { return true }
            if visited.insert(next).inserted, search(from: next, for: name, &visited, &path) { return true }
            path.removeLast()
        }
        return false
    }
}
