import Testing
import TuneBase
import TuneTokenizers

struct UnicodeTablesTests {
    private static let scalars = (0..<0x110000 as Range<UInt32>).filter {
        !(0xD800..<0xE000).contains($0)
    }

    @Test(arguments: [
        ("control", ScalarProperties.control), ("whitespace", .whitespace),
        ("ideograph", .ideograph), ("nonspacingMark", .nonspacingMark),
        ("combiningMark", .combiningMark), ("punctuation", .punctuation), ("word", .word),
    ])
    func setIsAsMeasured(_ name: String, _ property: ScalarProperties) throws {
        let expected = try #require(golden("unicode.json")["sets"]?[name])
        let members = Self.scalars.filter { ScalarProperties.of($0).contains(property) }.map(
            Int.init)
        #expect(members.count == expected["count"]?.int)
        #expect(digest(members) == expected["digest"]?.string)
    }

    @Test func lowerCaseIsAsMeasured() throws {
        let expected = try #require(golden("unicode.json")["mappings"]?["lowercase"])
        let images = Self.scalars.flatMap { scalar in
            ScalarMapping.lowercase[scalar].map { $0.map(Int.init) } ?? [Int(scalar)]
        }
        #expect(images.count == expected["count"]?.int)
        #expect(digest(images) == expected["digest"]?.string)
    }

    @Test func decompositionIsAsMeasured() throws {
        let expected = try #require(golden("unicode.json")["mappings"]?["decomposition"])
        var images: [Int] = []
        for scalar in Self.scalars { CanonicalForms.decompose(scalar) { images.append(Int($0)) } }
        #expect(images.count == expected["count"]?.int)
        #expect(digest(images) == expected["digest"]?.string)
    }
}
