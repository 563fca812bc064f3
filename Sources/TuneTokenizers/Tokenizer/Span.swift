/// A half-open range of positions, half the size of `Range<Int>`.
package struct Span: Hashable, Sendable {
    /// The first position.
    package var start: Int32
    /// One past the last position.
    package var end: Int32

    /// Creates a range.
    @inline(__always)
    package init(_ start: Int, _ end: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    /// The range as indices.
    @inline(__always)
    package var range: Range<Int> { Int(start)..<Int(end) }

    /// The range moved to the right.
    package func shifted(by distance: Int) -> Span {
        Span(Int(start) + distance, Int(end) + distance)
    }
}
