/// A test's surroundings failed, not the thing under test.
package struct TestSupportError: Error, CustomStringConvertible, Sendable {
    package let description: String
    package init(_ description: String) { self.description = description }
}
