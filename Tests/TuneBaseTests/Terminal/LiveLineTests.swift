import Testing
import TuneBase

@Suite struct LiveLineTests {
    @Test func noticesStandAboveTheLine() {
        let sink = BufferSink(isTerminal: true)
        sink.liveLine.show("working", on: sink)
        Notices.write("careful", as: .warning, to: sink)
        #expect(
            sink.text
                == "\rworking\u{1B}[K\r\u{1B}[K\u{1B}[33mwarning: \u{1B}[0mcareful\nworking")
    }

    @Test func anErrorEndsTheLine() {
        let sink = BufferSink(isTerminal: true)
        sink.liveLine.show("working", on: sink)
        Notices.write("failed", as: .error, to: sink)
        #expect(sink.text.hasSuffix("failed\n"))
    }

    @Test func withoutEscapesSpacesOverwrite() {
        let sink = BufferSink(isTerminal: true, allowsEscapes: false)
        sink.liveLine.show("longer", on: sink)
        sink.liveLine.show("short", on: sink)
        sink.liveLine.clear(on: sink)
        sink.liveLine.clear(on: sink)
        #expect(sink.text == "\rlonger\rshort \r     \r")
    }

    @Test func elsewhereLinesAreJustWritten() {
        let sink = BufferSink()
        sink.writeAbove("one\ntwo")
        #expect(sink.text == "one\ntwo\n")
    }
}
