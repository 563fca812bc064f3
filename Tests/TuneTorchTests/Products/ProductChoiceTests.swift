import Foundation
import Synchronization
import Testing
import TuneTorch

struct ProductChoiceTests {
    private typealias Times = [MatrixProduct.Path: MatrixProduct.Time]

    private func times(_ shortest: [MatrixProduct.Path: Double]) -> Times {
        shortest.mapValues { MatrixProduct.Time(median: 1.2 * $0, shortest: $0) }
    }

    @Test func choiceFollowsTheTimes() {
        let slow = times([.tiles: 1, .libtorch: 2, .oneDNN: 3])
        #expect(ProductChoice(slow, usual: .tiles).path == .tiles)
        let fast = times([.tiles: 1, .libtorch: 0.5, .oneDNN: 0.3])
        #expect(ProductChoice(fast, usual: .tiles).path == .oneDNN)
        #expect(ProductChoice(fast, usual: .oneDNN).path == .oneDNN)
        #expect(ProductChoice(times([.libtorch: 3]), usual: .libtorch).path == .libtorch)
        #expect(ProductChoice(fast, usual: .tiles).seconds[.tiles] == 1.2)
    }

    @Test func aSmallMarginIsNoise() {
        let close = times([.tiles: 1, .libtorch: 0.95])
        #expect(ProductChoice(close, usual: .tiles).path == .tiles)
        // The median of one path suffered from something else on the machine.
        let disturbed: Times = [
            .tiles: .init(median: 9, shortest: 1), .oneDNN: .init(median: 1.1, shortest: 1),
        ]
        #expect(ProductChoice(disturbed, usual: .tiles).path == .tiles)
    }

    @Test func keysHaveBucketsOfRows() throws {
        func bucket(_ rows: Int) -> Int? {
            ProductKey(MatrixProduct(.forward, rows: rows, inputs: 16, outputs: 16))?.bucket
        }
        #expect(bucket(1) == nil && bucket(63) == nil)
        #expect(bucket(64) == 64 && bucket(127) == 64 && bucket(128) == 128)
        #expect(bucket(1000) == 512 && bucket(2048) == 2048 && bucket(100_000) == 2048)
        let product = MatrixProduct(.forward, rows: 600, inputs: 768, outputs: 768, weights: 3)
        let key = try #require(ProductKey(product))
        #expect(key.example() == key.product(rows: 773))
        let short = key.example(operations: 1e9)
        #expect(short.rows >= 64 && short.rows < 773 && short.operations < 1.1e9)
    }

