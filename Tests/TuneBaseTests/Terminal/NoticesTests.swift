import Testing
import TuneBase

@Suite struct NoticesTests {
    private func written(
        _ text: String, _ kind: Notices.Kind = .note, isTerminal: Bool = false
    ) -> String {
        let sink = BufferSink(isTerminal: isTerminal)
        Notices.write(text, as: kind, to: sink)
        return sink.text
    }

    @Test func linesBeginWithTheirKind() {
        #expect(written("done") == "done\n")
        #expect(written("careful", .warning) == "warning: careful\n")
        #expect(written("failed", .error) == "error: failed\n")
    }

    @Test func controlCharactersOfDataAreLeftOut() {
        #expect(written("a\u{1B}[2Jb\r\u{7}c") == "a[2Jbc\n")
    }

    @Test func aTerminalLineReplacesAProgressBar() {
        #expect(written("done", isTerminal: true) == "\r\u{1B}[Kdone\n")
    }
}
