import TuneBase

/// Stored pairs of prediction and reference, converted to the type a metric takes.
struct Examples {
    let kind: MetricDefinition.Kind
    /// Filled by metrics of classes.
    private(set) var classes = Pairs<Int>()
    /// Filled by metrics of values.
    private(set) var values = Pairs<Float>()

    init(_ kind: MetricDefinition.Kind) { self.kind = kind }

    /// The number of pairs.
    var count: Int { kind == .float32 ? values.count : classes.count }

    /// Appends pairs of equal number, or nothing when one of them cannot be converted.
    mutating func append(
        _ predictions: [some MetricInput], _ references: [some MetricInput]
    ) throws {
        if kind == .float32 {
            values.append(
                predictions.map { Float($0.metricNumber) },
                references.map { Float($0.metricNumber) })
        } else {
            classes.append(
                try predictions.map { try integer($0, of: "prediction") },
                try references.map { try integer($0, of: "reference") })
        }
    }

    private func integer(_ input: some MetricInput, of role: String) throws -> Int {
        guard let value = input.metricInteger, kind == .int64 || Int32(exactly: value) != nil else {
            throw TuneError(
                .badData,
                "Predictions and/or references don't match the expected format: the \(role)"
                    + " \(pythonRepr(input.metricNumber)) is no \(kind.name).",
                remedy: "Pass class indices, not scores.")
        }
        return value
    }
}

/// Predictions and references of one type, at equal positions.
struct Pairs<Value: Sendable>: Sendable {
    private(set) var predictions: [Value] = []
    private(set) var references: [Value] = []

    var count: Int { predictions.count }

    mutating func append(_ newPredictions: [Value], _ newReferences: [Value]) {
        predictions += newPredictions
        references += newReferences
    }
}
