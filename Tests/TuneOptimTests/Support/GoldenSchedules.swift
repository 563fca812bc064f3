import Foundation
import Testing
import TuneBase
import TuneOptim
import TuneTestSupport
import TuneTorch

/// The learning rates of Python's schedules, made by `Tools/goldens/optim.py`.
struct GoldenSchedules {
    /// One schedule with its arguments.
    struct Case {
        let name: String
        let kwargs: JSONObject
        let warmup: Int
        let total: Int?
        /// The rates of both groups: at first, then after every step or metric.
        let rates: [[Double]]

        var label: String {
            "\(name) \(JSONValue.object(kwargs).serialized()) \(warmup) \(total ?? 0)"
        }
    }

    private let json: JSONValue

    init() throws {
        json = try JSONValue(contentsOf: URL(fileURLWithPath: fixtures() + "/schedules.json"))
    }

    /// The schedules that follow the steps.
    func cases() throws -> [Case] { try cases("cases") }

    /// The schedules that follow ``metrics()``.
    func metricCases() throws -> [Case] { try cases("metric_cases") }

    /// The metrics in order.
    func metrics() throws -> [Double] { try numbers(json["metrics"]) }

    /// An optimizer with the groups and the rates of Python's.
    func optimizer() throws -> Optimizer {
        Optimizer(
            groups: try numbers(json["initial"]).enumerated().map { index, rate in
                ParameterGroup(
                    [NamedParameter("p\(index)", .zeros([1]))], learningRate: rate, weightDecay: 0)
            })
    }

    /// The scheduler of a case.
    func scheduler(_ golden: Case, _ optimizer: Optimizer) throws -> LRScheduler {
        try getScheduler(
            golden.name, optimizer: optimizer, numWarmupSteps: golden.warmup,
            numTrainingSteps: golden.total, schedulerSpecificKwargs: golden.kwargs)
    }

    private func cases(_ key: String) throws -> [Case] {
        try #require(json[key]?.array).map { value in
            Case(
                name: try #require(value["name"]?.string),
                kwargs: try #require(value["kwargs"]?.object),
                warmup: value["warmup"]?.int ?? 0, total: value["total"]?.int,
                rates: try #require(value["rates"]?.array).map(numbers))
        }
    }

    private func numbers(_ value: JSONValue?) throws -> [Double] {
        try #require(value?.array).compactMap(\.double)
    }
}
