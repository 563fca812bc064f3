import FineTuneKit
import Foundation

/// Each file of the newest checkpoint is deleted, emptied, halved, or has one bit flipped.
struct Corruptions {
    private enum Damage: CaseIterable { case deleted, emptied, halved, bitFlipped }

    /// The step of the checkpoint that is damaged; there is one of the step before.
    private static let damagedStep = 37

    /// Damages `rounds` times each file of a checkpoint in each way, and resumes.
    func callAsFunction(rounds: Int) throws -> Tally {
        var tally = Tally("newest checkpoint damaged")
        try withScratch { scratch in
            let expected = try TinyRun(directory: scratch + "/whole").finish()
            let (run, pristine) = (scratch + "/run", scratch + "/pristine")
            try prepare(run)
            try FileManager.default.moveItem(atPath: run, toPath: pristine)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: "\(pristine)/checkpoint-\(Self.damagedStep)"
            ).sorted()
            for _ in 0..<rounds {
                for file in files {
                    for damage in Damage.allCases {
                        try FileManager.default.copyItem(atPath: pristine, toPath: run)
                        defer { try? FileManager.default.removeItem(atPath: run) }
                        try apply(damage, to: "\(run)/checkpoint-\(Self.damagedStep)/\(file)")
                        try resume(run, "\(file) \(damage)", expected, &tally)
                    }
                }
            }
        }
        return tally
    }

    /// A run that was stopped when the checkpoint existed.
    private func prepare(_ directory: String) throws {
        let stop = Disturbance(after: Self.damagedStep - 1, at: .stepBegin) { _ in raise(SIGTERM) }
        do {
            try TinyRun(directory: directory, callbacks: [stop]).trainer().train()
        } catch let error as TuneError where error.code == .interrupted {}
    }

    private func apply(_ damage: Damage, to path: String) throws {
        let file = URL(fileURLWithPath: path)
        var content = try Data(contentsOf: file)
        switch damage {
        case .deleted: return try FileManager.default.removeItem(at: file)
        case .emptied: content = Data()
        case .halved: content = content.prefix(content.count / 2)
        case .bitFlipped: content[Int.random(in: 0..<content.count)] ^= 1 << Int.random(in: 0..<8)
        }
        try content.write(to: file)
    }

    private func resume(
        _ directory: String, _ name: String, _ expected: String, _ tally: inout Tally
    ) throws {
        let start = Box<Int?>(nil)
        let watch = Disturbance(at: .trainBegin) { start.value = $0.state.globalStep }
        let result = Result {
            try TinyRun(directory: directory, callbacks: [watch]).finish(.newestIfAny)
        }
        tally["cases"] += 1
        let isDetected = start.value != Self.damagedStep
        tally["detected"] += isDetected ? 1 : 0
        let fellBack = start.value == Self.damagedStep - 1
        tally["fell back to the checkpoint before"] += fellBack ? 1 : 0
        let isRight = (try? result.get()) == expected
        tally["bit-equal ends"] += isRight ? 1 : 0
        tally.expect(fellBack && isRight, "\(name): \(result), from step \(start.value ?? -1)")
    }
}
