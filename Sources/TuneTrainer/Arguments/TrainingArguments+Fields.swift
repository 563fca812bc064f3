extension TrainingArguments {
    /// The fields in the sections of help texts and documents.
    package static let sections: [(title: String, fields: [ArgumentField])] = [
        ("Duration and batch", durationFields), ("Learning rate", rateFields),
        ("Optimizer", optimizerFields), ("Precision and device", precisionFields),
        ("Several processes", processFields), ("Logging", loggingFields),
        ("Evaluation", evaluationFields), ("Checkpoints", checkpointFields),
        ("Hub", hubFields), ("Data and seeds", dataFields), ("Scripts", scriptFields),
    ]

    /// Every field, in the order in which help texts and files list them.
    public static let fields: [ArgumentField] = sections.flatMap(\.fields)

    /// The field with a Python name, or nil.
    public static func field(_ name: String) -> ArgumentField? { fields.first { $0.name == name } }

    /// The names of fields, of today and of older versions, and those of Python's class alone.
    package static let names =
        fields.map(\.name) + FormerArgument.all.map(\.name) + ForeignArgument.all.map(\.name)

    /// What values a name takes that is a field, was one, or is one in Python; nil for others.
    package static func kind(of name: String) -> ArgumentField.Kind? {
        field(name)?.kind ?? FormerArgument.named(name)?.kind ?? ForeignArgument.named(name)?.kind
    }
}
