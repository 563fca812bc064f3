import Foundation
import TuneMetrics

/// Runtime and throughput, named and rounded as Python does.
func speedMetrics(
    _ split: String, runtime: Double, samples: Double, steps: Int
) -> MetricResult {
    var result: MetricResult = ["\(split)_runtime": rounded(runtime, digits: 4)]
    guard runtime > 0 else { return result }
    result["\(split)_samples_per_second"] = rounded(samples / runtime, digits: 3)
    result["\(split)_steps_per_second"] = rounded(Double(steps) / runtime, digits: 3)
    return result
}

/// A number with so many digits after the point, rounded as Python's `round`.
func rounded(_ value: Double, digits: Int) -> Double {
    guard value.isFinite else { return value }
    return Double(String(format: "%.\(digits)f", value)) ?? value
}
