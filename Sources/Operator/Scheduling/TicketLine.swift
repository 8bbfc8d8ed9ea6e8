/// Names in the order in which they came, taken from the front. A name that came again counts where it came last: whoever takes
/// it compares the ticket.
struct TicketLine: Sendable {
    struct Place: Sendable {
        var name: String
        var ticket: UInt64
    }

    private var places: [Place] = []
    private var taken = 0

    mutating func add(_ place: Place) { places.append(place) }

    mutating func next() -> Place? {
        guard taken < places.count else { return nil }
        defer { discard() }
        taken += 1
        return places[taken - 1]
    }

    /// What was taken goes when it is half of all: each place is moved once at most on the average.
    private mutating func discard() {
        guard taken * 2 > places.count else { return }
        places.removeFirst(taken)
        taken = 0
    }
}
