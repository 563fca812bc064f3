import TuneBase

/// A range of rows under Python's rules: negative bounds count from the end, and bounds beyond
/// either end are moved to it.
public protocol PythonSlice {
    /// The rows meant, out of `count`.
    func resolved(count: Int) -> Range<Int>
}

extension Range<Int>: PythonSlice {
    /// The rows meant, out of `count`.
    public func resolved(count: Int) -> Range<Int> { clip(lowerBound, upperBound, count) }
}

extension ClosedRange<Int>: PythonSlice {
    /// The rows meant, out of `count`.
    public func resolved(count: Int) -> Range<Int> {
        clip(lowerBound, after(upperBound, count), count)
    }
}

extension PartialRangeUpTo<Int>: PythonSlice {
    /// The rows meant, out of `count`.
    public func resolved(count: Int) -> Range<Int> { clip(0, upperBound, count) }
}

extension PartialRangeThrough<Int>: PythonSlice {
    /// The rows meant, out of `count`.
    public func resolved(count: Int) -> Range<Int> { clip(0, after(upperBound, count), count) }
}

extension PartialRangeFrom<Int>: PythonSlice {
    /// The rows meant, out of `count`.
    public func resolved(count: Int) -> Range<Int> { clip(lowerBound, count, count) }
}

/// The bound behind the last row of a closed range; -1 means the last row of all.
private func after(_ last: Int, _ count: Int) -> Int {
    last == -1 || last >= count ? count : last + 1
}

private func clip(_ lower: Int, _ upper: Int, _ count: Int) -> Range<Int> {
    func clipped(_ bound: Int) -> Int { min(max(bound < 0 ? bound + count : bound, 0), count) }
    let (lower, upper) = (clipped(lower), clipped(upper))
    return lower..<max(lower, upper)
}

/// A row number from 0, where negative ones count from the end.
func resolvedIndex(_ index: Int, count: Int) throws -> Int {
    guard index >= -count, index < count else {
        throw TuneError(
            .badData, "Invalid key: \(index) is out of bounds for size \(count).",
            remedy: count == 0
                ? "The dataset is empty."
                : "Rows are numbered from 0 to \(count - 1), or from the end with -1.")
    }
    return index < 0 ? index + count : index
}
