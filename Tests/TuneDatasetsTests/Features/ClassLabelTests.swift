import Testing
import TuneDatasets

@Suite struct ClassLabelTests {
    @Test func convertsNamesAndNumbers() throws {
        let label = try ClassLabel(names: ["a", "b"])
        #expect(label.description == "ClassLabel(names=['a', 'b'])")
        #expect(label.numClasses == 2)
        #expect(try label.str2int("b") == 1)
        #expect(try label.str2int("1") == 1)
        #expect(try label.str2int([" a", "b"]) == [0, 1])
        #expect(try label.int2str([1, 0]) == ["b", "a"])
        #expect(ClassLabel(count: 2).names == ["0", "1"])
    }

    @Test func refusesWhatItDoesNotKnow() throws {
        let label = try ClassLabel(names: ["a", "b"])
        #expect(failure { try label.str2int("zzz") } == "Invalid string class label zzz.")
        #expect(failure { try label.str2int("7") } == "Invalid string class label 7.")
        #expect(failure { try label.int2str(5) } == "Invalid integer class label 5.")
        #expect(failure { try label.int2str(-1) } == "Invalid integer class label -1.")
        #expect(
            failure { try ClassLabel(names: ["a", "a"]) }
                == "Some label names are duplicated. Each label name should be unique.")
    }

    @Test func keepsCanonicallyEqualNamesApart() throws {
        let label = try ClassLabel(names: ["e\u{301}", "\u{e9}"])
        #expect(try label.str2int("\u{e9}") == 1)
    }
}