    @Test func impossibleChoicesAreRefused() throws {
        // Tiles need sixteen inputs.
        let narrow = try #require(
            ProductKey(MatrixProduct(.forward, rows: 64, inputs: 3, outputs: 16)))
        #expect(throws: TorchError.self) { try [narrow: ProductChoice(path: .tiles)].install() }
        let many = try #require(
            ProductKey(
                MatrixProduct(.forward, rows: 64, inputs: 64, outputs: 64, weights: 1000)))
        #expect(throws: TorchError.self) { try [many: ProductChoice(path: .libtorch)].install() }
    }

    private func key(_ inputs: Int) throws -> ProductKey {
        try #require(
            ProductKey(
                MatrixProduct(.forward, rows: 100, inputs: inputs, outputs: 32), threads: 1))
    }

    @Test func selectorMeasuresOnceForAllProcesses() throws {
        let directory = TemporaryDirectory()
        let store = ProductStore(directory.url, processor: "a processor")
        let runs = Mutex(0)
        let other: MatrixProduct.Path =
            try key(32).example().usualPath == .libtorch ? .oneDNN : .libtorch
        func selector(_ fastest: MatrixProduct.Path) throws -> ProductSelector {
            ProductSelector(store, try store.read()) { product, _ in
                runs.withLock { $0 += 1 }
                #expect(product.inputs == 32 && product.rows >= 64)
                var times = MatrixProduct.Path.allCases.reduce(into: Times()) {
                    $0[$1] = .init(median: 1, shortest: 1)
                }
                times[fastest] = .init(median: 0.1, shortest: 0.1)
                return times
            }
        }
        let wanted = try key(32)
        var found: [ProductChoice?] = []
        func resolve(_ selector: ProductSelector) {
            selector.resolve(wanted) { found.append($0[wanted]) }
        }
        let first = try selector(other)
        // Begins with the same file as the first, and finds another path to be the fastest.
        let meanwhile = try selector(.tiles)
        for selector in [first, first, meanwhile] { resolve(selector) }
        resolve(try selector(.tiles))
        #expect(found.map { $0?.path } == [other, other, other, other])
        #expect(runs.withLock(\.self) == 2)
    }

    /// Slow products leave time for a measured one of each other kind and precision.
    @Test func everyKindHasItsTime() throws {
        let directory = TemporaryDirectory()
        let store = ProductStore(directory.url, processor: "a processor")
        let selector = ProductSelector(store, [:], budget: 0.001) { product, _ in
            usleep(2_000)
            return [product.usualPath: .init(median: 1, shortest: 1)]
        }
        let families = MatrixProduct.Kind.allCases.flatMap { [($0, false), ($0, true)] }
        for (kind, isBFloat16) in families {
            for (inputs, isMeasured) in [(32, true), (64, false)] {
                let product = MatrixProduct(
                    kind, rows: 100, inputs: inputs, outputs: 32, isBFloat16: isBFloat16)
                let key = try #require(ProductKey(product, threads: 1))
                selector.resolve(key) { #expect($0[key]?.seconds.isEmpty == !isMeasured) }
            }
        }
    }

    @Test func withoutTimeTheNearestMeasuredProductDecides() throws {
        let directory = TemporaryDirectory()
        let store = ProductStore(directory.url, processor: "a processor")
        let (near, far) = (try key(64), try key(1024))
        let choices = [
            near: ProductChoice(path: .libtorch, seconds: [.libtorch: 1]),
            far: ProductChoice(path: near.example().usualPath, seconds: [.libtorch: 1]),
            try key(50): ProductChoice(path: near.example().usualPath),
        ]
        let selector = ProductSelector(store, choices, budget: 0) { _, _ in [:] }
        var found: [ProductKey: ProductChoice] = [:]
        try selector.resolve(key(48)) { found = $0 }
        #expect(try found[key(48)] == ProductChoice(path: .libtorch))
        try selector.resolve(key(2048)) { found = $0 }
        #expect(try found[key(2048)]?.path == far.example().usualPath)
    }

    @Test func withoutTimeOrPlaceTheUsualPathIsTaken() throws {
        let directory = TemporaryDirectory()
        let store = ProductStore(directory.url, processor: "a processor")
        let usual = try key(32).example().usualPath
        let faster: MatrixProduct.Path = usual == .libtorch ? .oneDNN : .libtorch
        let measure: ProductSelector.Measure = { _, _ in
            [usual: .init(median: 1, shortest: 1), faster: .init(median: 0.1, shortest: 0.1)]
        }
        var found: [ProductKey: ProductChoice] = [:]
        let hurried = ProductSelector(store, [:], budget: 0, measure: measure)
        try hurried.resolve(key(32)) { found = $0 }
        #expect(try found[key(32)] == ProductChoice(path: usual))
        // Later runs must not find the time, or results would differ.
        #expect(try store.read() == found)

        let file = directory.file("file")
        try Data().write(to: file)
        let nowhere = ProductStore(file, processor: "a processor")
        #expect(!nowhere.isWritable)
        let selector = ProductSelector(nowhere, [:], measure: measure)
        try selector.resolve(key(48)) { found = $0 }
        #expect(try found[key(48)]?.path == usual)
    }
}
