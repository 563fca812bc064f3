import Foundation
package import TuneBase
import TuneNN
import TuneOptim
import TuneTorch

extension ModelCard {
    /// What a log history says of the evaluations: rows of a table, and the last results.
    package static func results(
        of history: [JSONObject]
    ) -> (rows: [JSONObject]?, last: JSONObject?) {
        let end = history.firstIndex { $0["train_runtime"] != nil }
        let last = history.last { $0["eval_loss"] != nil }.map(named)
        guard let end else { return (nil, last) }
        var (loss, rows): (JSONValue, [JSONObject]) = ("No log", [])
        for row in history[..<end] {
            if let value = row["loss"] { loss = value }
            if row["eval_loss"] != nil { rows.append(tableRow(row, loss)) }
        }
        return (rows, last)
    }

    /// Times and places of an evaluation, which are no results.
    private static let asides: Set = [
        "runtime", "samples_per_second", "steps_per_second", "epoch", "step", "total_flos",
    ]

    private static func named(_ row: JSONObject) -> JSONObject {
        JSONObject(
            row.members.compactMap { key, value in
                let name = key.hasPrefix("eval_") ? String(key.dropFirst(5)) : key
                return asides.contains(name) ? nil : (words(name), value)
            })
    }

    private static func tableRow(_ row: JSONObject, _ loss: JSONValue) -> JSONObject {
        var result = JSONObject([("Training Loss", loss)])
        result["Epoch"] = row["epoch"]
        result["Step"] = row["step"]
        for (name, value) in named(row).members {
            result[name == "Loss" ? "Validation Loss" : name] = value
        }
        return result
    }

    /// `matthews_correlation` as `Matthews Correlation`.
    private static func words(_ name: String) -> String {
        name.split(separator: "_", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
            .joined(separator: " ")
    }

    /// The hyper-parameters that a card lists.
    package static func hyperparameters(_ args: TrainingArguments) -> JSONObject {
        var list = JSONObject([
            ("learning_rate", .double(args.learningRate)),
            ("train_batch_size", .int(args.trainBatchSize)),
            ("eval_batch_size", .int(args.evalBatchSize)), ("seed", .int(args.seed)),
        ])
        if args.gradientAccumulationSteps > 1 {
            list["gradient_accumulation_steps"] = .int(args.gradientAccumulationSteps)
            list["total_train_batch_size"] = .int(
                args.trainBatchSize * args.gradientAccumulationSteps)
        }
        list["optimizer"] = .string(optimizer(args))
        list["lr_scheduler_type"] = .string(args.lrSchedulerType.rawValue)
        if args.warmupSteps != 0 {
            list["lr_scheduler_warmup_steps"] = .string(Quantity.plain(args.warmupSteps))
        }
        if args.maxSteps > 0 {
            list["training_steps"] = .int(args.maxSteps)
        } else {
            list["num_epochs"] = .double(args.numTrainEpochs)
        }
        if args.fp16 { list["mixed_precision_training"] = "Native AMP" }
        if args.bf16 { list["mixed_precision_training"] = "bfloat16" }
        if args.labelSmoothingFactor != 0 {
            list["label_smoothing_factor"] = .double(args.labelSmoothingFactor)
        }
        return list
    }

    private static func optimizer(_ args: TrainingArguments) -> String {
        let name = args.optim.rawValue
        let options = args.optimArgs ?? "No additional optimizer arguments"
        guard name.contains("adam") else { return "Use \(name) and the args are: \(options)" }
        return
            "Use \(name) with betas=(\(pythonRepr(args.adamBeta1)),\(pythonRepr(args.adamBeta2)))"
            + " and epsilon=\(pythonRepr(args.adamEpsilon)) and optimizer_args=\(options)"
    }

    /// The software that made the model.
    static var softwareVersions: JSONObject {
        JSONObject([
            ("FineTune", .string(fineTuneVersion)), ("libtorch", .string(TorchRuntime.version)),
        ])
    }
}
