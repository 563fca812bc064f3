extension Feature {
    /// The narrowest feature that holds the values of both, or nil where there is none.
    static func common(_ a: Feature, _ b: Feature) -> Feature? {
        if a == b { return a }
        switch (a, b) {
        case (.value("null"), _): return b
        case (_, .value("null")): return a
        case (.value(let a), .value(let b)): return commonNumber(a, b).map { .value($0) }
        case (.list(let a, let n), .list(let b, let m)):
            return common(a, b).map { .list($0, length: n == m ? n : nil) }
        case (.structure(let a), .structure(let b)): return commonStructure(a, b)
        default: return nil
        }
    }

    private static func commonNumber(_ a: String, _ b: String) -> String? {
        func isInteger(_ name: String) -> Bool { name.hasPrefix("int") || name.hasPrefix("uint") }
        func isNumber(_ name: String) -> Bool { isInteger(name) || name.hasPrefix("float") }
        guard isNumber(a), isNumber(b) else { return nil }
        return isInteger(a) && isInteger(b) ? "int64" : "float64"
    }

    private static func commonStructure(_ a: Features, _ b: Features) -> Feature? {
        var result = a
        for field in b.fields {
            guard let own = result[field.name] else {
                result[field.name] = field.feature
                continue
            }
            guard let wider = common(own, field.feature) else { return nil }
            result[field.name] = wider
        }
        return .structure(result)
    }
}
