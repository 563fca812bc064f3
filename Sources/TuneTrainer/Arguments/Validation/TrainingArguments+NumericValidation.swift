import TuneBase
import TuneOptim

extension TrainingArguments {
    /// Rates and strengths outside their ranges.
    var rateProblems: [String] {
        let nonNegative = [
            ("learning_rate", learningRate), ("weight_decay", weightDecay),
            ("max_grad_norm", maxGradNorm), ("warmup_steps", warmupSteps),
            ("eval_delay", evalDelay), ("neftune_noise_alpha", neftuneNoiseAlpha ?? 0),
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
        if !(0...1).contains(labelSmoothingFactor) {
            problems.append(
                "label_smoothing_factor is \(labelSmoothingFactor), but must be from 0 to 1.")
        }
        return problems
    }

    /// Settings that the optimizer or the schedule cannot follow.
    var optimizerProblems: [String] {
        var problems: [String] = []
        do { try optim.check(optimArgs: optimArgs) } catch { problems.append("\(error)") }
        do {
            try lrSchedulerType.check(
                kwargs: lrSchedulerKwargs ?? [:], learningRate: learningRate)
        } catch { problems.append("\(error)") }
        if isScheduledByMetric, evalStrategy == .no {
            problems.append(
                "lr_scheduler_type \(lrSchedulerType.rawValue) needs an eval_strategy.")
        }
        return problems
    }

    /// Precisions that exclude each other, and settings of recomputation.
    var precisionProblems: [String] {
        var problems: [String] = []
        if bf16, fp16 { problems.append("bf16 and fp16 exclude each other.") }
        if bf16FullEval, fp16FullEval {
            problems.append("bf16_full_eval and fp16_full_eval exclude each other.")
        }
        if useCPU {
            for (name, isOn) in [("fp16", fp16), ("fp16_full_eval", fp16FullEval)] where isOn {
                problems.append("\(name) needs a GPU, but use_cpu is set; use bf16.")
            }
            if tf32 == true { problems.append("tf32 needs a GPU, but use_cpu is set.") }
        }
        let backends = ["gloo", "nccl", "mpi"]
        if let ddpBackend, !backends.contains(ddpBackend) {
            problems.append(
                "ddp_backend is '\(ddpBackend)', but must be one of \(backends.joined(separator: ", "))."
            )
        }
        return problems + memberProblems.map(\.text)
    }

    /// Settings inside objects that cannot be followed.
    var memberProblems: [MemberProblem] {
        let fields = [
            ("activation_checkpointing_kwargs", activationCheckpointingKwargs),
            ("gradient_checkpointing_kwargs", gradientCheckpointingKwargs),
        ]
        return fields.flatMap { field, settings in
            (settings?.members ?? []).compactMap { name, value in
                recomputationProblem(name, value).map {
                    MemberProblem(field: field, member: name, text: "\(field)\($0)")
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
    var unknownScheduleSettings: [MemberProblem] {
        let field = "lr_scheduler_kwargs"
        let known = Set(ScheduleName.allCases.flatMap(\.argumentNames)).sorted()
        return (lrSchedulerKwargs ?? [:]).keys.filter { !known.contains($0) }.map { name in
            let hint = nearestName(to: name, in: known).map { " Did you mean '\($0)'?" } ?? ""
            return MemberProblem(
                field: field, member: name, text: "\(field) has no setting '\(name)'.\(hint)")
        }
    }
}

/// What is wrong with a member of an object that is a field's value.
struct MemberProblem {
    let field: String
    let member: String
    let text: String
}
