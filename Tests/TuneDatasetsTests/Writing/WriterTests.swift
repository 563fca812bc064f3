import Foundation
import Testing
import TuneBase
import TuneDatasets

@Suite struct WriterTests {
    @Test func writesJSONLinesLikePython() throws {
        let nested = DataValue.structure(["k": .int(1), "a": .list([.double(1.5), .null])])
        let texts: [DataValue] = [
            .string("é/\""), .string("\u{2028}\\"), .string("🙂"), .string("\u{1}"), .null,
            .string("\t"),
        ]
        let numbers: [DataValue] = [
            .double(1), .double(0.1), .double(1e20), .null, .double(-2.5), .double(0.5),
        ]
        let dataset = try Dataset(
            [
                "t": .values(texts),
                "i": .values([.int(1), .null, .int(2), .int(3), .int(4), .int(5)]),
                "f": .values(numbers), "n": .values(Array(repeating: nested, count: 6)),
                "c": .values([
                    .bool(true), .bool(false), .null, .bool(true), .bool(true), .bool(true),
                ]),
            ],
            features: [
                "t": .value("string"), "i": .value("int64"), "f": .value("float64"),
                "n": .structure(["k": .value("int64"), "a": .list(.value("float64"))]),
                "c": .value("bool"),
            ])
        let folder = try TemporaryDirectory()
        try dataset.toJSONLines("\(folder.path)/rows.jsonl")
        let written = try readFile(URL(fileURLWithPath: "\(folder.path)/rows.jsonl"))
        #expect(
            String(decoding: written, as: UTF8.self) == (try Golden.json()["jsonLines"]?.string))
        let copy = try loadDataset(folder.path, split: "train")
        #expect(try printedRows(copy) == printedRows(dataset))
    }

    @Test func leavesNothingBehindWhenItFails() throws {
        let folder = try TemporaryDirectory()
        try writeFileAtomically(URL(fileURLWithPath: "\(folder.path)/file"), "x")
        let small = try Golden.small()
        #expect(failure { try small.toParquet("\(folder.path)/file/rows.parquet") } != nil)
        #expect(failure { try small.toJSONLines("\(folder.path)/file/rows.jsonl") } != nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }
}
