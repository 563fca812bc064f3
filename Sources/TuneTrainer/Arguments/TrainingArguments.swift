public import TuneBase
public import TuneNN
public import TuneOptim

/// How a ``Trainer`` trains: the fields of Python's `TrainingArguments`, in camel case.
///
///     var args = TrainingArguments("test-trainer", numTrainEpochs: 3, evalStrategy: .epoch)
///     args.learningRate = 2e-5
///
/// The initializer has the defaults. ``fields`` lists every field with its Python name, kind and
/// help text; the command line and configuration files are made from it. ``validate()`` finds
/// contradictions.
public struct TrainingArguments: Sendable, Equatable {
    // MARK: Duration and batch

    /// Where checkpoints and results are written.
    public var outputDir: String
    /// How often the training data is gone through; a fraction ends the last pass early.
    public var numTrainEpochs: Double
    /// If positive, the number of optimizer steps, whatever `numTrainEpochs` says.
    public var maxSteps: Int
    /// Rows in a training batch.
    public var perDeviceTrainBatchSize: Int
    /// Rows in an evaluation batch.
    public var perDeviceEvalBatchSize: Int
    /// How many batches make one optimizer step.
    public var gradientAccumulationSteps: Int
    /// How the losses of those batches join.
    public var gradientAccumulationScaling: GradientAccumulationScaling
    /// Count the examples of an update over all processes; no effect in one process, as in Python.
    public var averageTokensAcrossDevices: Bool
    /// Look for a batch that fits when memory runs out.
    public var autoFindBatchSize: Bool

    // MARK: Learning rate

    /// The base learning rate.
    public var learningRate: Double
    /// How the learning rate changes over the steps.
    public var lrSchedulerType: ScheduleName
    /// Settings of the schedule, by Python's names: `["num_cycles": 2]`.
    public var lrSchedulerKwargs: JSONObject?
    /// Steps over which the rate rises from 0; below 1, that share of all steps.
    public var warmupSteps: Double

    // MARK: Optimizer

    /// The optimizer.
    public var optim: OptimizerName
    /// Settings of the optimizer: `"momentum=0.9,nesterov=true"`.
    public var optimArgs: String?
    /// Weight decay; biases and normalisations are exempt.
    public var weightDecay: Double
    /// Adam's decay of the mean gradient.
    public var adamBeta1: Double
    /// Adam's decay of the mean squared gradient.
    public var adamBeta2: Double
    /// Added to the root of Adam's second moment.
    public var adamEpsilon: Double
    /// Gradients are scaled to at most this joint norm; 0 turns that off.
    public var maxGradNorm: Double
    /// The share of the loss in which all classes weigh alike instead of the label alone.
    public var labelSmoothingFactor: Double
    /// Strength of the noise added to embeddings in training.
    public var neftuneNoiseAlpha: Double?
    /// What happens when a loss or gradient is not finite.
    public var nonFinitePolicy: NonFinitePolicy
    /// How often `nonFinitePolicy` skips or rolls back before the training stops.
    public var nonFiniteLimit: Int

    // MARK: Precision and device

    /// Whether matrix products are computed in bfloat16.
    public var bf16: Bool
    /// Whether matrix products are computed in float16; GPUs only.
    public var fp16: Bool
    /// Whether evaluation and prediction use weights in bfloat16.
    public var bf16FullEval: Bool
    /// Whether evaluation and prediction use weights in float16; GPUs only.
    public var fp16FullEval: Bool
    /// Whether float32 products may round to TF32 on a GPU; nil leaves libtorch's setting.
    public var tf32: Bool?
    /// Whether to stay on the processor although there is a GPU.
    public var useCPU: Bool
    /// Whether layers compute as Python does or as fast as they can.
    public var mode: ExecutionMode
    /// Whether activations are recomputed in the backward pass to save memory.
    public var activationCheckpointing: Bool?
    /// Settings of it: `["every_n_layers": 2]`.
    public var activationCheckpointingKwargs: JSONObject?
    /// The older name of `activationCheckpointing`, used where that is nil.
    public var gradientCheckpointing: Bool?
    /// The older name of `activationCheckpointingKwargs`, used where that is nil.
    public var gradientCheckpointingKwargs: JSONObject?
    /// The value of use_cache in the saved config.json.
    public var useCache: Bool
    /// Steps between two returns of unused memory to the GPU; nil for never.
    public var torchEmptyCacheSteps: Int?
    /// Settings of the Accelerator; nil for the defaults.
    public var acceleratorConfig: AcceleratorConfig?

