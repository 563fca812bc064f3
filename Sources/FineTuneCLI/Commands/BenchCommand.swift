import ArgumentParser
import FineTuneKit

/// `finetune bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast this machine trains a model.",
        discussion: """
            Trains for some steps, as `train` does but without writing anything, and prints medians \
            over the steps after the warm-up. One of --profile, --gemm and --sweep asks for another \
            report. Let nothing else run meanwhile.
            """)

    @Flag(help: "Show which operations take the time of a step.") var profile = false
    @Flag(help: "Measure the matrix products of a linear layer; needs no model or data.")
    var gemm = false
    @Flag(help: "With --gemm: have later runs take the fastest library for each shape.")
    var choose = false
    @Flag(help: "Measure steps on random tokens, many batch sizes and lengths; needs no data.")
    var sweep = false
    @Flag(help: "Print one JSON object instead of a table.") var json = false

    @Option(help: ArgumentHelp("Steps that count.", valueName: "n")) var steps = 20
    @Option(help: ArgumentHelp("Steps before them.", valueName: "n")) var warmUp = 5
    @Option(help: ArgumentHelp("Rows in a batch.", valueName: "n")) var batchSize = 8
    @Option(
        help: ArgumentHelp(
            "For --gemm: tokens, inputs, outputs, joined weights.", valueName: "nxnxn[xn],…"))
    var shapes: String?
    @Option(help: ArgumentHelp("For --sweep: rows in a batch.", valueName: "n,…"))
    var batchSizes = "8,16,32,64"
    @Option(help: ArgumentHelp("For --sweep: tokens in a row.", valueName: "n,…"))
    var lengths = "16,32,64,128,256,512"

    @OptionGroup(title: "Model and data") var data: DataOptions
    @OptionGroup(title: "Computation") var computation: BenchOptions

    func validate() throws {
        if [profile, gemm, sweep].filter(\.self).count > 1 {
            throw ValidationError("Choose one of --profile, --gemm and --sweep.")
        }
        if choose, !gemm { throw ValidationError("--choose needs --gemm.") }
        if steps < 1 || warmUp < 0 || batchSize < 1 {
            throw ValidationError("--steps and --batch-size are at least 1, --warm-up at least 0.")
        }
    }

    func run() throws {
        var configuration = Configuration()
        try configuration.apply([data, computation])
        configuration.training.perDeviceTrainBatchSize = batchSize
        configuration.training.maxSteps = warmUp + steps
        try configuration.validate()
        let report = try report(configuration)
        StreamSink.standardOutput.writeLine(
            json ? JSONValue.object(report.json).serialized(indent: 2) : report.text)
    }

    private func report(_ configuration: Configuration) throws -> any BenchReport {
        if gemm {
            return try GemmBench(
                shapes: shapes, isBFloat16: configuration.training.bf16, stores: choose)()
        }
        if sweep {
            return try SweepBench(
                configuration, batchSizes: numbers(batchSizes, option: "--batch-sizes"),
                lengths: numbers(lengths, option: "--lengths"))()
        }
        return try StepBench(configuration, warmUp: warmUp, profiles: profile)()
    }
}

/// The training arguments that matter for measurements.
struct BenchOptions: FieldOptions {
    @Option(help: help("bf16")) var bf16: String?
    @Option(help: help("mode")) var mode: String?
    @Option(help: help("use_cpu")) var useCpu: String?
    @Option(help: help("activation_checkpointing")) var activationCheckpointing: String?
    @Option(help: help("activation_checkpointing_kwargs"))
    var activationCheckpointingKwargs: String?
    @Option(help: help("optim")) var optim: String?
    @Option(help: help("max_grad_norm")) var maxGradNorm: String?
    @Option(help: help("gradient_accumulation_steps")) var gradientAccumulationSteps: String?
    @Option(help: help("seed")) var seed: String?
}

/// What a measurement found, for people and for programs.
protocol BenchReport {
    /// Lines for people.
    var text: String { get }
    /// The same numbers in plain units.
    var json: JSONObject { get }
}

/// The numbers of a list like `8,16`.
///
/// - Throws: `TuneError` unless all are 1 or more.
func numbers(_ text: String, option: String, separator: Character = ",") throws -> [Int] {
    let numbers = text.split(separator: separator).map { Int($0.filter { $0 != " " }) ?? 0 }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 }) else {
        throw TuneError(
            .usage, "\(option) is '\(text)'.",
            remedy: "Give numbers of 1 or more, like 8\(separator)16.")
    }
    return numbers
}
