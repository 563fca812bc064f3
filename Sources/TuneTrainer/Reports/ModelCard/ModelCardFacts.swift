public import TuneBase

/// What a model card says beyond what a ``Trainer`` knows.
public struct ModelCardFacts: Sendable {
    /// Codes of the languages.
    public var language: [String]
    /// The identifier of a licence.
    public var license: String?
    /// Tags beside `generated_from_trainer`.
    public var tags: [String]
    /// The heading; nil takes the name of the repository or the output directory.
    public var modelName: String?
    /// The model before fine-tuning: an identifier of the Hub, or a plain name.
    public var finetunedFrom: String?
    /// Identifiers of tasks; nil finds it by the model's class.
    public var tasks: [String]?
    /// Identifiers of the datasets on the Hub.
    public var datasetTags: [String]
    /// Names of the datasets; nil takes their identifiers.
    public var dataset: [String]?
    /// The configuration of each dataset.
    public var datasetArgs: [String]
    /// Further members of each dataset's entry, such as `config`.
    public var datasetMetadata: [JSONObject]

    /// Creates facts; see each for its meaning.
    public init(
        language: [String] = [], license: String? = nil, tags: [String] = [],
        modelName: String? = nil, finetunedFrom: String? = nil, tasks: [String]? = nil,
        datasetTags: [String] = [], dataset: [String]? = nil, datasetArgs: [String] = [],
        datasetMetadata: [JSONObject] = []
    ) {
        (self.language, self.license, self.tags) = (language, license, tags)
        (self.modelName, self.finetunedFrom, self.tasks) = (modelName, finetunedFrom, tasks)
        (self.datasetTags, self.dataset) = (datasetTags, dataset)
        (self.datasetArgs, self.datasetMetadata) = (datasetArgs, datasetMetadata)
    }
}
