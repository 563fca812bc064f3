package import TuneBase

/// What `scheduler.pt` holds, in the form of `LRScheduler.exportedState`.
///
/// Schedules by steps do not tell their name in Python; which one goes on is up to the arguments of
/// the training, as there.
package struct PythonSchedule {
    /// The state.
    package let state: JSONObject
    /// The steps taken.
    let steps: Int
    /// The learning rates of the next step.
    let rates: [Double]

    /// Reads the state.
    ///
    /// - Throws: `TuneError` for a schedule that the Trainer does not make.
    package init(_ file: TorchFile) throws {
        let fields = try PickleFields(file.root, source: file.path)
        steps = try fields.int("last_epoch")
        let last = try fields.doubles("_last_lr")
        rates = last
        var state = JSONObject([("last_epoch", .int(steps)), ("last_lr", list(last))])
        if fields.has("lr_lambdas") {
            state["base_lrs"] = list(try fields.doubles("base_lrs"))
        } else if fields.has("warmup_counter") {
            state["kind"] = "greedy"
            state["base_lrs"] = list(try fields.doubles("_init_lrs"))
            state["metric"] = .object(try greedy(fields))
        } else if fields.has("num_bad_epochs") {
            state["kind"] = "reduce_lr_on_plateau"
            // It has no rates to begin with: each change starts from the present ones.
            state["base_lrs"] = list(last)
            state["metric"] = .object(try plateau(fields))
        } else {
            throw TuneError(
                .badData, "\(file.path) is of a schedule that the Trainer does not make.",
                remedy: "Schedules of lr_scheduler_type can go on here.")
        }
        self.state = state
    }
}

private func plateau(_ fields: PickleFields) throws -> JSONObject {
    JSONObject([
        ("best", .double(try fields.double("best"))),
        ("num_bad_epochs", .int(try fields.int("num_bad_epochs"))),
        ("cooldown_counter", .int(try fields.int("cooldown_counter"))),
    ])
}

private func greedy(_ fields: PickleFields) throws -> JSONObject {
    var result = try plateau(fields)
    for key in ["num_good_epochs", "warmup_counter", "reset_start"] {
        result[key] = .int(try fields.int(key))
    }
    if let average = fields.dictionary["_streaming_avg"] {
        let kept = try PickleFields(average, source: "\(fields.source), _streaming_avg")
        result["average"] = .object(
            JSONObject([
                ("values", list(try kept.doubles("values"))),
                ("sum", .double(try kept.double("sum"))),
            ]))
    }
    return result
}

private func list(_ numbers: [Double]) -> JSONValue { .array(numbers.map { .double($0) }) }
