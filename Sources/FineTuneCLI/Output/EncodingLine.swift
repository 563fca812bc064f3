import FineTuneKit

/// One line of `finetune tokenize`: the ids and masks that the model takes, then offsets and
/// tokens.
func encodingLine(_ batch: BatchEncoding) throws -> String {
    let columns = batch.columns
    var object = JSONObject()
    for name in columns.names {
        object[name] = json(try columns.column(name)[0])
    }
    if let encoding = batch.encodings.first {
        object["offsets"] = .array(
            encoding.offsets.map { .array([.int($0.lowerBound), .int($0.upperBound)]) })
        object["tokens"] = .array(encoding.tokens.map(JSONValue.string))
    }
    return jsonLine(object)
}

private func json(_ value: DataValue) -> JSONValue {
    switch value {
    case .int(let number): .int(number)
    case .list(let values): .array(values.map(json))
    default: .null
    }
}
