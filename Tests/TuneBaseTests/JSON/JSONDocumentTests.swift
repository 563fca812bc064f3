import Foundation
import Testing
import TuneBase

@Suite struct JSONDocumentTests {
    private func document(_ text: String) throws -> JSONDocument {
        try JSONDocument(parsing: Data(text.utf8), source: "run.json")
    }

    @Test func membersHavePlaces() throws {
        let place = try document("{\"a\": 1,\n  \"b\": {\"c\": [1],\n\"d\": 2},\n \"e\": []}").place
        #expect("\(place["a"])" == "run.json:1:2")
        #expect("\(place["b"])" == "run.json:2:3")
        #expect("\(place["b"]["c"])" == "run.json:2:9")
        #expect("\(place["b"]["d"])" == "run.json:3:1")
        #expect("\(place["e"])" == "run.json:4:2")
    }

    @Test func unknownPlacesAreThoseOfWhatEnclosesThem() throws {
        let place = try document("{\n\"a\": {}}").place
        #expect("\(place["a"]["b"]["c"])" == "run.json:2:1")
        #expect("\(place["x"]["b"])" == "run.json")
        #expect("\(place)" == "run.json")
    }

    @Test func holdsTheValue() throws {
        #expect(try document("{\"a\": [{\"b\": 1}, 2]}").value == ["a": [["b": 1], 2]])
        #expect(throws: TuneError.self) { try document("{\"a\": 1, \"a\": 2}") }
    }
}
