import Logging
import Testing
import TuneBase

@Suite struct PlainLogHandlerTests {
    private let sink = BufferSink()

    private func logger(_ level: Logger.Level) -> Logger {
        let sink = sink
        return Logger(label: "library") { _ in PlainLogHandler(level: level, sink: sink) }
    }

    @Test func linesHoldTheMessageAlone() {
        var logger = logger(.notice)
        logger[metadataKey: "step"] = "3"
        logger.notice("Loaded.")
        logger.warning("Slow.")
        logger.error("Failed.")
        #expect(sink.text == "Loaded.\nwarning: Slow.\nerror: Failed.\n")
        #expect(logger[metadataKey: "step"] == "3")
    }

    @Test func theLevelDecidesWhatIsShown() {
        logger(.notice).info("detail")
        #expect(sink.text.isEmpty)
        logger(.debug).info("detail")
        #expect(sink.text == "detail\n")
    }
}
