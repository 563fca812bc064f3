import TuneBase
import TuneOptim

extension TrainingArguments {
    /// Rates and strengths outside their ranges.
    var rateProblems: [ArgumentProblem] {
        let nonNegative = [
            ("learning_rate", learningRate), ("weight_decay", weightDecay),
            ("max_grad_norm", maxGradNorm), ("warmup_steps", warmupSteps),
            ("eval_delay", evalDelay), ("neftune_noise_alpha", neftuneNoiseAlpha ?? 0),
        ]
        var problems = nonNegative.compactMap { name, value -> ArgumentProblem? in
            guard !(0...1e15).contains(value) else { return nil }
            let range = value > 1e15 && value.isFinite ? "at most 1e15" : "0 or more"
            return ArgumentProblem(name, text: "\(name) is \(value), but must be \(range).")
        }
        for (name, beta) in [("adam_beta1", adamBeta1), ("adam_beta2", adamBeta2)]
        where !(0..<1).contains(beta) {
            problems.append(
                ArgumentProblem(
                    name, text: "\(name) is \(beta), but must be at least 0 and below 1."))
        }
        if !(adamEpsilon > 0 && adamEpsilon.isFinite) {
            problems.append(
                ArgumentProblem(
                    "adam_epsilon", text: "adam_epsilon is \(adamEpsilon), but must be above 0."))
        }
        if !(0...1).contains(labelSmoothingFactor) {
            problems.append(
                ArgumentProblem(
                    "label_smoothing_factor",
                    text:
                        "label_smoothing_factor is \(labelSmoothingFactor), but must be from 0 to 1."
                ))
        }
        return problems
    }

    /// Settings that the optimizer or the schedule cannot follow.
    var optimizerProblems: [ArgumentProblem] {
        var problems: [ArgumentProblem] = []
        do {
            try optim.check(optimArgs: optimArgs)
        } catch { problems.append(ArgumentProblem("optim", "optim_args", text: "\(error)")) }
        do {
            try lrSchedulerType.check(
                kwargs: lrSchedulerKwargs ?? [:], learningRate: learningRate)
        } catch {
            problems.append(
                ArgumentProblem("lr_scheduler_type", "lr_scheduler_kwargs", text: "\(error)"))
        }
        if isScheduledByMetric, evalStrategy == .no {
            problems.append(
                ArgumentProblem(
                    "lr_scheduler_type", "eval_strategy",
                    text: "lr_scheduler_type \(lrSchedulerType.rawValue) needs an eval_strategy."))
        }
        return problems
    }

    /// Precisions that exclude each other, and settings of recomputation.
    var precisionProblems: [ArgumentProblem] {
        var problems = exclusions(("bf16", bf16), ("fp16", fp16))
        problems += exclusions(("bf16_full_eval", bf16FullEval), ("fp16_full_eval", fp16FullEval))
        if useCPU {
            let needs = [
                ("fp16", fp16, "; use bf16"), ("fp16_full_eval", fp16FullEval, "; use bf16"),
                ("tf32", tf32 == true, ""),
            ]
            for (name, isOn, advice) in needs where isOn {
                problems.append(
                    ArgumentProblem(
                        name, "use_cpu", text: "\(name) needs a GPU, but use_cpu is set\(advice)."))
            }
        }
        let backends = ["gloo", "nccl", "mpi"]
        if let ddpBackend, !backends.contains(ddpBackend) {
            let list = backends.joined(separator: ", ")
            problems.append(
                ArgumentProblem(
                    "ddp_backend",
                    text: "ddp_backend is '\(ddpBackend)', but must be one of \(list)."))
        }
        return problems + memberProblems
    }

    private func exclusions(
        _ one: (name: String, isOn: Bool), _ other: (name: String, isOn: Bool)
    ) -> [ArgumentProblem] {
        guard one.isOn, other.isOn else { return [] }
        let text = "\(one.name) and \(other.name) exclude each other."
        return [ArgumentProblem(one.name, other.name, text: text)]
    }

    /// Settings inside objects that cannot be followed.
    var memberProblems: [ArgumentProblem] {
        let fields = [
            ("activation_checkpointing_kwargs", activationCheckpointingKwargs),
            ("gradient_checkpointing_kwargs", gradientCheckpointingKwargs),
        ]
        return fields.flatMap { field, settings in
            (settings?.members ?? []).compactMap { name, value in
                recomputationProblem(name, value).map {
                    ArgumentProblem(field, member: name, text: "\(field)\($0)")
                }
            }
        }
    }

    private func recomputationProblem(_ name: String, _ value: JSONValue) -> String? {
        switch name {
        case "every_n_layers" where (value.int ?? 0) < 1:
            ": every_n_layers is \(value.serialized()), but must be an integer of at least 1."
        // How Python's autograd recomputes; there is one way here.
        case "every_n_layers", "use_reentrant", "preserve_rng_state": nil
        default: " has no setting '\(name)'; it takes every_n_layers."
        }
    }

    /// Settings of schedules that no schedule has; ``validate()`` knows which one has which.
    var unknownScheduleSettings: [ArgumentProblem] {
        let field = "lr_scheduler_kwargs"
        let known = Set(ScheduleName.allCases.flatMap(\.argumentNames)).sorted()
        return (lrSchedulerKwargs ?? [:]).keys.filter { !known.contains($0) }.map { name in
            let hint = nearestName(to: name, in: known).map { " Did you mean '\($0)'?" } ?? ""
            return ArgumentProblem(
                field, member: name, text: "\(field) has no setting '\(name)'.\(hint)")
        }
    }
}
