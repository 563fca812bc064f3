import Logging
public import TuneBase

extension TrainingArguments {
    /// Arguments from a configuration with Python's field names; absent fields keep their
    /// defaults.
    ///
    /// - Parameters:
    ///   - json: An object.
    ///   - source: What it is, for messages: the name of a file.
    /// - Throws: As ``update(with:at:)``.
    public init(json: JSONValue, source: String) throws {
        try self.init(JSONDocument(json, place: JSONPlace(source)))
    }

    /// Arguments from a configuration file; messages name line and column.
    ///
    /// - Throws: As ``update(with:at:)``, and for anything but an object.
    public init(_ document: JSONDocument) throws {
        guard let object = document.value.object else {
            throw TuneError(
                .badConfig,
                "\(document.place) holds \(document.value.kind) where an object is needed.",
                remedy: "Write names and values, such as {\"learning_rate\": 2e-5}.")
        }
        self.init()
        try update(with: object, at: document.place)
    }

    /// Gives fields values from a configuration with Python's field names.
    ///
    /// Names of older versions of Python's class are accepted with a notice. A name of Python's
    /// class that is no field here may have a value that asks for nothing, such as its default.
    ///
    /// - Parameters:
    ///   - members: Names and values.
    ///   - place: Where they stand, for messages.
    /// - Throws: One `TuneError` that lists every problem: a name that is not a field, with the
    ///   nearest one or what became of it, a value of the wrong kind, an old name that contradicts
    ///   the new one.
    public mutating func update(with members: JSONObject, at place: JSONPlace) throws {
        let problems = collectProblems(updatingWith: members, at: place)
        if let error = TuneError.joined(problems, subject: place.source) { throw error }
    }

    /// Gives one field a value.
    ///
    /// - Parameters:
    ///   - name: The Python name of the field, of this or an older version.
    ///   - value: The value.
    ///   - source: Where it comes from, for messages.
    /// - Throws: As ``update(with:at:)``.
    public mutating func set(_ name: String, _ value: JSONValue, source: String) throws {
        try update(with: JSONObject([(name, value)]), at: JSONPlace(source))
    }

    /// Where a configuration file gives fields their values, for ``validate(places:)``.
    ///
    /// - Parameter document: An object with Python's field names, of this or older versions.
    /// - Returns: File, line and column of each, by the field's name of today.
    public static func places(in document: JSONDocument) -> [String: String] {
        places(of: document.value.object?.keys ?? []) { "\(document.place[$0])" }
    }

    /// Where fields get their values that are given by names of today or of older versions.
    package static func places(
        of names: [String], _ place: (String) -> String
    ) -> [String: String] {
        let former = names.compactMap { name in
            FormerArgument.named(name).map { ($0.current, place(name)) }
        }
        let current = names.filter { field($0) != nil }.map { ($0, place($0)) }
        // What the field's own name says counts before what an old name says.
        return Dictionary(former + current) { $1 }
    }

    /// All fields by their Python names.
    public func toJSON() -> JSONValue {
        .object(JSONObject(Self.fields.map { ($0.name, $0.value(of: self)) }))
    }
}

extension TrainingArguments: CustomReflectable {
    /// The fields by their Python names, without secrets: what `print` and `dump` show.
    public var customMirror: Mirror {
        Mirror(
            self, children: Self.fields.map { ($0.name, $0.value(of: self).serialized()) },
            displayStyle: .struct)
    }
}

extension TrainingArguments {
    /// Gives fields values, as ``update(with:at:)``; what cannot be is left out.
    ///
    /// - Returns: What could not be, in the order of the members.
    package mutating func collectProblems(
        updatingWith members: JSONObject, at place: JSONPlace
    ) -> [TuneError] {
        var problems: [TuneError] = []
        // Old names come last, as they may find the new ones in their place.
        let isFormer = { (name: String) in FormerArgument.named(name) != nil }
        let current = members.members.filter { !isFormer($0.key) }
        for (name, value) in current + members.members.filter({ isFormer($0.key) }) {
            do {
                try set(name, value, among: members, at: place)
            } catch let error as TuneError {
                problems.append(error)
            } catch {
                problems.append(TuneError(.badConfig, "\(place[name]): \(error)", cause: error))
            }
        }
        return problems + problemsOfMembers(in: members, at: place)
    }

    private mutating func set(
        _ name: String, _ value: JSONValue, among members: JSONObject, at place: JSONPlace
    ) throws {
        if let field = Self.field(name) {
            try field.set(value, in: &self, at: place[name])
        } else if let former = FormerArgument.named(name) {
            try set(former, value, among: members, at: place[name])
        } else if let foreign = ForeignArgument.named(name) {
            guard !foreign.isNeutral(value) else { return }
            throw TuneError(
                .badConfig, "\(place[name]): '\(name)' is not a training argument here.",
                remedy: foreign.advice)
        } else {
            throw Self.unknownField(name, at: place[name])
        }
    }

    private mutating func set(
        _ former: FormerArgument, _ value: JSONValue, among members: JSONObject, at place: JSONPlace
    ) throws {
        guard let field = Self.field(former.current),
            let value = try former.translated(value, at: place)
        else { return }
        if let given = members[former.current] {
            // Python once wrote both names, one of them with its default.
            guard try Self.normal(value, field) != Self.normal(nil, field) else { return }
            let present = try Self.normal(given, field)
            guard try [Self.normal(nil, field), Self.normal(value, field)].contains(present) else {
                throw TuneError(
                    .badConfig,
                    "\(place): '\(former.name)' contradicts '\(former.current)'.",
                    remedy: "Keep '\(former.current)' alone.")
            }
        }
        try field.set(value, in: &self, at: place)
        Logger(label: "finetune.trainer").notice("\(place): \(former.notice)")
    }

    /// A value as the field keeps it; the field's default for nil.
    private static func normal(_ value: JSONValue?, _ field: ArgumentField) throws -> JSONValue {
        var arguments = TrainingArguments()
        if let value { try field.set(value, in: &arguments, at: JSONPlace(field.name)) }
        return field.value(of: arguments)
    }

    private func problemsOfMembers(in members: JSONObject, at place: JSONPlace) -> [TuneError] {
        (memberProblems + unknownScheduleSettings).compactMap { problem in
            guard let field = problem.fields.first(where: { members[$0] != nil }) else {
                return nil
            }
            let place = problem.member.map { place[field][$0] } ?? place[field]
            return TuneError(.badConfig, "\(place): \(problem.text)", remedy: "Change it there.")
        }
    }

    private static func unknownField(_ name: String, at place: JSONPlace) -> TuneError {
        TuneError(
            .badConfig, "\(place): '\(name)' is not a training argument.",
            remedy: nearestName(to: name, in: fields.map(\.name)).map { "Did you mean '\($0)'?" }
                ?? "Remove it; docs/arguments.md lists all training arguments.")
    }
}
