import Foundation
import Synchronization
import Testing
import TuneBase
import TuneTorch

struct ProductStoreTests {
    private let directory = TemporaryDirectory()

    private var store: ProductStore {
        ProductStore(directory.file("cache/finetune"), processor: "a processor")
    }

    private func choices(_ path: MatrixProduct.Path, seconds: Double? = 0.001) throws
        -> [ProductKey: ProductChoice]
    {
        var result: [ProductKey: ProductChoice] = [:]
        for kind in MatrixProduct.Kind.allCases {
            for isBFloat16 in [false, true] {
                let product = MatrixProduct(
                    kind, rows: 300, inputs: 32, outputs: 48, weights: 3, isBFloat16: isBFloat16)
                let key = try #require(ProductKey(product, threads: 2))
                result[key] = ProductChoice(path: path, seconds: seconds.map { [path: $0] } ?? [:])
            }
        }
        return result
    }

    @Test func whatIsPublishedIsReadBack() throws {
        #expect(try store.read().isEmpty)
        #expect(store.isWritable)
        let choices = try choices(.libtorch)
        #expect(try store.publish(choices) == choices)
        #expect(try store.read() == choices)
        let data = try Data(contentsOf: store.file)
        #expect(try store.publish(choices) == choices)
        #expect(try Data(contentsOf: store.file) == data)
        // Another processor has another file.
        let other = ProductStore(directory.file("cache/finetune"), processor: "another")
        #expect(other.file != store.file)
        #expect(try other.read().isEmpty)
    }

    @Test func theFirstChoiceStays() throws {
        let first = try choices(.libtorch)
        _ = try store.publish(first)
        #expect(try store.publish(choices(.oneDNN)) == first)
        #expect(try store.publish(choices(.oneDNN), replacingGuesses: true) == first)
    }

    @Test func guessesMayBeReplaced() throws {
        let guesses = try choices(.libtorch, seconds: nil)
        #expect(try store.publish(guesses) == guesses)
        let measured = try choices(.oneDNN)
        #expect(try store.publish(measured) == guesses)
        #expect(try store.publish(measured, replacingGuesses: true) == measured)
    }

    @Test func publishersAtTheSameTimeAgree() throws {
        let results = Mutex<[[ProductKey: ProductChoice]]>([])
        let store = store
        let offers = try (0..<12).map {
            try choices(MatrixProduct.Path.allCases[$0 % 3], seconds: Double($0 + 1))
        }
        DispatchQueue.concurrentPerform(iterations: offers.count) { index in
            if let published = try? store.publish(offers[index]) {
                results.withLock { $0.append(published) }
            }
        }
        let found = results.withLock(\.self)
        #expect(found.count == offers.count)
        #expect(Set(found.map(\.description)).count <= offers.count)
        let stored = try store.read()
        #expect(found.allSatisfy { $0 == stored } && offers.contains(stored))
    }

    /// A table with one choice, changed by replacing a text.
    private func table(_ text: String = "", _ replacement: String = "") throws -> String {
        let all = try choices(.libtorch).filter { $0.key.kind == .forward && !$0.key.isBFloat16 }
        let table = ProductTable(processor: "a processor", choices: all)
        let original = String(decoding: table.data, as: UTF8.self)
        guard !text.isEmpty else { return original }
        let changed = original.replacing(text, with: replacement)
        #expect(changed != original, "\(text)")
        return changed
    }

    @Test func damagedTablesAreRefusedAndReplaced() throws {
        let damages = try [
            "", "{", "[]", "null", "\u{0}\u{1}", String(repeating: "[", count: 100_000),
            String(table().dropLast(20)), table("finetune-products", "something"),
            table("\"version\": 2", "\"version\": 1"), table("a processor", "another processor"),
            table("\"choices\"", "\"choice\""), table("forward", "sideways"),
            table("fp32", "fp31"), table("\"by\": \"libtorch\"", "\"by\": \"magic\""),
            table("\"rows\": 256", "\"rows\": 300"), table("\"rows\": 256", "\"rows\": -1"),
            table("\"inputs\": 32", "\"inputs\": 0"),
            table("\"inputs\": 32", "\"inputs\": 1e30"),
            table("\"inputs\": 32", "\"inputs\": \"32\""),
            table("\"inputs\": 32", "\"inputs\": 9223372036854775807"),
            table("\"threads\": 2", "\"threads\": 2, \"more\": 1"),
            table("\"threads\": 2,", ""), table("\"libtorch\": 1", "\"libtorch\": -1"),
            table("\"libtorch\": 1", "\"gpu\": 1"),
        ]
        try FileManager.default.createDirectory(
            at: store.file.deletingLastPathComponent(), withIntermediateDirectories: true)
        for text in damages {
            try Data(text.utf8).write(to: store.file)
            #expect(throws: TuneError.self, "\(text.prefix(200))") { try store.read() }
        }
        let choices = try choices(.tiles)
        #expect(try store.publish(choices) == choices)
        #expect(try store.read() == choices)
    }

    @Test func aChoiceMayNotBeThereTwice() throws {
        let table = ProductTable(
            processor: "a processor",
            choices: try choices(.libtorch).filter {
                $0.key.kind == .forward && !$0.key.isBFloat16
            })
        let value = try JSONValue(parsing: table.data, source: "table")
        let row = try #require(value["choices"]?.array?.first)
        let twice = value.object?.merging(["choices": [row, row]])
        let data = Data(JSONValue.object(try #require(twice)).serialized().utf8)
        #expect(throws: TuneError.self) { try ProductTable(parsing: data, source: "table") }
    }

    @Test func aDirectoryIsNoTable() throws {
        try FileManager.default.createDirectory(at: store.file, withIntermediateDirectories: true)
        #expect(throws: TuneError.self) { try store.read() }
        #expect(throws: (any Error).self) { try store.publish(choices(.tiles)) }
    }
}
