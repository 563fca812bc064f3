/// A number that a metric accepts as prediction or reference.
public protocol MetricInput: Sendable {
    /// The number without its fraction, or nil when it is NaN, infinite or beyond 64 bits.
    var metricInteger: Int? { get }
    /// The number in double precision.
    var metricNumber: Double { get }
}

extension MetricInput where Self: BinaryInteger {
    /// The number, or nil beyond 64 bits.
    public var metricInteger: Int? { Int(exactly: self) }
    /// The number in double precision.
    public var metricNumber: Double { Double(self) }
}

extension MetricInput where Self: BinaryFloatingPoint {
    /// The number without its fraction, or nil when it is NaN, infinite or beyond 64 bits.
    public var metricInteger: Int? { isFinite ? Int(exactly: rounded(.towardZero)) : nil }
    /// The number in double precision.
    public var metricNumber: Double { Double(self) }
}

extension Int: MetricInput {}
extension Int32: MetricInput {}
extension Int64: MetricInput {}
extension Float: MetricInput {}
extension Double: MetricInput {}

extension Bool: MetricInput {
    /// 1 for true, 0 for false.
    public var metricInteger: Int? { self ? 1 : 0 }
    /// 1 for true, 0 for false.
    public var metricNumber: Double { self ? 1 : 0 }
}
