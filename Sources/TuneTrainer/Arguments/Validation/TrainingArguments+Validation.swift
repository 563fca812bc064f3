import TuneBase

extension TrainingArguments {
    /// Checks all fields, alone and together.
    ///
    /// - Parameter places: Where fields got their values, by their Python names, for the message:
    ///   `run.yaml:3:1` or `--bf16`. See ``places(in:)``.
    /// - Throws: One `TuneError` that lists every problem.
    public func validate(places: [String: String] = [:]) throws {
        let problems =
            countProblems + rateProblems + optimizerProblems + precisionProblems
            + intervalProblems + reportingProblems + hubProblems + bestModelProblems
        guard let first = problems.first else { return }
        if problems.count == 1 {
            let isPlaced = first.fields.contains { places[$0] != nil }
            throw TuneError(
                .badConfig,
                (isPlaced ? "" : "The training arguments are wrong: ") + first.placed(places),
                remedy: first.fields.count == 1 ? "Give it another value." : "Change one of them.")
        }
        let list = problems.map { "\n- \($0.placed(places))" }.joined()
        throw TuneError(
            .badConfig, "The training arguments have \(problems.count) problems:\(list)\n",
            remedy: "Change these arguments.")
    }

    private var countProblems: [ArgumentProblem] {
        let counts: [(name: String, value: Int?, least: Int)] = [
            ("per_device_train_batch_size", perDeviceTrainBatchSize, 1),
            ("per_device_eval_batch_size", perDeviceEvalBatchSize, 1),
            ("gradient_accumulation_steps", gradientAccumulationSteps, 1),
            ("non_finite_limit", nonFiniteLimit, 0),
            ("torch_empty_cache_steps", torchEmptyCacheSteps, 1),
            ("eval_accumulation_steps", evalAccumulationSteps, 1),
            ("save_total_limit", saveTotalLimit, 1),
            ("dataloader_prefetch_factor", dataloaderPrefetchFactor, 0),
            ("dataloader_num_workers", dataloaderNumWorkers, 0),
            ("ddp_bucket_cap_mb", ddpBucketCapMB, 1), ("ddp_timeout", ddpTimeout, 1),
        ]
        var problems = counts.compactMap { name, value, least -> ArgumentProblem? in
            guard let value, !(least...Self.largestCount).contains(value) else { return nil }
            let limit = value < least ? "at least \(least)" : "at most \(Self.largestCount)"
            return ArgumentProblem(name, text: "\(name) is \(value), but must be \(limit).")
        }
        for (name, seed) in [("seed", seed), ("data_seed", dataSeed ?? 0)] where seed < 0 {
            problems.append(
                ArgumentProblem(name, text: "\(name) is \(seed), but must be 0 or more."))
        }
        if !(interruptDeadline >= 0) {
            problems.append(
                ArgumentProblem(
                    "interrupt_deadline",
                    text:
                        "interrupt_deadline is \(interruptDeadline), but must be seconds, or 0 for no limit."
                ))
        }
        let names = [("output_dir", outputDir), ("length_column_name", lengthColumnName)]
        return problems + durationProblems
            + names.filter(\.1.isEmpty).map { ArgumentProblem($0.0, text: "\($0.0) is empty.") }
    }

    /// What nobody means: beyond it, products of counts would not be integers any more.
    private static let largestCount = 1_000_000_000

    private var durationProblems: [ArgumentProblem] {
        if maxSteps <= 0 {
            let limit = Double(Self.largestCount)
            guard !(numTrainEpochs > 0 && numTrainEpochs <= limit) else { return [] }
            let name = "num_train_epochs"
            let range = numTrainEpochs > limit ? "at most \(Self.largestCount)" : "above 0"
            return [
                ArgumentProblem(name, text: "\(name) is \(numTrainEpochs), but must be \(range).")
            ]
        }
        // Counts that are too large by themselves are named without this.
        let factors = [perDeviceTrainBatchSize, gradientAccumulationSteps].map {
            (1...Self.largestCount).contains($0) ? Double($0) : 1
        }
        guard factors.reduce(Double(maxSteps), *) > 1e15 else { return [] }
        return [
            ArgumentProblem(
                "max_steps", "per_device_train_batch_size", "gradient_accumulation_steps",
                text: "max_steps is \(maxSteps): these are more than 1e15 rows.")
        ]
    }

    private var intervalProblems: [ArgumentProblem] {
        var intervals: [(name: String, value: Double)] = []
        if loggingStrategy == .steps { intervals.append(("logging_steps", loggingSteps)) }
        if evalStrategy == .steps { intervals.append(("eval_steps", evalSteps ?? loggingSteps)) }
        if saveStrategy == .steps { intervals.append(("save_steps", saveSteps)) }
        return intervals.compactMap { name, value -> ArgumentProblem? in
            if !(value > 0 && value < 1e15) {
                return ArgumentProblem(name, text: "\(name) is \(value), but must be above 0.")
            }
            guard value > 1, value != value.rounded() else { return nil }
            return ArgumentProblem(
                name, text: "\(name) is \(value), but must be an integer or a share below 1.")
        }
    }

    private var reportingProblems: [ArgumentProblem] {
        let known = ["none", "tensorboard", "all"]
        return reportTo.filter { !known.contains($0) }.map {
            ArgumentProblem(
                "report_to",
                text:
                    "report_to names '\($0)', which is not available; use tensorboard or a TrainerCallback."
            )
        }
    }

    private var hubProblems: [ArgumentProblem] {
        func problem(_ name: String, _ check: () throws -> Void) -> ArgumentProblem? {
            do {
                try check()
                return nil
            } catch {
                return ArgumentProblem(name, text: "\(name): \(error)")
            }
        }
        return [
            problem("hub_model_id") { if let hubModelID { _ = try RepositoryID(hubModelID) } },
            problem("hub_revision") { if let hubRevision { try checkBranchName(hubRevision) } },
        ].compactMap(\.self)
    }

    private var bestModelProblems: [ArgumentProblem] {
        if saveStrategy == .best {
            guard evalStrategy == .no else { return [] }
            return [
                ArgumentProblem(
                    "save_strategy", "eval_strategy",
                    text: "save_strategy best needs an eval_strategy.")
            ]
        }
        guard loadBestModelAtEnd else { return [] }
        if evalStrategy.rawValue != saveStrategy.rawValue {
            return [
                ArgumentProblem(
                    "load_best_model_at_end", "eval_strategy", "save_strategy",
                    text:
                        "load_best_model_at_end needs eval_strategy (\(evalStrategy.rawValue)) and save_strategy (\(saveStrategy.rawValue)) to be the same."
                )
            ]
        }
        guard evalStrategy == .steps, !isMultiple(saveSteps, of: evalSteps ?? loggingSteps) else {
            return []
        }
        return [
            ArgumentProblem(
                "load_best_model_at_end", "save_steps", "eval_steps",
                text: "load_best_model_at_end needs save_steps to be a multiple of eval_steps.")
        ]
    }

    /// Whether checkpoints fall on evaluations; shares of all steps are compared in millionths.
    private func isMultiple(_ steps: Double, of unit: Double) -> Bool {
        guard (steps < 1) == (unit < 1), unit > 0 else { return false }
        let scale = steps < 1 ? 1e6 : 1
        return (steps * scale).rounded()
            .truncatingRemainder(dividingBy: max(1, (unit * scale).rounded())) == 0
    }
}
