import Foundation
public import TuneBase

/// The `README.md` of a model: metadata that the Hub reads, then sections for people.
///
/// Names and forms are those of the card that Python's Trainer writes. Text of others is stripped
/// of control characters, and marks of Markdown in it are escaped.
public struct ModelCard: Sendable {
    /// The heading.
    public var modelName: String
    /// Languages by their codes.
    public var language: [String] = []
    /// The identifier of a licence, like `apache-2.0`.
    public var license: String?
    /// Tags; `generated_from_trainer` among them.
    public var tags: [String] = []
    /// The model before fine-tuning: an identifier of the Hub, or a plain name.
    public var finetunedFrom: String?
    /// Identifiers of tasks, like `text-classification`.
    public var tasks: [String] = []
    /// The datasets' names for people.
    public var dataset: [String] = []
    /// The datasets' identifiers on the Hub.
    public var datasetTags: [String] = []
    /// The configuration of each dataset.
    public var datasetArgs: [String] = []
    /// Further members of each dataset's entry, such as `config` and `split`.
    public var datasetMetadata: [JSONObject] = []
    /// The results of the last evaluation, by names for people.
    public var evalResults: JSONObject?
    /// The rows of the table of training results; nil leaves the section out.
    public var trainingResults: [JSONObject]?
    /// Hyper-parameters by their names.
    public var hyperparameters = JSONObject()
    /// Versions of the software by its name.
    public var frameworkVersions = JSONObject()

    /// Creates a card that knows no more than the model's name.
    public init(modelName: String) { self.modelName = modelName }

    /// The whole file.
    public var text: String {
        """
        ---
        \(blockYAML(.object(metadata)))
        ---

        \(Self.comment)

        # \(markdown(modelName))

        \(origin) on \(data)\(results)

        ## Model description

        More information needed

        ## Intended uses & limitations

        More information needed

        ## Training and evaluation data

        More information needed

        ## Training procedure

        ### Training hyperparameters

        The following hyperparameters were used during training:
        \(list(hyperparameters) { $0.string ?? pythonText($0) })
        \(table)
        ### Framework versions

        \(list(frameworkVersions, separator: " ") { $0.string ?? pythonText($0) })

        """
    }

    /// Whether a text is a card that a trainer wrote and that nobody has made their own since.
    public static func isGenerated(_ text: String) -> Bool {
        text.contains(comment)
            || text.contains("<!-- This model card has been generated automatically according to")
    }

    /// What marks a card that nobody has looked at yet.
    private static let comment =
        "<!-- FineTune wrote this card from what its Trainer knew. Proofread and complete it, then remove this comment. -->"

    private var origin: String {
        guard let base = finetunedFrom else { return "This model was trained from scratch" }
        let name = markdown(base)
        return "This model is a fine-tuned version of "
            + (isHubIdentifier(base) ? "[\(name)](https://huggingface.co/\(base))" : name)
    }

    private var data: String {
        let names = dataset.map { "the \(markdown($0))" }
        guard let last = names.last else { return "an unknown dataset." }
        guard names.count > 1 else { return "\(last) dataset." }
        return names.dropLast().joined(separator: ", ") + " and \(last) datasets."
    }

    private var results: String {
        guard let evalResults else { return "" }
        return "\nIt achieves the following results on the evaluation set:\n"
            + list(evalResults, shortNumber)
    }

    private var table: String {
        guard let trainingResults else { return "" }
        return "\n### Training results\n\n\(markdownTable(trainingResults))\n"
    }

    private func list(
        _ members: JSONObject, separator: String = ": ", _ value: (JSONValue) -> String
    ) -> String {
        members.members.map { "- \(markdown($0.key))\(separator)\(markdown(value($0.value)))" }
            .joined(separator: "\n")
    }
}

/// Whether a text has the form `organisation/name`.
func isHubIdentifier(_ text: String) -> Bool {
    (try? RepositoryID(text))?.namespace != nil
}

/// Text of others as one line of Markdown that means nothing but itself.
func markdown(_ text: String) -> String {
    singleLine(text).reduce(into: "") { result, character in
        switch character {
        case "<": result += "&lt;"
        case "[", "]", "`", "|", "\\": result += "\\\(character)"
        default: result.append(character)
        }
    }
}

/// A value as Python's `str` shows it.
private func pythonText(_ value: JSONValue) -> String {
    switch value {
    case .double(let number): pythonRepr(number)
    case .bool(let flag): pythonRepr(flag)
    case .null: "None"
    default: value.serialized()
    }
}

/// A value with at most four digits after the point, unless its text has fewer.
func shortNumber(_ value: JSONValue) -> String {
    if let text = value.string { return text }
    let text = pythonText(value)
    guard let number = value.double, case .double = value,
        let fraction = text.split(separator: ".").dropFirst().first, fraction.count > 4
    else { return text }
    return String(format: "%.4f", number)
}

/// A table whose columns are the members of the rows, in the order of their first occurrence.
func markdownTable(_ rows: [JSONObject]) -> String {
    var names: [String] = []
    for name in rows.flatMap(\.keys) where !names.contains(name) { names.append(name) }
    guard !names.isEmpty else { return "" }
    let cells = rows.map { row in names.map { markdown(row[$0].map(shortNumber) ?? "") } }
    let headings = names.map(markdown)
    let widths = headings.indices.map { column in
        ([headings] + cells).map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
        zip(cells, widths).map { cell, width in
            "| \(cell)" + String(repeating: " ", count: width - cell.unicodeScalars.count + 1)
        }.joined() + "|\n"
    }
    let rule = widths.map { "|:" + String(repeating: "-", count: $0) + ":" }.joined() + "|\n"
    return line(headings) + rule + cells.map(line).joined()
}
