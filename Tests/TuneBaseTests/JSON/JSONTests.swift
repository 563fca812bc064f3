import Foundation
import Testing
import TuneBase

@Suite struct JSONTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Data(text.utf8), source: "test.json")
    }

    private func message(_ text: String) -> String {
        do { _ = try parse(text) } catch { return "\(error)" }
        return ""
    }

    @Test func keepsOrderAndNumberKinds() throws {
        let value = try parse(#" {"b": 1, "a": [1.0, -2e3, true, null, "x\n\u00e9\ud83d\ude00"]} "#)
        #expect(value.object?.keys == ["b", "a"])
        #expect(value["a"] == [1.0, -2000.0, true, nil, "x\né😀"])
        #expect(value["b"]?.int == 1)
        #expect(value["a"]?.array?[0] == .double(1))
    }

    @Test func readsPythonsExtraNumbers() throws {
        let value = try parse("[NaN, Infinity, -Infinity]")
        let numbers = try #require(value.array).compactMap(\.double)
        #expect(numbers[0].isNaN)
        #expect(numbers[1] == .infinity)
        #expect(numbers[2] == -.infinity)
    }

    @Test func distinguishesCanonicallyEquivalentKeys() throws {
        let object = try #require(parse(#"{"e\u0301": 1, "\u00e9": 2}"#).object)
        #expect(object.members.count == 2)
        #expect(object["e\u{301}"] == 1)
        #expect(object["\u{e9}"] == 2)
    }

    @Test(arguments: [
        ("{\"a\": 1,\n \"a\": 2}", "'a' appears twice at line 2"),
        ("[1, 2", "expected ',' or ']'"),
        ("\"abc", "unterminated string"),
        ("[1] x", "after the document"),
        ("01", "begins with zero"), ("1.", "expected a digit"), ("+1", "unexpected character"),
        ("", "unexpected end of file"),
        (#""\ud83d""#, "unpaired surrogate"),
        ("tru", "unexpected character"),
    ])
    func malformedTextIsLocated(text: String, expected: String) {
        #expect(message(text).contains(expected), "\(message(text))")
        #expect(message(text).contains("test.json is not valid JSON"))
    }

    @Test func depthIsLimited() {
        let deep = String(repeating: "[", count: 5000)
        #expect(message(deep).contains("nested deeper than 128"))
    }

    @Test func invalidUTF8IsRefused() {
        #expect(throws: TuneError.self) {
            try JSONValue(parsing: Data([0x22, 0xFF, 0x22]), source: "x")
        }
    }

    @Test func writesAsPython() throws {
        let value: JSONValue = ["b": [1, 2.0, 1e-5], "a": ["é": nil], "c": [:], "d": []]
        #expect(
            value.serialized()
                == #"{"b": [1, 2.0, 1e-05], "a": {"\u00e9": null}, "c": {}, "d": []}"#)
        let lines = value.serialized(indent: 2, sortedKeys: true, escapingNonASCII: false)
        #expect(
            lines == """
                {
                  "a": {
                    "é": null
                  },
                  "b": [
                    1,
                    2.0,
                    1e-05
                  ],
                  "c": {},
                  "d": []
                }
                """)
    }

    @Test func roundTripIsExact() throws {
        let value: JSONValue = ["x": [0.1, 3.0e+20, -5, "\"\\\t\u{1}😀"], "y": ["z": true]]
        #expect(try parse(value.serialized()) == value)
    }

    @Test func fieldsNameFileAndKey() throws {
        let fields = try JSONFields(
            parse(#"{"width": "wide", "size": 3.0}"#), source: "config.json")
        #expect(try fields.int("size") == 3)
        #expect(try fields.int("absent", default: 7) == 7)
        #expect {
            try fields.int("width")
        } throws: {
            "\($0)".contains("config.json: 'width' is a string where an integer is needed")
        }
        #expect {
            try fields.bool("absent")
        } throws: {
            "\($0)".contains("config.json has no 'absent'")
        }
    }
}
