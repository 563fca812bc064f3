import TuneBase

extension TrainingArguments {
    /// Checks all fields, alone and together.
    ///
    /// - Throws: One `TuneError` that lists every problem.
    public func validate() throws {
        let problems =
            countProblems + rateProblems + optimizerProblems + precisionProblems
            + intervalProblems + reportingProblems + hubProblems + bestModelProblems
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
            ("seed", seed, 0), ("data_seed", dataSeed, 0),
        ]
        var problems: [String] = counts.compactMap { name, value, least in
            guard let value, value < least else { return nil }
            return "\(name) is \(value), but must be at least \(least)."
        }
        if maxSteps <= 0, !(numTrainEpochs > 0 && numTrainEpochs < 1e9) {
            problems.append("num_train_epochs is \(numTrainEpochs), but must be above 0.")
        }
        if !(interruptDeadline >= 0) {
            problems.append(
                "interrupt_deadline is \(interruptDeadline), but must be seconds, or 0 for no limit."
            )
        }
        if outputDir.isEmpty { problems.append("output_dir is empty.") }
        if lengthColumnName.isEmpty { problems.append("length_column_name is empty.") }
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

    private var reportingProblems: [String] {
        let known = ["none", "tensorboard", "all"]
        return reportTo.filter { !known.contains($0) }.map {
            "report_to names '\($0)', which is not available; use tensorboard or a TrainerCallback."
        }
    }

    private var hubProblems: [String] {
        var problems: [String] = []
        do {
            if let hubModelID { _ = try RepositoryID(hubModelID) }
        } catch { problems.append("hub_model_id: \(error)") }
        do {
            if let hubRevision { try checkBranchName(hubRevision) }
        } catch { problems.append("hub_revision: \(error)") }
        return problems
    }

    private var bestModelProblems: [String] {
        if saveStrategy == .best {
            return evalStrategy == .no ? ["save_strategy best needs an eval_strategy."] : []
        }
        guard loadBestModelAtEnd else { return [] }
        if evalStrategy.rawValue != saveStrategy.rawValue {
            return [
                "load_best_model_at_end needs eval_strategy (\(evalStrategy.rawValue)) and save_strategy (\(saveStrategy.rawValue)) to be the same."
            ]
        }
        guard evalStrategy == .steps, !isMultiple(saveSteps, of: evalSteps ?? loggingSteps) else {
            return []
        }
        return ["load_best_model_at_end needs save_steps to be a multiple of eval_steps."]
    }

    /// Whether checkpoints fall on evaluations; shares of all steps are compared in millionths.
    private func isMultiple(_ steps: Double, of unit: Double) -> Bool {
        guard (steps < 1) == (unit < 1), unit > 0 else { return false }
        let scale = steps < 1 ? 1e6 : 1
        return (steps * scale).rounded()
            .truncatingRemainder(dividingBy: max(1, (unit * scale).rounded())) == 0
    }
}
