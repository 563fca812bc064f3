import TuneBase

/// The columns of a dataset, in order, and what each holds.
public struct Features: Sendable, Hashable {
    struct Field: Sendable, Hashable {
        var name: String
        var feature: Feature
    }

    private(set) var fields: [Field] = []

    /// Creates features in the given order.
    public init(_ features: KeyValuePairs<String, Feature> = [:]) {
        for (name, feature) in features { self[name] = feature }
    }

    init(fields: [Field]) { self.fields = fields }

    /// The column names in order.
    public var names: [String] { fields.map(\.name) }

    /// The number of columns.
    public var count: Int { fields.count }

    /// What a column holds; setting replaces it in place or appends it, setting nil removes it.
    public subscript(name: String) -> Feature? {
        get { position(of: name).map { fields[$0].feature } }
        set {
            switch (position(of: name), newValue) {
            case (let index?, let feature?): fields[index].feature = feature
            case (let index?, nil): fields.remove(at: index)
            case (nil, let feature?): fields.append(Field(name: name, feature: feature))
            case (nil, nil): break
            }
        }
    }

    /// The class label of the column `name`.
    ///
    /// - Throws: `TuneError` when there is no such column, or when it holds something else.
    public func classLabel(_ name: String) throws -> ClassLabel {
        guard let feature = self[name] else { throw missingColumn(name, among: names) }
        guard case .classLabel(let label) = feature else {
            throw TuneError(
                .badData, "The column '\(name)' is \(feature), not a ClassLabel.",
                remedy: "Convert it with classEncodeColumn or castColumn.")
        }
        return label
    }

    func mapFeatures(_ transform: (Feature) throws -> Feature) rethrows -> Features {
        Features(
            fields: try fields.map { Field(name: $0.name, feature: try transform($0.feature)) })
    }

    private func position(of name: String) -> Int? {
        fields.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

extension Features: ExpressibleByDictionaryLiteral {
    /// Creates features in the order of the literal.
    public init(dictionaryLiteral elements: (String, Feature)...) {
        for (name, feature) in elements { self[name] = feature }
    }
}

extension Features: CustomStringConvertible {
    /// The features as Python prints them: `{'text': Value('string')}`.
    public var description: String {
        "{\(fields.map { "\(pythonRepr($0.name)): \($0.feature)" }.joined(separator: ", "))}"
    }
}
