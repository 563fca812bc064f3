import Testing
import TuneBase

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("abc", 3), ("", 0), ("漢字", 4), ("ﾊﾝ", 2), ("ＡＢ", 4), ("한국", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2),
        ("e\u{301}", 1), ("नि", 1), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤", 1), ("❤️", 2),
        ("1️⃣", 2), ("★▼▲█", 4), ("a\u{200B}b", 2), ("\u{7}", 0), ("naïve", 5),
    ])
    func cells(text: String, width: Int) {
        #expect(displayWidth(text) == width, "\(text.unicodeScalars.map(\.value))")
    }

    @Test func paddingCountsCells() {
        #expect("漢".padded(toWidth: 4) == "漢  ")
        #expect("漢".padded(toWidth: 4, .right) == "  漢")
        #expect("long".padded(toWidth: 2) == "long")
    }

    @Test(arguments: 0...12)
    func truncatedTextFits(width: Int) {
        for text in ["漢字かな交じり", "plain text", "👨‍👩‍👧 family", "e\u{301}e\u{301}e\u{301}e\u{301}"] {
            let cut = text.truncated(toWidth: width)
            #expect(displayWidth(cut) <= width)
            #expect(cut == text || width == 0 || cut.hasSuffix("…"))
        }
        #expect("plain".truncated(toWidth: 5) == "plain")
        #expect("plain".truncated(toWidth: 4) == "pla…")
    }

    @Test func oneLineOfForeignText() {
        #expect(singleLine("a\nb\tc\u{1B}[31m\r") == "a b c[31m")
    }
}
