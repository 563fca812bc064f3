import Foundation
import Testing
import TuneBase
import TuneTestSupport
import TuneTorch

/// Reference values made by `Tools/goldens/trainer.py`.
struct Golden {
    let json: JSONValue

    static func loaders() throws -> Golden {
        let file = URL(fileURLWithPath: fixtures() + "/loaders.json")
        return Golden(json: try JSONValue(parsing: readFile(file), source: file.path))
    }

    func intRows(_ key: String) throws -> [[Int]] { try rows(json[key]) }

    /// The batches of each pass, and the integer drawn after them.
    func passes(_ key: String) throws -> (batches: [[[Int]]], nextDraw: Int) {
        let entry = try #require(json[key])
        let passes = try #require(entry["batches"]?.array).map { try rows($0) }
        return (passes, try #require(entry["next_draw"]?.int))
    }

    private func rows(_ value: JSONValue?) throws -> [[Int]] {
        try #require(value?.array?.mapAll { $0.array?.mapAll(\.int) })
    }
}

/// Seeds the default generator and keeps it from other tests while `body` draws.
func seeded<Result>(_ seed: UInt64, _ body: () throws -> Result) rethrows -> Result {
    try withSharedRandomness {
        manualSeed(seed)
        return try body()
    }
}

/// One 64-bit integer from the default generator.
func drawnInteger() -> Int { Tensor.empty([], dtype: .int64).random_().itemInt() }
