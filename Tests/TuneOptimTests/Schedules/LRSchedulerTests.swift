import Testing
import TuneBase
import TuneOptim

@Suite struct LRSchedulerTests {
    private func optimizer(_ rates: [Double] = [1, 2]) -> Optimizer {
        Optimizer(
            groups: rates.map {
                ParameterGroup([NamedParameter](), learningRate: $0, weightDecay: 0)
            })
    }

    @Test func nothingMovesWhileBatchesAccumulate() throws {
        let optimizer = optimizer()
        let scheduler = LRScheduler(optimizer) { 1 / Double($0 + 1) }
        optimizer.isAccumulating = true
        scheduler.step()
        #expect(scheduler.lastLearningRates == [1, 2])
        optimizer.isAccumulating = false
        scheduler.step()
        #expect(scheduler.lastLearningRates == [0.5, 1])
    }

    @Test func baseRatesAreTheSavedOnes() throws {
        let saved = LRScheduler(optimizer([4, 8])) { 1 / Double($0 + 1) }
        saved.step()
        let scheduler = LRScheduler(optimizer()) { 1 / Double($0 + 1) }
        try scheduler.restore(saved.exportedState)
        #expect(scheduler.lastLearningRates == [2, 4])
        scheduler.step()
        #expect(scheduler.lastLearningRates == [4.0 / 3, 8.0 / 3])
        #expect(scheduler.baseLearningRates == [4, 8])
    }

    @Test func misfitsAreNamedAndChangeNothing() throws {
        let scheduler = try getScheduler(.reduceLROnPlateau, optimizer: optimizer())
        let state = scheduler.exportedState
        func expectRefusal(_ message: String, _ changes: JSONObject) {
            #expect {
                try scheduler.restore(state.merging(changes))
            } throws: {
                "\($0)".contains(message)
            }
            #expect(scheduler.exportedState == state)
        }
        expectRefusal("of the kind linear", ["kind": "linear"])
        expectRefusal("base_lrs has 1 rates", ["base_lrs": [3]])
        expectRefusal("last_lr has 1 rates", ["last_lr": [3, .double(.nan)]])
        expectRefusal("last_epoch is -1", ["last_epoch": -1])
        expectRefusal("'num_bad_epochs'", ["last_epoch": 5, "metric": ["best": 1]])
        expectRefusal("null", ["metric": nil])
    }
}
