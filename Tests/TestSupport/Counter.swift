import Synchronization

/// A number that several tasks raise.
package final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    package init() {}
    package func increase() { count.add(1, ordering: .relaxed) }
    package var value: Int { count.load(ordering: .relaxed) }
}
