/// A file of a chart, by its path below the chart.
package struct ChartFile: Sendable, Hashable {
    package let path: String
    package let content: [UInt8]

    package init(_ path: String, _ content: [UInt8]) {
        self.path = path
        self.content = content
    }
}
