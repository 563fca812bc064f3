import TuneBase

extension StepProgress {
    /// What `progress.json` keeps.
    var json: JSONObject {
        JSONObject([
            (
                "position",
                [
                    "epoch": .int(position.epoch), "batches_done": .int(position.batchesDone),
                    "is_epoch_ended": .bool(position.isEpochEnded),
                    "owes_evaluation": .bool(position.owesEvaluation),
                    "owes_checkpoint": .bool(position.owesCheckpoint),
                ]
            ),
            (
                "loss",
                [
                    "sum": .double(Double(losses.sum)), "drained": .double(losses.drained),
                    "last_logged_step": .int(losses.lastLoggedStep),
                    "skipped_since_log": .int(losses.skippedSinceLog),
                    "skipped": .int(losses.skipped),
                ]
            ),
            ("grad_norm", gradientNorm.map(JSONValue.double) ?? .null),
            ("learning_rate", .double(learningRate)),
            ("batch_parts", .int(batchParts)),
            (
                "non_finite",
                [
                    "skipped": .int(nonFinite.skipped), "rollbacks": .int(nonFinite.rollbacks),
                    "steps_to_skip": .array(nonFinite.stepsToSkip.sorted().map(JSONValue.int)),
                ]
            ),
        ])
    }

    /// Takes over what `progress.json` holds.
    ///
    /// - Throws: `TuneError` naming file and key for anything that is missing or malformed.
    init(json: JSONValue, source: String) throws {
        self.init()
        let fields = try JSONFields(json, source: source)
        func part(_ key: String) throws -> JSONFields {
            try JSONFields(fields.object[key] ?? .null, source: "\(source): '\(key)'")
        }
        let place = try part("position")
        position.epoch = try place.count("epoch")
        position.batchesDone = try place.count("batches_done")
        position.isEpochEnded = try place.bool("is_epoch_ended")
        position.owesEvaluation = try place.bool("owes_evaluation")
        position.owesCheckpoint = try place.bool("owes_checkpoint")
        let loss = try part("loss")
        losses.sum = Float(try loss.double("sum"))
        losses.drained = try loss.double("drained")
        losses.lastLoggedStep = try loss.count("last_logged_step")
        losses.skippedSinceLog = try loss.count("skipped_since_log")
        losses.skipped = try loss.count("skipped")
        gradientNorm = fields.object["grad_norm"]?.double
        learningRate = try fields.double("learning_rate")
        batchParts = max(1, try fields.count("batch_parts"))
        let faults = try part("non_finite")
        nonFinite.skipped = try faults.count("skipped")
        nonFinite.rollbacks = try faults.count("rollbacks")
        nonFinite.stepsToSkip = Set((faults.object["steps_to_skip"]?.array ?? []).compactMap(\.int))
    }
}

extension JSONFields {
    /// An integer that counts something.
    func count(_ key: String) throws -> Int {
        let value = try int(key)
        guard value >= 0 else {
            throw TuneError(.badConfig, "\(source): '\(key)' is \(value), which counts nothing.")
        }
        return value
    }
}
