import TuneBase
import TuneMetrics
import TuneTrainer

/// Plays the events of a training to a callback, with a clock that the script moves.
final class ScriptedRun {
    /// The time in seconds.
    var time = 100.0
    let sink: BufferSink
    var args: TrainingArguments
    private let plan: TrainingPlan
    private var state = TrainerState()
    private var measures = RunMeasures()
    private var completeCheckpoint: Int?
    private let model = ToyClassifier()
    private var callback: any TrainerCallback

    /// Begins a run of `steps` steps, ten to an epoch.
    init(
        steps: Int, args: TrainingArguments, sink: BufferSink,
        _ makeCallback: (@escaping () -> Double) -> any TrainerCallback
    ) throws {
        var args = args
        args.maxSteps = steps
        (self.args, self.sink) = (args, sink)
        plan = try TrainingPlan(args, batches: 10, rows: 80)
        callback = EventRecorder()
        state.maxSteps = plan.maxSteps
        state.numTrainEpochs = plan.epochs
        state.computeSteps(args)
        callback = makeCallback { [unowned self] in self.time }
        measures.start = time
    }

    private func emit(_ event: TrainerEvent) throws {
        var control = TrainerControl()
        let console = Console(output: sink, notices: sink)
        try callback.on(
            event,
            TrainerContext(
                args: args, state: state, model: model, plan: plan, measures: measures,
                completeCheckpoint: completeCheckpoint, console: console), &control)
    }

    func begin() throws { try emit(.trainBegin) }

    /// Continues a run at a step, with what was logged until then.
    func resume(at step: Int, history: [JSONObject]) {
        (state.globalStep, state.logHistory, measures.firstStep) = (step, history, step)
    }

    /// Returns to a step within the run, with what was logged until then.
    func goBack(to step: Int) {
        state.globalStep = step
        state.logHistory.removeAll { $0["step"]?.int ?? 0 > step }
    }

    /// One step of so many seconds.
    func step(seconds: Double = 0.5) throws {
        time += seconds
        measures.rows += 8
        measures.tokens += 500
        measures.dataWait += seconds / 50
        state.globalStep += 1
        state.epoch = Double(state.globalStep) / 10
        try emit(.stepEnd)
    }

    func log(_ members: [(String, JSONValue)]) throws {
        var row = JSONObject(members)
        row["epoch"] = .double(state.epoch)
        var record = row
        record["step"] = .int(state.globalStep)
        state.logHistory.append(record)
        try emit(.log(row))
    }

    func logLoss(_ loss: Double) throws {
        let rate = 5e-5 * (1 - Double(state.globalStep) / Double(state.maxSteps))
        try log([
            ("loss", .double(loss)), ("grad_norm", 1.25), ("learning_rate", .double(rate)),
        ])
    }

    /// An evaluation of two batches that takes a second.
    func evaluate(_ metrics: MetricResult) throws {
        for batch in 1...2 {
            time += 0.5
            try emit(.predictionStep(batch: batch, count: 2))
        }
        var metrics = metrics
        metrics["eval_runtime"] = 1
        measures.evaluation += 1
        try log(metrics.asJSON.members.map { ($0.key, $0.value) })
        metrics["epoch"] = state.epoch
        try emit(.evaluate(metrics))
    }

    /// A checkpoint that is on the disk when it is told of, or goes on being written.
    func save(isComplete: Bool = true) throws {
        time += 0.25
        measures.saving += 0.25
        if isComplete { completeCheckpoint = state.globalStep }
        try emit(.save)
    }

    func end() throws {
        try log([
            ("train_runtime", .double(time - measures.start)), ("train_loss", 0.55),
        ])
        try emit(.trainEnd)
    }

    /// Twenty steps with four logs, two evaluations and a checkpoint.
    func playTwentySteps() throws {
        try begin()
        for (part, loss) in [0.7012, 0.6405, 0.6588, 0.5123].enumerated() {
            for _ in 0..<5 { try step() }
            try logLoss(loss)
            guard part % 2 == 1 else { continue }
            let score = part == 1 ? 0.75 : 0.625
            try evaluate([
                "eval_loss": 0.61 - Double(part) / 20, "eval_accuracy": score, "eval_f1": 0.8,
            ])
            if part == 1 { try save() }
        }
        try end()
    }
}
