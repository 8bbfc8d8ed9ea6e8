import Engine
import Model
import Testing

@Suite struct SupersessionTests {
    @Test func `a place is given back once, and taken again`() async throws {
        let gate = Gate(width: 1)
        try await gate.enter()
        let slot = WorkSlot(enter: { try await gate.enter() }, leave: { gate.leave() })
        slot.giveBack()
        slot.giveBack()
        #expect(gate.tryEnter())
        #expect(!gate.tryEnter())
        gate.leave()
        try await slot.take()
        #expect(!gate.tryEnter())
        slot.giveBack()
    }
}
