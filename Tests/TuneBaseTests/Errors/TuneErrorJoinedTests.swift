import Testing
import TuneBase

@Suite struct TuneErrorJoinedTests {
    @Test func oneStaysAsItIsAndSeveralAreListed() throws {
        let first = TuneError(.badConfig, "A is wrong.", remedy: "Change A.")
        let second = TuneError(.badData, "B is wrong.")
        #expect(TuneError.joined([], subject: "x") == nil)
        #expect(TuneError.joined([first], subject: "x")?.description == "A is wrong. Change A.")
        let both = try #require(TuneError.joined([first, second], subject: "run.yaml"))
        #expect(both.code == .badConfig)
        #expect(both.message == "run.yaml has 2 problems:\n- A is wrong. Change A.\n- B is wrong.")
    }
}
