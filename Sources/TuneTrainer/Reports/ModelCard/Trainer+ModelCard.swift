import Foundation
import Logging
public import TuneBase
import TuneNN

extension Trainer {
    /// Writes a model card, `README.md` in the output directory, from what the trainer knows.
    ///
    /// A card that somebody wrote or took over by hand (the comment of the generated one is gone)
    /// stays as it is.
    ///
    /// - Parameters:
    ///   - language: Codes of the languages.
    ///   - license: The identifier of a licence.
    ///   - tags: Tags beside `generated_from_trainer`.
    ///   - modelName: The heading; nil takes the name of the output directory.
    ///   - finetunedFrom: The model before fine-tuning: an identifier of the Hub, or a plain name.
    ///   - tasks: Identifiers of tasks; nil finds it by the model's class.
    ///   - datasetTags: Identifiers of the datasets on the Hub.
    ///   - dataset: Names of the datasets; nil takes their identifiers.
    ///   - datasetArgs: The configuration of each dataset.
    ///   - datasetMetadata: Further members of each dataset's entry, such as `config`.
    /// - Returns: Whether the card was written.
    /// - Throws: `TuneError` when the file cannot be read or written.
    @discardableResult
    public func createModelCard(
        language: [String] = [], license: String? = nil, tags: [String] = [],
        modelName: String? = nil, finetunedFrom: String? = nil, tasks: [String]? = nil,
        datasetTags: [String] = [], dataset: [String]? = nil, datasetArgs: [String] = [],
        datasetMetadata: [JSONObject] = []
    ) throws -> Bool {
        try createModelCard(
            ModelCardFacts(
                language: language, license: license, tags: tags, modelName: modelName,
                finetunedFrom: finetunedFrom, tasks: tasks, datasetTags: datasetTags,
                dataset: dataset, datasetArgs: datasetArgs, datasetMetadata: datasetMetadata))
    }

    /// Writes a model card of these facts, with what the trainer knows.
    ///
    /// - Returns: Whether the card was written.
    /// - Throws: `TuneError` when the file cannot be read or written.
    @discardableResult
    public func createModelCard(_ facts: ModelCardFacts) throws -> Bool {
        guard try mayWriteModelCard else {
            logger.notice(
                "The model card \(modelCardFile.path) was written by hand and stays as it is.")
            return false
        }
        var card = ModelCard(modelName: facts.modelName ?? outputURL.lastPathComponent)
        (card.language, card.license) = (facts.language, facts.license)
        card.finetunedFrom = facts.finetunedFrom
        card.tags =
            facts.tags.filter { $0 != "generated_from_trainer" } + ["generated_from_trainer"]
        card.tasks = facts.tasks ?? modelTasks
        (card.datasetTags, card.dataset) = (facts.datasetTags, facts.dataset ?? facts.datasetTags)
        (card.datasetArgs, card.datasetMetadata) = (facts.datasetArgs, facts.datasetMetadata)
        (card.trainingResults, card.evalResults) = ModelCard.results(of: state.logHistory)
        card.hyperparameters = ModelCard.hyperparameters(args)
        card.frameworkVersions = ModelCard.softwareVersions
        try writeFileAtomically(modelCardFile, card.text)
        return true
    }

    /// Whether there is no model card that somebody wrote or took over by hand.
    var mayWriteModelCard: Bool {
        get throws {
            try !FileManager.default.fileExists(atPath: modelCardFile.path)
                || ModelCard.isGenerated(
                    String(decoding: readFile(modelCardFile), as: UTF8.self))
        }
    }

    private var modelCardFile: URL { outputURL.appendingPathComponent("README.md") }

    private var modelTasks: [String] {
        let names = model.configuration["architectures"]?.array ?? []
        return names.compactMap { $0.string.flatMap(task(ofArchitecture:)) }
    }
}
