import TuneBase

/// How a row is shortened.
struct Truncation: Sendable {
    var strategy: TruncationStrategy
    /// The most tokens of a row, special tokens included.
    var maxLength: Int
    /// How many tokens neighbouring windows share.
    var stride: Int
    var side: Side

    /// The windows of each sequence; the first is what stays, the others overflow.
    struct Windows {
        var first: [Range<Int>]
        var second: [Range<Int>]?
    }

    /// Cuts sequences of the given lengths.
    ///
    /// - Parameters:
    ///   - first: The tokens of the first sequence.
    ///   - second: Those of the second.
    ///   - specialTokens: How many tokens the post-processor will add.
    /// - Returns: The windows.
    /// - Throws: `TuneError` when the settings leave no room or the sequence is too short.
    func windows(_ first: Int, _ second: Int?, specialTokens: Int) throws -> Windows {
        guard maxLength >= specialTokens else {
            throw TuneError(
                .usage,
                "A maximum length of \(maxLength) leaves no room for \(specialTokens) special tokens.",
                remedy: "Raise maxLength or set addSpecialTokens to false.")
        }
        let room = maxLength - specialTokens
        let lengths = try targetLengths(first, second, room: room)
        return Windows(
            first: try windows(first, lengths.first),
            second: try second.map { try windows($0, lengths.second ?? $0) })
    }

    /// Refuses settings that cannot work for any row.
    ///
    /// - Parameter specialTokens: How many tokens the post-processor adds to a single sequence.
    /// - Throws: `TuneError` for negative numbers and too large a stride.
    func validate(specialTokens: Int) throws {
        guard maxLength >= 0, stride >= 0 else {
            throw TuneError(
                .usage, "maxLength is \(maxLength) and stride \(stride); neither may be negative.")
        }
        guard maxLength < specialTokens || stride <= maxLength - specialTokens else {
            throw strideError(maxLength - specialTokens)
        }
    }

    private func targetLengths(
        _ first: Int, _ second: Int?, room: Int
    ) throws -> (first: Int, second: Int?) {
        if room == 0 { return (0, second.map { _ in 0 }) }
        let excess = first + (second ?? 0) - room
        if excess <= 0 { return (first, second) }
        switch strategy {
        case .none, .automatic:
            return (first, second)
        case .longestFirst:
            guard let second else { return (room, nil) }
            let (shorter, longer) = Self.longestFirst(min(first, second), room: room)
            return first <= second ? (shorter, longer) : (longer, shorter)
        case .onlyFirst:
            return (try shortened(first, by: excess), second)
        case .onlySecond:
            guard let second else {
                throw TuneError(
                    .usage, "Truncation is set to the second sequence, but there is only one.",
                    remedy: "Pass a text pair, or truncate with .longestFirst or .onlyFirst.")
            }
            return (first, try shortened(second, by: excess))
        }
    }

    /// The lengths of the shorter and the longer sequence: the shorter stays whole if it can.
    private static func longestFirst(_ shorter: Int, room: Int) -> (shorter: Int, longer: Int) {
        let longer = shorter > room ? shorter : max(shorter, room - shorter)
        if shorter + longer <= room { return (shorter, longer) }
        return (room / 2, room / 2 + room % 2)
    }

    private func shortened(_ length: Int, by excess: Int) throws -> Int {
        guard length > excess else {
            throw TuneError(
                .usage,
                "A sequence of \(length) tokens is too short to remove \(excess) of them.",
                remedy: "Truncate with .longestFirst or raise maxLength.")
        }
        return length - excess
    }

    /// The windows of a sequence of `count` tokens, `length` tokens each.
    private func windows(_ count: Int, _ length: Int) throws -> [Range<Int>] {
        if length >= count { return [0..<count] }
        if length == 0 { return [0..<0, 0..<count] }
        guard stride < length else { throw strideError(length) }
        let step = length - stride
        switch side {
        case .right:
            let last = (count - length + step - 1) / step
            return (0...last).map { $0 * step..<min($0 * step + length, count) }
        case .left:
            let last = (count - length + step - 1) / step
            return (0...last).map { max(count - $0 * step - length, 0)..<count - $0 * step }
        }
    }

    private func strideError(_ length: Int) -> TuneError {
        TuneError(
            .usage,
            "A stride of \(stride) is too large for windows of \(length) tokens without the special ones.",
            remedy: "Lower the stride or raise maxLength.")
    }
}
