import Dispatch
public import TuneBase

/// One optimizer step of a training run, as a clock saw it.
public struct StepMeasurement: Sendable, Equatable {
    /// Its number, from 1.
    public let step: Int
    /// When it ended, on the system's monotonic clock, which is the same for all programs.
    public let time: Double
    /// Seconds since the end of the step before it.
    public let seconds: Double
    /// Seconds of these that it waited for its batches.
    public let dataWait: Double
    /// Rows of its batches.
    public let rows: Int
    /// Tokens of its batches, without padding.
    public let tokens: Int

    /// Creates a measurement.
    public init(
        step: Int, time: Double, seconds: Double, dataWait: Double, rows: Int, tokens: Int
    ) {
        (self.step, self.time, self.seconds) = (step, time, seconds)
        (self.dataWait, self.rows, self.tokens) = (dataWait, rows, tokens)
    }

    /// The measurement as an object.
    public var json: JSONObject {
        JSONObject([
            ("step", .int(step)), ("time", .double(time)), ("seconds", .double(seconds)),
            ("data_wait", .double(dataWait)), ("rows", .int(rows)), ("tokens", .int(tokens)),
        ])
    }
}

/// Seconds on the clock that ``StepMeasurement/time`` is read from.
func systemMonotonicSeconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
