import TuneBase

/// The values of `lr_scheduler_kwargs` for one schedule; unknown keys are refused.
struct ScheduleArguments {
    private let fields: JSONFields
    let schedule: ScheduleName

    init(_ kwargs: JSONObject, for schedule: ScheduleName) throws {
        self.schedule = schedule
        let known = schedule.argumentNames
        for key in kwargs.keys where !known.contains(key) {
            throw TuneError(
                .badConfig, "The schedule \(schedule.rawValue) takes no argument '\(key)'.",
                remedy: known.isEmpty ? "It takes none." : suggestion(for: key, among: known))
        }
        fields = try JSONFields(
            .object(kwargs), source: "lr_scheduler_kwargs of \(schedule.rawValue)")
    }

    func has(_ key: String) -> Bool { fields.object[key].map { !$0.isNull } ?? false }

    func double(_ key: String, default fallback: Double? = nil) throws -> Double {
        let value = try fields.double(key, default: fallback)
        guard value.isFinite else { throw invalid(key, "\(value)", "a finite number") }
        return value
    }

    func int(_ key: String, default fallback: Int? = nil) throws -> Int {
        try fields.int(key, default: fallback)
    }

    func bool(_ key: String, default fallback: Bool) throws -> Bool {
        try fields.bool(key, default: fallback)
    }

    /// A count that cannot be negative.
    func count(_ key: String, default fallback: Int? = nil) throws -> Int {
        let value = try int(key, default: fallback)
        guard value >= 0 else { throw invalid(key, "\(value)", "0 or more") }
        return value
    }

    /// One of several words.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, default fallback: Choice
    ) throws -> Choice {
        let text = try fields.string(key, default: fallback.rawValue)
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw invalid(key, "'\(text)'", "one of \(known)")
        }
        return choice
    }

    /// A number for all groups, or one for each.
    func perGroup(_ key: String, _ groups: Int, default fallback: Double) throws -> [Double] {
        guard let list = fields.object[key]?.array else {
            return Array(repeating: try double(key, default: fallback), count: groups)
        }
        let numbers = list.compactMap(\.double)
        guard numbers.count == list.count, numbers.count == groups else {
            throw invalid(key, "a list of \(list.count)", "a number for each of \(groups) groups")
        }
        return numbers
    }

    func invalid(_ key: String, _ value: String, _ needed: String) -> TuneError {
        TuneError(
            .badConfig, "\(fields.source): '\(key)' is \(value) where \(needed) is needed.",
            remedy: "Correct it in lr_scheduler_kwargs.")
    }
}
