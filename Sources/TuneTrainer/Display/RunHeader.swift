import TuneBase
import TuneNN
import TuneOptim
import TuneTorch

/// What a run is going to do, in a few lines.
struct RunHeader {
    let details: RunDetails
    let context: TrainerContext

    /// The lines.
    var block: InfoBlock {
        InfoBlock(
            title: details.title,
            entries: [
                ("model", model), ("data", data), ("plan", plan), ("device", device),
                ("every", intervals), ("run", run),
            ])
    }

    private var args: TrainingArguments { context.args }

    private var model: [String] {
        let kind = context.model.configuration["model_type"]?.string
        let all = context.model.parameterCount()
        let trainable = context.model.parameterCount(trainableOnly: true)
        let count = "\(Quantity.short(Double(all))) parameters"
        return (details.model.isEmpty ? [kind ?? "\(type(of: context.model))"] : details.model)
            + [all == trainable ? count : "\(count), \(Quantity.short(Double(trainable))) trained"]
    }

    private var data: [String] {
        guard details.data.isEmpty else { return details.data }
        return context.plan.map { [Quantity.noun($0.rows, "row")] } ?? []
    }

    private var plan: [String] {
        guard let plan = context.plan else { return [] }
        let rows = args.trainBatchSize * plan.batchesPerUpdate
        let batch =
            plan.batchesPerUpdate == 1
            ? "batch \(rows)" : "batch \(rows) = \(args.trainBatchSize) × \(plan.batchesPerUpdate)"
        let epochs = Double(plan.maxSteps) / Double(max(1, plan.updatesPerEpoch))
        return [
            Quantity.epochs(epochs),
            Quantity.noun(plan.maxSteps, "step"), batch, args.optim.rawValue,
            "lr \(Quantity.plain(args.learningRate)) \(args.lrSchedulerType.rawValue)",
            warmup(plan),
        ]
    }

    private func warmup(_ plan: TrainingPlan) -> String {
        let steps = args.warmupSteps(of: plan.maxSteps)
        return steps > 0 ? "warm-up \(Quantity.noun(steps, "step"))" : ""
    }

    private var device: [String] {
        let onCPU = context.device == .cpu
        return [
            "\(context.device)", onCPU ? Quantity.noun(TorchRuntime.threads, "thread") : "",
            args.bf16 ? "bf16" : args.fp16 ? "fp16" : "fp32", "mode \(args.mode.rawValue)",
            onCPU ? TorchRuntime.instructionSet : "",
        ]
    }

    private var intervals: [String] {
        let state = context.state
        func text(_ what: String, _ strategy: String, _ steps: Int) -> String {
            switch strategy {
            case "no": ""
            case "steps": "\(what) \(Quantity.noun(steps, "step"))"
            case "best": "\(what) new best"
            default: "\(what) \(strategy)"
            }
        }
        return [
            text("log", args.loggingStrategy.rawValue, state.loggingSteps),
            text("evaluation", args.evalStrategy.rawValue, state.evalSteps),
            text("checkpoint", args.saveStrategy.rawValue, state.saveSteps),
        ]
    }

    private var run: [String] {
        let first = context.measures.firstStep
        return [
            args.outputDir, args.runName ?? "",
            first > 0 ? "resumed at step \(Quantity.grouped(first))" : "from the beginning",
            "seed \(args.seed)",
        ] + details.run
    }
}
