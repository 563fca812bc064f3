import Testing
import TuneModels
import TuneNN
import TuneTestSupport
import TuneTrainer

@Suite struct LinearWorkTests {
    @Test func encoderWeightsMeetEveryTokenUpToTheLastKeys() throws {
        var config = BERTConfig(numLabels: 3)
        (config.vocabSize, config.hiddenSize, config.intermediateSize) = (20, 8, 32)
        (config.numHiddenLayers, config.numAttentionHeads) = (2, 2)
        let model = try withSharedRandomness { try BERTForSequenceClassification(config) }
        let work = LinearWork(model)
        #expect(work.weightsPerToken == (4 * 8 * 8 + 2 * 8 * 32) + 2 * 8 * 8)
        #expect(work.weightsPerRow == (2 * 8 * 8 + 2 * 8 * 32) + 8 * 8 + 3 * 8)
    }

    @Test func trainingIsThreeTimesAForwardPass() {
        let work = LinearWork(weightsPerToken: 100, weightsPerRow: 10)
        #expect(work.inferenceOperations(tokens: 7, rows: 2) == 2 * (700 + 20))
        #expect(work.trainingOperations(tokens: 7, rows: 2) == 6 * (700 + 20))
    }
}
