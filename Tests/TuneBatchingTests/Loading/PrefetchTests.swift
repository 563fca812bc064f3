import Foundation
import Synchronization
import Testing
import TuneBase
import TuneBatching
import TuneDatasets
import TuneTorch

/// What a pass does whether or not its batches are made ahead.
@Suite struct PrefetchTests {
    private func numbers(_ count: Int) throws -> Dataset {
        try Dataset(Columns(["x": .ints(Array(0..<count))]))
    }

    private func rows(_ batches: BatchIterator) throws -> [[Int]] {
        var result: [[Int]] = []
        while let batch = try batches.nextHostBatch() { result.append(batch["x"]?.ints ?? []) }
        return result
    }

    @Test(arguments: [0, 1, 2, 7])
    func orderAndDrawsDoNotDependOnIt(factor: Int) throws {
        let golden = try Golden.loaders().passes("shuffled")
        let loader = try DataLoader(
            numbers(10), batchSize: 4, shuffle: true, prefetchFactor: factor)
        try seeded(42) {
            let passes = try golden.batches.map { _ in try rows(loader.makeBatchIterator()) }
            #expect(passes == golden.batches)
            #expect(drawnInteger() == golden.nextDraw)
        }
    }

    @Test func rowwiseCollatorsRunAheadAndOthersWhenAsked() throws {
        let ahead = Spy(isRowwise: true)
        try seeded(0) {
            let loader = try DataLoader(numbers(40), batchSize: 2, collateFn: ahead)
            let batches = loader.makeBatchIterator()
            _ = try batches.nextHostBatch()
            // One row as a check, the batch that was used, and two ahead.
            ahead.wait(forCalls: 1 + 3)
            #expect(ahead.calls <= 1 + 3)
            #expect(ahead.threads.contains { !$0 })
        }
        let asked = Spy(isRowwise: false)
        try seeded(0) {
            let loader = try DataLoader(numbers(40), batchSize: 2, collateFn: asked)
            let batches = loader.makeBatchIterator()
            for _ in 0..<3 { _ = try batches.nextHostBatch() }
            #expect(asked.calls == 1 + 3)
            #expect(asked.ownThread == 1 + 3)
        }
    }

    @Test func droppingTheIteratorEndsTheThread() throws {
        let spy = Spy(isRowwise: true, seconds: 0.01)
        try seeded(0) {
            let loader = try DataLoader(numbers(400), batchSize: 2, collateFn: spy)
            var batches: BatchIterator? = loader.makeBatchIterator()
            _ = try batches?.nextHostBatch()
            batches = nil
            #expect(spy.running == 0)
            let calls = spy.calls
            Thread.sleep(forTimeInterval: 0.05)
            #expect(spy.calls == calls)
        }
    }

    @Test(arguments: [0, 2])
    func anErrorComesInTheBatchWhereItBelongs(factor: Int) throws {
        let ragged = try Dataset(
            Columns(["x": .intLists([[1], [2], [3], [4], [5], [6, 7], [8], [9]])]))
        let loader = try DataLoader(ragged, batchSize: 2, prefetchFactor: factor)
        try seeded(0) {
            let batches = loader.makeBatchIterator()
            for expected in [[1, 2], [3, 4]] {
                let batch = try batches.nextHostBatch()
                #expect(batch?["x"]?.ints == expected)
            }
            for _ in 0..<2 {
                #expect(throws: TuneError.self) { try batches.nextHostBatch() }
            }
        }
    }

    /// A batch that was made ahead is not the last one under way.
    @Test func theLastBatchIsToldWhenItIsHandedOut() throws {
        let observer = Observer()
        try seeded(0) {
            let loader = try DataLoader(numbers(6), batchSize: 2, prefetchFactor: 5)
            loader.observer = observer
            let batches = loader.makeBatchIterator()
            for expected in ["begin", "begin", "begin last", "begin last end"] {
                _ = try batches.nextHostBatch()
                #expect(observer.events.joined(separator: " ") == expected)
            }
        }
    }

    @Test func passesOverOneLoaderDoNotDisturbEachOther() throws {
        let loader = try DataLoader(numbers(9), batchSize: 2)
        try seeded(0) {
            let (first, second) = (loader.makeBatchIterator(), loader.makeBatchIterator())
            let begun = try first.nextHostBatch()
            #expect(begun?["x"]?.ints == [0, 1])
            let (whole, rest) = (try rows(second), try rows(first))
            #expect(whole.flatMap(\.self) == Array(0..<9))
            #expect(rest.flatMap(\.self) == Array(2..<9))
        }
    }

    @Test func chosenRowsComeInTheirGroups() throws {
        let loader = try DataLoader(numbers(9), batchSize: 4)
        let groups = [[8, 1, 3, 5, 0], [2], [4, 6, 7]]
        let after = try seeded(6) {
            let batches = loader.makeBatches(of: groups)
            for group in groups {
                let next = try #require(try batches.next())
                #expect(Array(next.rows) == group)
                #expect(next.batch["x"]?.ints() == group)
            }
            #expect(try batches.next() == nil)
            return drawnInteger()
        }
        // The pass draws once, as one in order does.
        try seeded(6) {
            _ = try rows(loader.makeBatchIterator())
            #expect(drawnInteger() == after)
        }
    }

    @Test func aNegativeFactorIsRefused() throws {
        let data = try numbers(3)
        #expect(throws: TuneError.self) { try DataLoader(data, prefetchFactor: -1) }
    }
}

private final class Observer: LoaderObserver {
    private(set) var events: [String] = []
    func loaderDidBegin(_ loader: DataLoader) { events.append("begin") }
    func loaderReachedLastBatch(_ loader: DataLoader) { events.append("last") }
    func loaderDidEnd(_ loader: DataLoader) { events.append("end") }
}

/// A collator that remembers when and where it was called.
private final class Spy: DataCollator {
    let isRowwise: Bool
    private let seconds: Double
    private let owner = Thread.current.hash
    private let state = Mutex(State())

    private struct State {
        var threads: [Bool] = []
        var running = 0
    }

    init(isRowwise: Bool, seconds: Double = 0) {
        (self.isRowwise, self.seconds) = (isRowwise, seconds)
    }

    /// For each call whether it came on the thread that made the spy.
    var threads: [Bool] { state.withLock { $0.threads } }
    var calls: Int { threads.count }
    var ownThread: Int { threads.count { $0 } }
    var running: Int { state.withLock { $0.running } }

    func wait(forCalls count: Int) {
        let deadline = monotonicSeconds() + 10
        while calls < count, monotonicSeconds() < deadline { Thread.sleep(forTimeInterval: 0.001) }
    }

    func callAsFunction(_ features: Columns) throws -> HostBatch {
        state.withLock {
            $0.threads.append(Thread.current.hash == owner)
            $0.running += 1
        }
        Thread.sleep(forTimeInterval: seconds)
        state.withLock { $0.running -= 1 }
        return try DefaultDataCollator()(features)
    }
}
