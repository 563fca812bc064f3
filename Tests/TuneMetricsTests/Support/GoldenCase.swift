import Foundation
import Testing
import TuneBase
import TuneMetrics
import TuneTestSupport

/// One computation that Python's packages did; see `Tools/goldens/metrics.py`.
struct GoldenCase: CustomTestStringConvertible, Sendable {
    let metric: String
    let config: String?
    let predictions: [Double]
    let references: [Double]
    let options: JSONObject
    let expected: JSONObject?
    let error: String?
    let warnings: [String]
    let tolerance: Double
    let position: Int

    static func all() throws -> [GoldenCase] {
        let file = URL(filePath: fixtures()).appending(path: "metrics.json")
        let cases = try JSONValue(contentsOf: file)["cases"]?.array ?? []
        return try cases.enumerated().map { try GoldenCase($1, position: $0) }
    }

    private init(_ json: JSONValue, position: Int) throws {
        func numbers(_ key: String) -> [Double] { json[key]?.array?.compactMap(\.double) ?? [] }
        let fields = try JSONFields(json, source: "metrics.json")
        metric = try fields.string("metric")
        config = json["config"]?.string
        (predictions, references) = (numbers("predictions"), numbers("references"))
        options = json["options"]?.object ?? JSONObject()
        (expected, error) = (json["expected"]?.object, json["error"]?.string)
        warnings = json["warnings"]?.array?.compactMap(\.string) ?? []
        tolerance = try fields.double("tolerance")
        self.position = position
    }

    var testDescription: String {
        "#\(position) \(metric) \(config ?? "") \(JSONValue.object(options).serialized())"
    }

    /// Does the computation, with the warnings it logs.
    func run() throws -> (result: MetricResult, warnings: [String]) {
        let module = try Evaluate.load(metric, config)
        let log = RecordingLog()
        log.attach(to: module)
        try module.addBatch(predictions: predictions, references: references)
        return (try module.compute(options: options.members.map(option)), log.messages)
    }

    private func option(_ name: String, _ value: JSONValue) throws -> MetricOption {
        switch (name, value) {
        case ("normalize", .bool(let flag)): .normalize(flag)
        case ("squared", .bool(let flag)): .squared(flag)
        case ("sample_weight", .array(let weights)): .sampleWeight(weights.compactMap(\.double))
        case ("labels", .array(let labels)): .labels(labels.compactMap(\.int))
        case ("pos_label", .int(let label)): .posLabel(label)
        case ("zero_division", .int(let value)): .zeroDivision(value == 0 ? .zero : .one)
        case ("zero_division", "nan"): .zeroDivision(.nan)
        case ("average", .string(let method)):
            .average(try #require(Average(rawValue: method)))
        default: throw TuneError(.badData, "The fixture has an unknown option '\(name)'.")
        }
    }
}
