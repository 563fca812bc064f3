/// What a program knows of a run beyond what its trainer does, for the header.
public struct RunDetails: Sendable {
    /// What the header is called.
    public var title: String
    /// The model's name, perhaps with its origin.
    public var model: [String]
    /// The data: name, rows of the splits, lengths.
    public var data: [String]
    /// What else is worth knowing of the run, such as the file of its settings.
    public var run: [String]

    /// Creates details; what is left out is taken from the trainer.
    public init(
        title: String = "training", model: [String] = [], data: [String] = [], run: [String] = []
    ) {
        (self.title, self.model, self.data, self.run) = (title, model, data, run)
    }
}
