import Testing
import TuneBase

@Suite struct RepositoryIDTests {
    @Test(arguments: ["foo", "foo/bar", "123", "Foo-BAR_foo.bar123", "a/b.c_d-e", "x/_y_"])
    func names(text: String) throws {
        #expect(try RepositoryID(text).description == text)
    }

    @Test(arguments: [
        "", "/", "a/", "/b", "datasets/foo/bar", ".repo", "foo--bar", "foo..bar", "foo.git", "-a",
        "a-", "a.", "a b", "a/b?c", "a/../b", "café", "a\u{0}b", "a%2Fb", "a\nb",
        String(repeating: "x", count: 97),
    ])
    func whatIsNone(text: String) throws {
        let error = #expect(throws: TuneError.self) { try RepositoryID(text) }
        #expect(error?.code == .badConfig)
        #expect(error?.remedy?.contains("user/model") == true)
    }

    @Test(
        arguments: [
            ("test-trainer", "test-trainer"), ("my model (1)", "my-model-1"), ("..", "model"),
            ("a--b..c", "a-b.c"), ("x.git", "x"), ("größe", "gr-e"), ("", "model"),
            ("a.git.git", "a"),
        ])
    func namesOfDirectories(text: String, name: String) throws {
        let suggested = RepositoryID.suggested(by: text)
        #expect(throws: Never.self) { try RepositoryID("\(suggested)") }
        #expect(suggested.description == name)
    }

    @Test func aNamespaceIsTakenUnlessThereIsOne() throws {
        #expect(try RepositoryID("a").within("me").description == "me/a")
        #expect(try RepositoryID("you/a").within("me").description == "you/a")
        #expect(throws: TuneError.self) { try RepositoryID("a").within("../b") }
    }
}
