import Testing
import TuneBase

@Suite struct ProgressBarTests {
    /// What `tqdm.format_meter` of tqdm 4.70 returns for the same arguments.
    @Test(arguments: [
        (1, 4, 2.0, 0.5, 40, " 25%|█▎   | 1/4 [00:02<00:06,  2.00s/it]"),
        (4, 4, 3725.0, 8.0, 44, "100%|███████| 4/4 [1:02:05<00:00,  8.00it/s]"),
        (0, 4, 0.0, nil, 40, "  0%|             | 0/4 [00:00<?, ?it/s]"),
        (459, 1377, 160.0, 2.864, 50, " 33%|███▎      | 459/1377 [02:40<05:20,  2.86it/s]"),
    ])
    func lineEqualsTqdm(
        count: Int, total: Int, elapsed: Double, rate: Double?, columns: Int, expected: String
    ) {
        let line = ProgressBar.line(
            count: count, total: total, elapsed: elapsed, rate: rate, columns: columns)
        #expect(line == expected)
        #expect(displayWidth(line) == columns)
    }

    @Test func nothingIsDrawnWithoutATerminal() {
        let sink = BufferSink(isTerminal: false)
        let bar = ProgressBar(total: 3, sink: sink)
        for _ in 0..<3 { bar.advance() }
        bar.close()
        #expect(sink.text.isEmpty)
    }

    @Test func redrawsAtMostTenTimesASecond() {
        let sink = BufferSink(isTerminal: true)
        nonisolated(unsafe) var time = 0.0
        let bar = ProgressBar(total: 100, sink: sink, now: { time })
        for _ in 0..<100 {
            time += 0.01
            bar.advance()
        }
        let drawings = sink.text.split(separator: "\r").count
        #expect((9...12).contains(drawings))
        #expect(bar.count == 100)
    }

    @Test func textAboveTheBarStandsOnItsOwnLine() {
        let sink = BufferSink(isTerminal: true, columns: 40)
        let bar = ProgressBar(total: 2, sink: sink)
        bar.write("{'loss': '0.5'}", to: sink)
        bar.close()
        #expect(sink.text.contains("\r{'loss': '0.5'}\n\r  0%|"))
        #expect(sink.text.hasSuffix("\n"))
    }

    @Test func aTemporaryBarLeavesNothing() {
        let sink = BufferSink(isTerminal: true, columns: 40)
        let bar = ProgressBar(total: 2, leavesLine: false, sink: sink)
        bar.close()
        #expect(sink.text.hasSuffix("\r"))
        #expect(!sink.text.contains("\n"))
    }
}
