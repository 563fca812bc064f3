import Testing
import TuneBase
import TuneMetrics

/// Every metric against scikit-learn and SciPy: scores, warnings and errors.
struct GoldenTests {
    @Test func fixtureCoversEveryMetric() throws {
        let covered = Set(try GoldenCase.all().map(\.metric))
        #expect(covered == Set(Evaluate.listEvaluationModules()))
    }

    @Test(arguments: try GoldenCase.all())
    func matchesPython(_ golden: GoldenCase) throws {
        if let message = golden.error {
            let error = #expect(throws: TuneError.self) { try golden.run() }
            let text = message.hasSuffix(".") ? message : message + "."
            #expect(error?.message == text)
            return
        }
        let expected = try #require(golden.expected)
        let (result, warnings) = try golden.run()
        #expect(result.names == expected.keys)
        for (name, value) in expected.members {
            let scores = result[name].map { [$0] } ?? result.perLabel(name) ?? []
            let numbers = value.double.map { [$0] } ?? value.array?.compactMap(\.double) ?? []
            #expect(scores.count == numbers.count)
            for (score, number) in zip(scores, numbers) {
                #expect(agree(score, number, golden.tolerance), "\(score) is not \(number)")
            }
        }
        #expect(warnings == golden.warnings)
    }

    private func agree(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
        if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
        return abs(a - b) <= tolerance * max(1e-3, abs(b))
    }
}