    // MARK: Several processes

    /// Library of collective operations; no effect in one process, as in Python.
    public var ddpBackend: String?
    /// Look for parameters without gradient; no effect in one process, as in Python.
    public var ddpFindUnusedParameters: Bool?
    /// Megabytes reduced together; no effect in one process, as in Python.
    public var ddpBucketCapMB: Int?
    /// Seconds to wait for others; no effect in one process, as in Python.
    public var ddpTimeout: Int

    // MARK: Logging

    /// When the training loss is logged.
    public var loggingStrategy: IntervalStrategy
    /// Steps between two logs; below 1, that share of all steps.
    public var loggingSteps: Double
    /// Whether the first step is logged too.
    public var loggingFirstStep: Bool
    /// Whether an evaluation leaves out non-finite losses.
    ///
    /// In training, `nonFinitePolicy` decides in any case.
    public var loggingNanInfFilter: Bool
    /// Log on every machine; no effect in one process, as in Python.
    public var logOnEachNode: Bool
    /// The least severity of messages that show; `passive` leaves it alone.
    public var logLevel: LogLevel
    /// As `logLevel`, in other processes than the first; no effect in one process, as in Python.
    public var logLevelReplica: LogLevel
    /// Which of the tokens trained on are counted.
    public var includeNumInputTokensSeen: TokenCounting
    /// Whether memory figures are left out of the metrics.
    public var skipMemoryMetrics: Bool
    /// Whether progress bars are left out; nil shows them on a terminal.
    public var disableTqdm: Bool?
    /// How progress is shown.
    public var progress: ProgressStyle
    /// Further reporters: `none` or `tensorboard`; callbacks do the rest.
    public var reportTo: [String]
    /// A name for the run.
    public var runName: String?

    // MARK: Evaluation

    /// When the model is evaluated during training.
    public var evalStrategy: IntervalStrategy
    /// Steps between two evaluations; below 1, that share of all steps; nil as `loggingSteps`.
    public var evalSteps: Double?
    /// Steps or epochs (as `evalStrategy`) before the first evaluation.
    public var evalDelay: Double
    /// Whether to evaluate before the first step.
    public var evalOnStart: Bool
    /// Whether an evaluation keeps only the loss.
    public var predictionLossOnly: Bool
    /// Whether the predictions of all batches are joined; otherwise metrics see one list per batch.
    public var evalDoConcatBatches: Bool
    /// After how many batches predictions move from the GPU to memory; nil for after each.
    public var evalAccumulationSteps: Int?
    /// What metrics get besides predictions and labels.
    public var includeForMetrics: [MetricsInput]
    /// Whether metrics are computed batch by batch, without keeping all predictions.
    public var batchEvalMetrics: Bool

    // MARK: Checkpoints

