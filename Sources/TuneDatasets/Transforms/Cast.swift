import TuneBase

extension Dataset {
    /// The dataset with one column converted: to another data type, or text or numbers to classes.
    ///
    /// - Throws: `TuneError` when there is no such column, or a value does not fit.
    public func castColumn(_ name: String, to feature: Feature) throws -> Dataset {
        guard features[name] != nil else {
            throw TuneError(
                .missingInput,
                "The columns in features (\(pythonList(columnNames + [name]))) must be identical as the columns in the dataset: \(pythonList(columnNames)).",
                remedy: didYouMean(name, among: columnNames))
        }
        var wanted = features
        wanted[name] = feature
        return try cast(wanted)
    }

    /// The dataset with its columns converted to `wanted`, which names the same columns.
    ///
    /// - Throws: `TuneError` when the names differ, or a value does not fit.
    public func cast(_ wanted: Features) throws -> Dataset {
        guard Set(wanted.names) == Set(columnNames) else {
            throw TuneError(
                .badData,
                "The columns in features (\(pythonList(wanted.names))) must be identical as the columns in the dataset: \(pythonList(columnNames))."
            )
        }
        let step = identity.after("cast", wanted.description)
        if wanted == features { return replacing(selection, step) }
        let flat = try flattened()
        var converted: [String: ArrowColumn] = [:]
        for field in wanted.fields {
            guard let column = flat.columns[field.name] else { continue }
            let isSame = features[field.name] == field.feature
            converted[field.name] =
                isSame ? column : try column.cast(to: field.feature, named: field.name)
        }
        return Dataset(
            columns: converted, selection: flat.selection, features: wanted, split: split,
            identity: step)
    }
}

extension ArrowColumn {
    /// The values as `target` stores them; text becomes the number of its class.
    func cast(to target: Feature, named name: String) throws -> ArrowColumn {
        do {
            return try explainingArrow("The column '\(name)' cannot be converted to \(target)") {
                switch target {
                case .classLabel(let label): try encoded(by: label)
                case .json where kind != .text && kind != .null: try encodedAsJSON()
                default: try converted(to: target)
                }
            }
        } catch var error as TuneError where !error.message.contains("'\(name)'") {
            error.message += " (column '\(name)')"
            throw error
        }
    }

    private func encoded(by label: ClassLabel) throws -> ArrowColumn {
        guard kind == .text else {
            let numbers = try converted(to: .value("int64"))
            for value in try numbers.distinct().readAll(as: numbers.feature).boxed {
                try value.int.map(label.check)
            }
            return numbers
        }
        // Few different texts stand in many rows: look each up once.
        var known: [String: DataValue] = [:]
        let texts = try readAll(as: feature).boxed
        return try .building(
            .values(
                texts.map { value in
                    guard let text = value.string else { return .null }
                    if let number = known[text] { return number }
                    let number = DataValue.int(try label.str2int(text))
                    known[text] = number
                    return number
                })
        ).converted(to: .value("int64"))
    }

    private func encodedAsJSON() throws -> ArrowColumn {
        try .building(
            .values(
                try readAll(as: feature).boxed.map { value in
                    value == .null
                        ? .null
                        : .string(value.json(as: feature).serialized(escapingNonASCII: false))
                })
        ).converted(to: .value("string"))
    }
}
