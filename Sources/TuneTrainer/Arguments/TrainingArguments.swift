import TuneBase
public import TuneNN
public import TuneOptim

/// How a ``Trainer`` trains: the fields of Python's `TrainingArguments`, in camel case.
///
///     var args = TrainingArguments("test-trainer", numTrainEpochs: 3, evalStrategy: .epoch)
///     args.learningRate = 2e-5
///
/// ``fields`` lists every field with its Python name, kind and help text; the command line and
/// configuration files are made from it. ``validate()`` finds contradictions.
public struct TrainingArguments: Sendable, Equatable {
    /// Where checkpoints and results are written.
    public var outputDir: String

    // MARK: Duration and batch

    /// How often the training data is gone through; a fraction ends the last pass early.
    public var numTrainEpochs = 3.0
    /// If positive, the number of optimizer steps, whatever `numTrainEpochs` says.
    public var maxSteps = -1
    /// Rows in a training batch.
    public var perDeviceTrainBatchSize = 8
    /// Rows in an evaluation batch.
    public var perDeviceEvalBatchSize = 8
    /// How many batches make one optimizer step.
    public var gradientAccumulationSteps = 1
    /// How the losses of those batches join.
    public var gradientAccumulationScaling = GradientAccumulationScaling.mean

    // MARK: Learning rate

    /// The base learning rate.
    public var learningRate = 5e-5
    /// How the learning rate changes over the steps.
    public var lrSchedulerType = ScheduleName.linear
    /// Steps over which the rate rises from 0; below 1, that share of all steps.
    public var warmupSteps = 0.0

    // MARK: Optimizer

    /// The optimizer.
    public var optim = OptimizerName.adamwTorchFused
    /// Decoupled weight decay; biases and normalisations are exempt.
    public var weightDecay = 0.0
    /// Adam's decay of the mean gradient.
    public var adamBeta1 = 0.9
    /// Adam's decay of the mean squared gradient.
    public var adamBeta2 = 0.999
    /// Added to the root of Adam's second moment.
    public var adamEpsilon = 1e-8
    /// Gradients are scaled to at most this joint norm; 0 turns that off.
    public var maxGradNorm = 1.0

    // MARK: Precision and device

    /// Whether matrix products are computed in bfloat16.
    public var bf16 = false
    /// Whether matrix products are computed in float16; GPUs only.
    public var fp16 = false
    /// Whether to stay on the processor although there is a GPU.
    public var useCPU = false
    /// Whether layers compute as Python does or as fast as they can.
    public var mode = ExecutionMode.fast

    // MARK: Logging

    /// When the training loss is logged.
    public var loggingStrategy = IntervalStrategy.steps
    /// Steps between two logs; below 1, that share of all steps.
    public var loggingSteps = 500.0
    /// Whether the first step is logged too.
    public var loggingFirstStep = false
    /// Whether an evaluation leaves out non-finite losses.
    ///
    /// Training stops at one in any case.
    public var loggingNanInfFilter = true
    /// Whether progress bars are left out; nil shows them on a terminal.
    public var disableTqdm: Bool?
    /// Further reporters; only `none` exists, callbacks do the rest.
    public var reportTo = ["none"]
    /// A name for the run.
    public var runName: String?

    // MARK: Evaluation

    /// When the model is evaluated during training.
    public var evalStrategy = IntervalStrategy.no
    /// Steps between two evaluations; below 1, that share of all steps; nil as `loggingSteps`.
    public var evalSteps: Double?
    /// Steps or epochs (as `evalStrategy`) before the first evaluation.
    public var evalDelay = 0.0
    /// Whether to evaluate before the first step.
    public var evalOnStart = false
    /// Whether an evaluation keeps only the loss.
    public var predictionLossOnly = false

    // MARK: Checkpoints

    /// When checkpoints are written.
    public var saveStrategy = SaveStrategy.steps
    /// Steps between two checkpoints; below 1, that share of all steps.
    public var saveSteps = 500.0
    /// How many checkpoints are kept; nil keeps all.
    public var saveTotalLimit: Int?
    /// Whether a checkpoint holds the model without the state of the training.
    public var saveOnlyModel = false
    /// Whether the best checkpoint's weights are loaded at the end.
    public var loadBestModelAtEnd = false
    /// The evaluation metric that tells which model is best.
    public var metricForBestModel: String?
    /// Whether a larger metric is better; nil decides by the name.
    public var greaterIsBetter: Bool?

    // MARK: Data and seeds

    /// Seeds initialisation, dropout and the order of the data.
    public var seed = 42
    /// Seeds the order of the data in place of `seed`.
    public var dataSeed: Int?
    /// Whether a last, shorter training batch is left out.
    ///
    /// Evaluation and prediction always take every row, where Python leaves the last ones out of
    /// them too.
    public var dataloaderDropLast = false
    /// How many batches are made ahead of their use, on another thread; 0 for none.
    ///
    /// Python has no default, as it makes none ahead without worker processes.
    public var dataloaderPrefetchFactor = 2
    /// Whether columns that the model does not take are left out.
    public var removeUnusedColumns = true
    /// Inputs that are labels; nil finds them among the model's inputs.
    public var labelNames: [String]?

    /// The defaults, with an output directory.
    public init(outputDir: String = "trainer_output") { self.outputDir = outputDir }
}

extension TrainingArguments {
    /// The rows of an evaluation batch.
    public var evalBatchSize: Int { perDeviceEvalBatchSize }

    /// The rows of a training batch.
    public var trainBatchSize: Int { perDeviceTrainBatchSize }

    /// The metric that tells which model is best, where one is needed.
    public var bestModelMetric: String? {
        metricForBestModel ?? (loadBestModelAtEnd || saveStrategy == .best ? "loss" : nil)
    }

    /// Whether a larger ``bestModelMetric`` is better: unless its name ends in `loss`.
    public var isGreaterBetter: Bool {
        greaterIsBetter ?? !(bestModelMetric ?? "loss").hasSuffix("loss")
    }

    /// The number of warm-up steps of a training of `total` steps.
    public func warmupSteps(of total: Int) -> Int {
        warmupSteps >= 1 ? Int(warmupSteps) : Int((Double(total) * warmupSteps).rounded(.up))
    }
}
