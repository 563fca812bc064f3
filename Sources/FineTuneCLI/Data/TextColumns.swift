import FineTuneKit

/// One text column, or two whose texts form pairs.
struct TextColumns: Equatable {
    /// The names of the columns.
    let names: [String]

    /// Checks columns that the user named.
    ///
    /// - Throws: `TuneError` when there are more than two, when one is missing, or is no text.
    init(named names: [String], in features: Features) throws {
        guard (1...2).contains(names.count), Set(names).count == names.count else {
            throw TuneError(
                .usage, "--text-columns names \(names.joined(separator: ",")).",
                remedy: "Name one column, or two different ones for pairs.")
        }
        for name in names {
            guard let feature = features[name] else {
                throw TuneError(
                    .missingInput, "The dataset has no column '\(name)'.",
                    remedy: suggestion(for: name, among: features.names))
            }
            guard feature.isText else {
                throw TuneError(
                    .badData, "The column '\(name)' holds \(feature), not text.",
                    remedy: Self.listing(features))
            }
        }
        self.names = names
    }

    /// Finds the text columns: those of the GLUE task, a common pair, else the only one or two
    /// columns with text.
    ///
    /// - Throws: `TuneError` listing the columns when the choice is not clear.
    init(of features: Features, label: String?, configuration: String?) throws {
        let texts = features.names.filter { $0 != label && features[$0]?.isText == true }
        let known = [configuration.flatMap { glueColumns[$0] }].compactMap(\.self)
        let pairs = (glueColumns.values.filter { $0.count == 2 } + commonPairs)
        let candidates = known + pairs.sorted { $0.joined() < $1.joined() }
        if let match = candidates.first(where: { $0.allSatisfy(texts.contains) }) {
            names = match
            return
        }
        guard (1...2).contains(texts.count) else {
            throw TuneError(
                texts.isEmpty ? .badData : .usage,
                texts.isEmpty
                    ? "The dataset has no text column."
                    : "The dataset has several text columns: \(texts.joined(separator: ", ")).",
                remedy: texts.isEmpty
                    ? Self.listing(features) : "Choose one or two with --text-columns a,b.")
        }
        names = texts
    }

    /// The columns for a notice: `sentence1 + sentence2`.
    var description: String { names.joined(separator: " + ") }

    private static func listing(_ features: Features) -> String {
        "The columns are "
            + features.names.map { "\($0) (\(features[$0]?.description ?? "?"))" }
            .joined(separator: ", ") + "."
    }
}

extension Feature {
    /// Whether the values are texts.
    var isText: Bool { self == .value("string") || self == .value("large_string") }
}
