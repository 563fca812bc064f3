import TuneBase

/// A name that an older version of Python's `TrainingArguments` had for a field of today.
package struct FormerArgument: Sendable {
    /// How its values are those of the field.
    enum Rule: Sendable {
        /// They are the same.
        case renamed
        /// True means this value; false asks for nothing.
        case flag(JSONValue)
        /// A share of all steps, which the field takes as a value below 1.
        case share
    }

    /// The old name.
    package let name: String
    /// The name of the field.
    package let current: String
    let rule: Rule

    private init(_ name: String, _ current: String, _ rule: Rule = .renamed) {
        (self.name, self.current, self.rule) = (name, current, rule)
    }

    /// All old names.
    package static let all = [
        FormerArgument("evaluation_strategy", "eval_strategy"),
        FormerArgument("no_cuda", "use_cpu"),
        FormerArgument("per_gpu_train_batch_size", "per_device_train_batch_size"),
        FormerArgument("per_gpu_eval_batch_size", "per_device_eval_batch_size"),
        FormerArgument("warmup_ratio", "warmup_steps", .share),
        FormerArgument("group_by_length", "train_sampling_strategy", .flag("group_by_length")),
        FormerArgument("include_inputs_for_metrics", "include_for_metrics", .flag(["inputs"])),
        FormerArgument("adafactor", "optim", .flag("adafactor")),
    ]

    /// The old name with this spelling, or nil.
    package static func named(_ name: String) -> FormerArgument? { all.first { $0.name == name } }

    /// What kind of value the old name takes.
    package var kind: ArgumentField.Kind {
        switch rule {
        case .renamed: TrainingArguments.field(current)?.kind ?? .string
        case .flag: .bool
        case .share: .number
        }
    }

    /// How the same is written today.
    package var notice: String {
        switch rule {
        case .renamed: "'\(name)' is called '\(current)' now."
        case .flag(let value):
            "'\(name)' is written as '\(current)': \(value.serialized()) now."
        case .share:
            "'\(name)' is called '\(current)' now, where a value below 1 is a share of all steps."
        }
    }

    /// The field's value for a value of the old name, or nil where that asks for nothing.
    ///
    /// - Throws: `TuneError` for a value that the old name did not take.
    func translated(_ value: JSONValue, at place: JSONPlace) throws -> JSONValue? {
        // `nil` alone could be JSON's null.
        if value.isNull { return .none }
        switch rule {
        case .renamed: return value
        case .flag(let meaning):
            guard let isSet = value.bool else {
                throw mismatch(value, "true or false", at: place)
            }
            return isSet ? .some(meaning) : .none
        case .share:
            guard let share = value.double, (0..<1).contains(share) else {
                throw mismatch(value, "a number from 0 to below 1", at: place)
            }
            return share == 0 ? .none : .some(value)
        }
    }

    private func mismatch(_ value: JSONValue, _ expected: String, at place: JSONPlace) -> TuneError
    {
        TuneError(
            .badConfig, "\(place): '\(name)' is \(value.serialized()) where \(expected) is needed.",
            remedy: notice)
    }
}
