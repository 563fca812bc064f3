import TuneBase

/// A part of a split: `train`, `train[10:20]`, `train[:10%]`, `train[:33%](pct1_dropremainder)`.
struct SplitInstruction: Sendable, Hashable {
    enum Bound: Sendable, Hashable {
        case rows(Int)
        case percent(Int)
    }

    let text: String
    let split: String
    var from: Bound?
    var to: Bound?
    var dropsRemainder = false

    /// Reads one instruction, which contains no `+`.
    init(_ text: String) throws {
        self.text = text
        guard let parts = Self.parts(of: text) else { throw Self.unrecognized(text) }
        split = parts.split
        guard let range = parts.range else {
            if parts.rounding != nil { throw Self.needlessRounding }
            return
        }
        let bounds = range.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard bounds.count == 2 else { throw Self.unrecognized(text) }
        // One percent sign makes both bounds percentages.
        let isPercent = range.contains("%")
        from = try Self.bound(bounds[0], isPercent, text)
        to = try Self.bound(bounds[1], isPercent, text)
        switch parts.rounding {
        case nil, "closest": break
        case "pct1_dropremainder": dropsRemainder = true
        default:
            throw TuneError(
                .badConfig, "rounding must be either closest or pct1_dropremainder.")
        }
        if parts.rounding != nil, !isPercent { throw Self.needlessRounding }
    }

    /// All instructions of an expression such as `train[:10%]+test`.
    static func parse(_ expression: String) throws -> [SplitInstruction] {
        guard !expression.isEmpty else {
            try checkSplitName(expression)
            return []
        }
        return try expression.split(separator: "+", omittingEmptySubsequences: false)
            .map { try SplitInstruction(String($0).trimmed) }
    }

    /// The rows meant, out of `count`.
    func range(count: Int) throws -> Range<Int> {
        let lower = try from.map { try rows($0, count) } ?? 0
        let upper = try to.map { try rows($0, count) } ?? count
        func clipped(_ row: Int) -> Int { min(max(row < 0 ? row + count : row, 0), count) }
        let start = clipped(lower)
        return start..<max(start, clipped(upper))
    }

    private func rows(_ bound: Bound, _ count: Int) throws -> Int {
        switch bound {
        case .rows(let rows): return rows
        case .percent(let percent):
            guard dropsRemainder else {
                let exact = Double(percent) * Double(count) / 100
                return Int(exact.rounded(.toNearestOrEven))
            }
            guard count >= 100 else {
                throw TuneError(
                    .badConfig,
                    "Using \"pct1_dropremainder\" rounding on a split with less than 100 elements is forbidden: it always results in an empty dataset."
                )
            }
            return percent * (count / 100)
        }
    }

    private static func parts(
        of text: String
    ) -> (split: String, range: String?, rounding: String?)? {
        var rest = Substring(text)
        let split = rest.prefix { $0 != "[" && $0 != "(" }
        rest = rest.dropFirst(split.count)
        let range = enclosed(&rest, "[", "]")
        let rounding = enclosed(&rest, "(", ")")
        guard rest.isEmpty, isSplitName(String(split)) else { return nil }
        return (String(split), range, rounding)
    }

    private static func enclosed(
        _ text: inout Substring, _ open: Character, _ close: Character
    ) -> String? {
        guard text.first == open, let end = text.firstIndex(of: close) else { return nil }
        defer { text = text[text.index(after: end)...] }
        return String(text[text.index(after: text.startIndex)..<end])
    }

    private static func bound(_ text: String, _ isPercent: Bool, _ all: String) throws -> Bound? {
        if text.isEmpty { return nil }
        let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
        guard !digits.hasPrefix("+"), let number = Int(digits.filter { $0 != "_" }) else {
            throw unrecognized(all)
        }
        guard isPercent else { return .rows(number) }
        guard number.magnitude <= 100 else {
            throw TuneError(
                .badConfig, "Percent slice boundaries must be > -100 and < 100.",
                remedy: "The split expression is '\(all)'.")
        }
        return .percent(number)
    }

    private static func unrecognized(_ text: String) -> TuneError {
        TuneError(
            .badConfig, "Unrecognized instruction format: \(text).",
            remedy: "Write train, train[10:20], train[:10%] or train[:10%]+test.")
    }

    private static var needlessRounding: TuneError {
        TuneError(.badConfig, "It is forbidden to specify rounding if not using percent slicing.")
    }
}

extension DatasetDict {
    /// The rows that a split expression names.
    func rows(of expression: String) throws -> Dataset {
        let parts = try SplitInstruction.parse(expression).map { instruction in
            let dataset = try self[instruction.split]
            let range = try instruction.range(count: dataset.count)
            return dataset.replacing(
                dataset.selection.selecting(.range(range)),
                range == 0..<dataset.count
                    ? dataset.identity : dataset.identity.after("split", instruction.text))
        }
        let joined = parts.count == 1 ? parts[0] : try concatenateDatasets(parts)
        guard joined.count > 0 else { throw emptySplit(expression) }
        return Dataset(
            columns: joined.columns, selection: joined.selection, features: joined.features,
            split: expression, identity: joined.identity)
    }
}

/// The error for a split without rows.
func emptySplit(_ expression: String, files: [String] = []) -> TuneError {
    TuneError(
        .badData, "Instruction \"\(expression)\" corresponds to no data!",
        remedy: files.isEmpty
            ? "Choose rows that exist." : "There are no rows in \(files.joined(separator: ", ")).")
}
