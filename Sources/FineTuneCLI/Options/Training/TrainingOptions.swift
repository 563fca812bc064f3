import ArgumentParser
import FineTuneKit

/// One option for each field of `TrainingArguments`, in the sections of the help text.
///
/// Names, kinds, defaults and help texts are those of `TrainingArguments.fields`. `--help` shows
/// the options that most trainings are about, `--help-hidden` all.
struct TrainingOptions: ParsableArguments {
    @OptionGroup(title: "Duration and batch") var duration: DurationOptions
    @OptionGroup(title: "Learning rate") var rate: RateOptions
    @OptionGroup(title: "Optimizer") var optimizer: OptimizerOptions
    @OptionGroup(title: "Precision and device") var precision: PrecisionOptions
    @OptionGroup(title: "Several processes") var process: ProcessOptions
    @OptionGroup(title: "Logging") var logging: LoggingOptions
    @OptionGroup(title: "Evaluation") var evaluation: EvaluationOptions
    @OptionGroup(title: "Checkpoints") var checkpoint: CheckpointOptions
    @OptionGroup(title: "Hub") var hub: HubOptions
    @OptionGroup(title: "Data and seeds") var trainingData: TrainingDataOptions
    @OptionGroup(title: "Scripts") var script: ScriptOptions
    @OptionGroup var former: FormerOptions
    @OptionGroup var foreign: ForeignOptions

    /// All sections.
    var groups: [any FieldOptions] {
        [
            duration, rate, optimizer, precision, process, logging, evaluation, checkpoint,
            hub, trainingData, script, former, foreign,
        ]
    }
}
