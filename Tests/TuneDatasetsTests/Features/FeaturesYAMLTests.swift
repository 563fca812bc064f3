import Foundation
import Testing
import TuneBase
import TuneDatasets

/// The forms in which a dataset card writes features.
@Suite struct FeaturesYAMLTests {
    private func features(_ entries: String) throws -> Features {
        let folder = try TemporaryDirectory()
        let card = "---\ndataset_info:\n  features:\n\(entries)\n---\n"
        try writeFileAtomically(URL(fileURLWithPath: "\(folder.path)/README.md"), card)
        try writeFileAtomically(URL(fileURLWithPath: "\(folder.path)/rows.jsonl"), "{\"a\":null}\n")
        return try loadDataset(folder.path, split: "train").features
    }

    @Test(arguments: [
        ("dtype: string", "Value('string')"), ("list: string", "List(Value('string'))"),
        ("sequence: int32", "List(Value('int32'))"),
        ("list: {list: int8}", "List(List(Value('int8')))"),
        ("large_list: string", "LargeList(Value('string'))"),
        ("list: int32\n    length: 3", "List(Value('int32'), length=3)"),
        (
            "struct: [{name: d, dtype: int8}, {name: e, list: [{name: f, dtype: string}]}]",
            "{'d': Value('int8'), 'e': List({'f': Value('string')})}"
        ),
        ("sequence: [{name: f, dtype: string}]", "{'f': List(Value('string'))}"),
        ("dtype: {class_label: {names: [x, y]}}", "ClassLabel(names=['x', 'y'])"),
        (
            "sequence: {class_label: {names: {1: y, 0: x}}}",
            "List(ClassLabel(names=['x', 'y']))"
        ),
    ])
    func reads(entry: String, printed: String) throws {
        #expect(try features("  - name: a\n    \(entry)").description == "{'a': \(printed)}")
    }

    @Test func refusesGaps() throws {
        #expect(
            failure {
                try features("  - name: a\n    dtype: {class_label: {names: {0: x, 2: y}}}")
            }?
            .contains("some ids are missing") == true)
        #expect(failure { try features("  - dtype: string") }?.contains("no 'name'") == true)
        #expect(failure { try features("  - name: a") }?.contains("unknown kind") == true)
        #expect(
            failure { try features("  - name: a\n    dtype: strin") }?
                .contains("unknown data type 'strin'") == true)
    }
}
