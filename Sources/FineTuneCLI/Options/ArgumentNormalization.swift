import FineTuneKit

/// The command line in the one spelling that the parser knows.
///
/// `--learning_rate=1e-5` becomes `--learning-rate=1e-5`, and a true-or-false option that stands
/// alone gets its value: `--bf16` becomes `--bf16=true`. A negative number is joined to its
/// option, which would otherwise take it for another one. Nothing after `--` is changed.
func normalizedArguments(_ arguments: [String]) -> [String] {
    var result: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
        guard argument.hasPrefix("--"), argument != "--" else {
            result.append(argument)
            if argument == "--" { return result + rest }
            continue
        }
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0]).replacing("_", with: "-")
        if parts.count == 2 {
            result.append("\(name)=\(parts[1])")
        } else if booleanOptions.contains(name) {
            let value = rest.first.flatMap(truthValue)
            if value != nil { rest.removeFirst() }
            result.append("\(name)=\(value ?? true)")
        } else if let value = rest.first, value.hasPrefix("-"), Double(value) != nil {
            rest.removeFirst()
            result.append("\(name)=\(value)")
        } else {
            result.append(name)
        }
    }
    return result
}

/// The truth value that a text names, or nil.
func truthValue(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
}

/// The options that may stand alone.
private let booleanOptions = Set(
    (TrainingArguments.names.filter { TrainingArguments.kind(of: $0) == .bool }
        + DataSettings.fields.filter { $0.kind == .bool }.map(\.name)).map(optionName))

/// The spelling of a field's Python name on the command line.
func optionName(_ fieldName: String) -> String { "--" + fieldName.replacing("_", with: "-") }
