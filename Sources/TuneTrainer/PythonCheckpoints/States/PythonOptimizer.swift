import TuneBase
import TuneOptim
import TuneTorch

/// What `optimizer.pt` holds, as the state of an optimizer of ours.
///
/// Python numbers parameters through its groups; here they get the names of the model's parameters
/// in the same order.
struct PythonOptimizer {
    /// The state, whose tensors are in the file and keep it mapped.
    let state: OptimizerState
    /// The kind, for people.
    var kind: String { state.values["kind"]?.string ?? "" }

    /// Reads the state.
    ///
    /// - Parameters:
    ///   - file: `optimizer.pt`.
    ///   - groups: The model's parameters in the groups in which training puts them.
    /// - Throws: `TuneError` for another optimizer, a setting that this one does not have, and a
    ///   state that does not fit the parameters.
    init(_ file: TorchFile, groups: [ParameterGroup]) throws {
        let fields = try PickleFields(file.root, source: file.path)
        let saved = try fields.list("param_groups").enumerated().map { index, group in
            try PickleFields(group, source: "\(file.path), group \(index)")
        }
        guard saved.count == groups.count else {
            throw misfit(file, "it has \(saved.count) groups, training here \(groups.count)")
        }
        let optimizer = try makeOptimizer(saved, filling(groups, from: saved))
        let numbers = try Self.numbers(saved, groups, file)
        let states = try PickleFields(fields.dictionary["state"], source: "\(file.path), state")
        var tensors: [(String, Tensor)] = []
        for (number, parameter) in numbers {
            guard let value = states.dictionary[number] else { continue }
            let source = "\(file.path), state of \(parameter.name)"
            let entry = try ParameterEntry(file, PickleFields(value, source: source))
            let layout = optimizer.stateLayout(of: parameter.tensor)
            for (name, tensor) in try entry.tensors(layout) {
                tensors.append(("\(parameter.name).\(name)", tensor))
            }
        }
        let known = Set(numbers.map { PickleDictionary.Key.int($0.number) })
        if let stray = states.dictionary.keys.first(where: { !known.contains($0) }) {
            throw misfit(file, "its state \(stray) belongs to no parameter")
        }
        state = OptimizerState(tensors: tensors, values: optimizer.exportedState.values)
    }

    /// Python's number of every parameter.
    private static func numbers(
        _ saved: [PickleFields], _ groups: [ParameterGroup], _ file: TorchFile
    ) throws -> [(number: Int, parameter: NamedParameter)] {
        var seen: Set<Int> = []
        return try zip(saved, groups).enumerated().flatMap { index, pair in
            let numbers = try pair.0.ints("params")
            guard numbers.count == pair.1.parameters.count else {
                throw misfit(
                    file,
                    "group \(index) has \(numbers.count) parameters, that of the model \(pair.1.parameters.count)"
                )
            }
            guard numbers.allSatisfy({ seen.insert($0).inserted }) else {
                throw misfit(file, "a parameter is in it twice")
            }
            return zip(numbers, pair.1.parameters).map { (number: $0, parameter: $1) }
        }
    }
}

/// The groups with the learning rates and decays of the file.
private func filling(
    _ groups: [ParameterGroup], from saved: [PickleFields]
) throws -> [ParameterGroup] {
    try zip(groups, saved).map { group, fields in
        var group = group
        group.learningRate = try fields.double("lr")
        group.weightDecay = try fields.double("weight_decay")
        return group
    }
}

private func misfit(_ file: TorchFile, _ problem: String) -> TuneError {
    TuneError(
        .badData, "\(file.path) does not fit the model: \(problem).",
        remedy:
            "The model must be that of the run, trained with all its parameters and Python's two groups."
    )
}

/// What an optimizer remembers about one parameter.
private struct ParameterEntry {
    private let file: TorchFile
    private let fields: PickleFields

    /// What other programs keep for information only.
    private static let informative: Set<String> = ["RMS"]

    init(_ file: TorchFile, _ fields: PickleFields) {
        (self.file, self.fields) = (file, fields)
    }

    /// The tensors of a layout.
    func tensors(_ layout: [StateTensor]) throws -> [(String, Tensor)] {
        let names = Set(layout.map(\.name)).union(Self.informative)
        for case .string(let key) in fields.dictionary.keys where !names.contains(key) {
            guard case .none? = fields.dictionary[key] else {
                throw TuneError(
                    .badData, "\(fields.source): '\(key)' has no place in the optimizer here.",
                    remedy: "Use the optimizer's settings that both programs have.")
            }
        }
        // Python's SGD keeps nothing before the first step.
        let present = layout.filter { entry in fields.dictionary[entry.name]?.isNone == false }
        guard present.isEmpty || present.count == layout.count else {
            let missing = layout.first { fields.dictionary[$0.name]?.isNone != false }
            throw TuneError(
                .badData, "\(fields.source): '\(missing?.name ?? "")' is missing.",
                remedy: "Use the file as the Python Trainer wrote it.")
        }
        return try present.map { ($0.name, try tensor($0)) }
    }

    private func tensor(_ entry: StateTensor) throws -> Tensor {
        switch fields.dictionary[entry.name] {
        case .tensor(let view):
            guard view.shape == entry.shape, view.dtype == entry.dtype else {
                throw TuneError(
                    .badData,
                    "\(fields.source): '\(entry.name)' is \(view.dtype.shortName)\(view.shape), needed is \(entry.dtype.shortName)\(entry.shape).",
                    remedy: "Use the model of the run.")
            }
            return try file.tensor(view)
        case .int, .double:
            guard entry.shape.isEmpty else { fallthrough }
            return Tensor(scalar: try fields.double(entry.name), dtype: entry.dtype)
        default:
            throw TuneError(
                .badData, "\(fields.source): '\(entry.name)' is no tensor.",
                remedy: "Use the file as the Python Trainer wrote it.")
        }
    }
}
