import Testing
import TuneBase

@Suite struct TerminalTests {
    @Test func controlCharactersAreRemoved() {
        #expect(strippingControlCharacters("a\u{1B}[31mb\u{07}\u{9B}c\u{7F}") == "a[31mbc")
        #expect(strippingControlCharacters("one\ttwo\nthree") == "one\ttwo\nthree")
        #expect(strippingControlCharacters("user\u{202E}txt.exe") == "usertxt.exe")
        #expect(strippingControlCharacters("é 漢字 🙂") == "é 漢字 🙂")
    }

    @Test func dumbTerminalsAndContinuousIntegrationAreNotInteractive() {
        #expect(!isInteractive(descriptor: 1, environment: ["TERM": "dumb"]))
        #expect(!isInteractive(descriptor: 1, environment: ["CI": "true"]))
        #expect(!isInteractive(descriptor: 10_000, environment: [:]))
    }

    @Test func widthFallsBackToTheEnvironment() {
        #expect(terminalColumns(descriptor: 10_000, environment: ["COLUMNS": "132"]) == 132)
        #expect(terminalColumns(descriptor: 10_000, environment: [:]) == 80)
        #expect(terminalColumns(descriptor: 10_000, environment: ["COLUMNS": "-4"]) == 80)
    }

    @Test func bufferKeepsWhatIsWritten() {
        let sink = BufferSink()
        sink.write("a")
        sink.writeLine("b")
        #expect(sink.text == "ab\n")
    }
}
