/// What a follower was asked for: each is something to look for at every look. Of too many the half that was asked for last stays.
struct AskedReferences<Reference: Hashable & Sendable>: Sendable {
    static var limit: Int { 1000 }

    /// When each was asked for last, counted.
    private var times: [Reference: Int] = [:]
    private var questions = 0

    var count: Int { times.count }
    var all: [Reference] { Array(times.keys) }
    func contains(_ reference: Reference) -> Bool { times[reference] != nil }

    /// Returns whether it was not asked for before, or not for long.
    mutating func ask(for reference: Reference) -> Bool {
        questions += 1
        let isNew = times.updateValue(questions, forKey: reference) == nil
        if times.count > Self.limit {
            let middle = times.values.sorted()[times.count / 2]
            times = times.filter { $0.value >= middle }
        }
        return isNew
    }
}
