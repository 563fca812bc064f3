import Logging
import TuneBase
import TuneDatasets

extension Trainer {
    /// The one dataset to evaluate where a caller names none.
    func evaluationData() throws -> Dataset {
        guard let evalDataset else {
            throw TuneError(
                .missingInput, "There is no data to evaluate on.",
                remedy: "Pass a dataset to evaluate, or evalDataset to Trainer.")
        }
        return evalDataset
    }

    /// Ends training after a pass that brought no batch, as every later one would.
    func stopForLackOfData() {
        logger.warning(
            "The training data brought no batch; training ends after step \(state.globalStep) of \(state.maxSteps)."
        )
        control.shouldTrainingStop = true
    }
}
