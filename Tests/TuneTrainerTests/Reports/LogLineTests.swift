import Testing
import TuneBase
import TuneTrainer

@Suite struct LogLineTests {
    @Test func numbersHaveFourDigitsAsInPython() throws {
        for entry in try #require(golden("texts")["numbers"]?.array) {
            let value = try #require(entry["value"]?.double)
            let text = try #require(entry["text"]?.string)
            #expect(logLine(JSONObject([("x", .double(value))])) == "{'x': '\(text)'}")
        }
    }

    @Test func integersStayBareAndOperationsAreLeftOut() {
        let row = JSONObject([
            ("loss", .double(0.5)), ("total_flos", .double(1e9)), ("epoch", .int(0)),
        ])
        #expect(logLine(row) == "{'loss': '0.5', 'epoch': 0}")
    }

    @Test func textIsMadeSafe() {
        #expect(logLine(JSONObject([("note", "a\u{1B}[2J")])) == "{'note': 'a[2J'}")
    }
}
