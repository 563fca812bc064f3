import TuneBase

extension TrainingArguments {
    /// Checks all fields, alone and together.
    ///
    /// - Throws: One `TuneError` that lists every problem.
    public func validate() throws {
        let problems = countProblems + rateProblems + intervalProblems + choiceProblems
        guard !problems.isEmpty else { return }
        let list = problems.count == 1 ? problems[0] : problems.map { "\n- \($0)" }.joined()
        throw TuneError(
            .badConfig,
            problems.count == 1
                ? "The training arguments are wrong: \(list)"
                : "The training arguments have \(problems.count) problems:\(list)\n",
            remedy: "Change these arguments.")
    }

    private var countProblems: [String] {
        var problems: [String] = []
        func require(_ name: String, _ value: Int, atLeast least: Int) {
            if value < least {
                problems.append("\(name) is \(value), but must be at least \(least).")
            }
        }
        require("per_device_train_batch_size", perDeviceTrainBatchSize, atLeast: 1)
        require("per_device_eval_batch_size", perDeviceEvalBatchSize, atLeast: 1)
        require("gradient_accumulation_steps", gradientAccumulationSteps, atLeast: 1)
        require("dataloader_prefetch_factor", dataloaderPrefetchFactor, atLeast: 0)
        if let saveTotalLimit { require("save_total_limit", saveTotalLimit, atLeast: 1) }
        require("seed", seed, atLeast: 0)
        if let dataSeed { require("data_seed", dataSeed, atLeast: 0) }
        if maxSteps <= 0, !(numTrainEpochs > 0 && numTrainEpochs < 1e9) {
            problems.append("num_train_epochs is \(numTrainEpochs), but must be above 0.")
        }
        if outputDir.isEmpty { problems.append("output_dir is empty.") }
        return problems
    }

    private var rateProblems: [String] {
        let nonNegative = [
            ("learning_rate", learningRate), ("weight_decay", weightDecay),
            ("max_grad_norm", maxGradNorm), ("warmup_steps", warmupSteps),
            ("eval_delay", evalDelay),
        ]
        var problems = nonNegative.compactMap { name, value in
            value >= 0 && value.isFinite ? nil : "\(name) is \(value), but must be 0 or more."
        }
        for (name, beta) in [("adam_beta1", adamBeta1), ("adam_beta2", adamBeta2)]
        where !(0..<1).contains(beta) {
            problems.append("\(name) is \(beta), but must be at least 0 and below 1.")
        }
        if !(adamEpsilon > 0 && adamEpsilon.isFinite) {
            problems.append("adam_epsilon is \(adamEpsilon), but must be above 0.")
        }
        return problems
    }

    private var intervalProblems: [String] {
        var intervals: [(name: String, value: Double)] = []
        if loggingStrategy == .steps { intervals.append(("logging_steps", loggingSteps)) }
        if evalStrategy == .steps { intervals.append(("eval_steps", evalSteps ?? loggingSteps)) }
        if saveStrategy == .steps { intervals.append(("save_steps", saveSteps)) }
        return intervals.compactMap { name, value in
            if !(value > 0 && value < 1e15) { return "\(name) is \(value), but must be above 0." }
            if value > 1, value != value.rounded() {
                return "\(name) is \(value), but must be an integer or a share below 1."
            }
            return nil
        }
    }

    private var choiceProblems: [String] {
        var problems: [String] = []
        if bf16, fp16 { problems.append("bf16 and fp16 exclude each other.") }
        for reporter in reportTo where !["none", "tensorboard"].contains(reporter) {
            problems.append(
                "report_to names '\(reporter)', which is not available; write a TrainerCallback.")
        }
        if evalStrategy == .no, saveStrategy == .best {
            problems.append("save_strategy best needs an eval_strategy.")
        }
        guard loadBestModelAtEnd, saveStrategy != .best else { return problems }
        if evalStrategy.rawValue != saveStrategy.rawValue {
            problems.append(
                "load_best_model_at_end needs eval_strategy (\(evalStrategy.rawValue)) and save_strategy (\(saveStrategy.rawValue)) to be the same."
            )
        } else if evalStrategy == .steps, !isMultiple(saveSteps, of: evalSteps ?? loggingSteps) {
            problems.append(
                "load_best_model_at_end needs save_steps to be a multiple of eval_steps.")
        }
        return problems
    }

    /// Whether checkpoints fall on evaluations; shares of all steps are compared in millionths.
    private func isMultiple(_ steps: Double, of unit: Double) -> Bool {
        guard (steps < 1) == (unit < 1), unit > 0 else { return false }
        let scale = steps < 1 ? 1e6 : 1
        return (steps * scale).rounded()
            .truncatingRemainder(dividingBy: max(1, (unit * scale).rounded())) == 0
    }
}