    /// When checkpoints are written.
    public var saveStrategy: SaveStrategy
    /// Steps between two checkpoints; below 1, that share of all steps.
    public var saveSteps: Double
    /// How many checkpoints are kept; nil keeps all.
    public var saveTotalLimit: Int?
    /// Whether a checkpoint holds the model without the state of the training.
    public var saveOnlyModel: Bool
    /// Save on every machine; no effect in one process, as in Python.
    public var saveOnEachNode: Bool
    /// Python's switch for saving on SIGTERM, which `handleSignals` does in any case.
    public var enableJITCheckpoint: Bool
    /// Whether SIGINT, SIGTERM and SIGUSR1 finish the step, save and stop.
    public var handleSignals: Bool
    /// Seconds that finishing the step and saving may take after such a signal; then the process
    /// ends at once, with the last checkpoint as it was.
    ///
    /// 0 lets it take as long as it takes.
    public var interruptDeadline: Double
    /// Whether the best checkpoint's weights are loaded at the end.
    public var loadBestModelAtEnd: Bool
    /// The evaluation metric that tells which model is best.
    public var metricForBestModel: String?
    /// Whether a larger metric is better; nil decides by the name.
    public var greaterIsBetter: Bool?
    /// A checkpoint directory to go on from, or `true` for the newest valid one in `outputDir`.
    public var resumeFromCheckpoint: String?
    /// Whether a resumed run begins its epoch's data anew instead of where it stopped.
    public var ignoreDataSkip: Bool
    /// Whether a resumed run restores the states of its callbacks.
    public var restoreCallbackStatesFromCheckpoint: Bool

    // MARK: Hub

    /// Whether the model goes to the Hub, as `hubStrategy` says; ``Trainer`` needs an uploader.
    public var pushToHub: Bool
    /// The repository: `user/model`, or `model` for one of the token's user; nil takes the name of
    /// the output directory.
    public var hubModelID: String?
    /// The token of the Hub; nil takes that of the environment.
    ///
    /// Files show `<HUB_TOKEN>` in its place.
    public var hubToken: String?
    /// What goes to the Hub, and when.
    public var hubStrategy: HubStrategy
    /// Whether a new repository is private; nil leaves it to the settings of the namespace.
    public var hubPrivateRepo: Bool?
    /// Whether a checkpoint is pushed although the push before it still runs.
    public var hubAlwaysPush: Bool
    /// The branch, made if there is none; nil for `main`.
    public var hubRevision: String?

    // MARK: Data and seeds

    /// Seeds initialisation, dropout and the order of the data.
    public var seed: Int
    /// Seeds the order of the data in place of `seed`.
    public var dataSeed: Int?
    /// Whether only deterministic kernels are used, also where others are faster.
    public var fullDeterminism: Bool
    /// The order of training rows.
    public var trainSamplingStrategy: SamplingStrategy
    /// The column with the rows' lengths for `trainSamplingStrategy` `.groupByLength`.
    public var lengthColumnName: String
    /// Whether a last, shorter training batch is left out.
    ///
    /// Evaluation and prediction always take every row, where Python leaves the last ones out of
    /// them too.
    public var dataloaderDropLast: Bool
    /// How many batches are made ahead of their use, on another thread; 0 for none.
    ///
    /// Python has no default, as it makes none ahead without worker processes.
    public var dataloaderPrefetchFactor: Int
    /// Python's number of worker processes; here one thread makes batches ahead, see
    /// `dataloaderPrefetchFactor`.
    public var dataloaderNumWorkers: Int
    /// Whether batches reach the GPU through pinned memory.
    public var dataloaderPinMemory: Bool
    /// Accepted without effect: there are no worker processes.
    public var dataloaderPersistentWorkers: Bool
    /// Accepted without effect: batches always come in order.
    public var dataloaderInOrder: Bool
    /// Whether columns that the model does not take are left out.
    public var removeUnusedColumns: Bool
    /// Inputs that are labels; nil finds them among the model's inputs.
    public var labelNames: [String]?

    // MARK: Scripts

    /// For scripts that ask whether to train; ``Trainer`` takes no notice.
    public var doTrain: Bool
    /// For scripts that ask whether to evaluate; ``Trainer`` takes no notice.
    public var doEval: Bool
    /// For scripts that ask whether to predict; ``Trainer`` takes no notice.
    public var doPredict: Bool
}
