import Testing
import TuneBase

@Suite struct PythonReprTests {
    @Test(arguments: [
        (0.1, "0.1"), (1.0, "1.0"), (1e-5, "1e-05"), (5e-5, "5e-05"), (1e16, "1e+16"),
        (123456789012.0, "123456789012.0"), (-0.0, "-0.0"), (1.5e-10, "1.5e-10"),
        (1e100, "1e+100"), (Double.infinity, "inf"), (0.0001, "0.0001"),
        (1e15, "1000000000000000.0"), (9007199254740993.0, "9007199254740992.0"),
    ])
    func numbers(value: Double, expected: String) {
        #expect(pythonRepr(value) == expected)
    }

    @Test(arguments: [
        ("plain", "'plain'"), ("it's", "\"it's\""), ("\"a\" 'b'", "'\"a\" \\'b\\''"),
        ("a\nb\u{7}", "'a\\nb\\x07'"), ("é", "'é'"), ("a\\b", "'a\\\\b'"),
    ])
    func text(value: String, expected: String) {
        #expect(pythonRepr(value) == expected)
    }

    @Test func truthValues() {
        #expect(pythonRepr(true) == "True")
    }
}
