extension TrainingArguments {
    /// Every field, in the order in which help texts and files list them.
    public static let fields: [ArgumentField] =
        durationFields + rateFields + optimizerFields + precisionFields + processFields
        + loggingFields + evaluationFields + checkpointFields + dataFields + scriptFields

    /// The field with a Python name, or nil.
    public static func field(_ name: String) -> ArgumentField? { fields.first { $0.name == name } }
}
