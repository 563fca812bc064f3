import FineTuneKit
import Foundation
import ProgramTestSupport
import Testing

/// A configuration file or command line that cannot be, and what is said about it.
struct WrongConfiguration: Sendable, CustomTestStringConvertible {
    var file: String?
    var text = ""
    var options: [String] = []
    let code: Int32
    let parts: [String]

    static func yaml(_ text: String, _ code: Int32 = 78, _ parts: String...) -> Self {
        Self(file: "run.yaml", text: text, code: code, parts: parts + ["run.yaml"])
    }

    /// Values that are of the right kind, but cannot be.
    static func values(_ text: String, _ parts: String...) -> Self {
        Self(file: "run.yaml", text: text, code: 78, parts: parts)
    }

    static func json(_ text: String, _ code: Int32 = 78, _ parts: String...) -> Self {
        Self(file: "run.json", text: text, code: code, parts: parts + ["run.json"])
    }

    static func options(_ options: String, _ code: Int32, _ parts: String...) -> Self {
        Self(options: options.split(separator: " ").map(String.init), code: code, parts: parts)
    }

    var testDescription: String { file == nil ? options.joined(separator: " ") : text }
}

@Suite struct WrongConfigurationTests {
    private static let files: [WrongConfiguration] = [
        .yaml("seed: 1\nlearning_rat: 1e-5\n", 78, ":2:1:", "Did you mean 'learning_rate'?"),
        .yaml("datset: x\n", 78, ":1:1:", "Did you mean 'dataset'?"),
        .yaml("task_name: mrpc\n", 78, "It is called 'dataset_config' here."),
        .yaml("banana: 1\n", 78, "'banana'", "docs/arguments.md"),
        .yaml("seed: 1\n\nmax_steps: many\n", 78, ":3:1:", "an integer is needed"),
        .yaml("seed: 1.5\n", 78, "'seed' is a number"),
        .yaml("seed:\n", 78, "'seed' is null"),
        .yaml("bf16: yes\n", 78, "'bf16' is a string where true or false"),
        .yaml("bf16: 1\n", 78, "'bf16' is an integer"),
        .yaml("eval_strategy: epochs\n", 78, "cannot be 'epochs'", "Did you mean 'epoch'?"),
        .yaml("include_for_metrics: [logits]\n", 78, ":1:1:", "inputs, loss"),
        .yaml("model: [a]\n", 78, "'model' cannot be an array"),
        .yaml("seed: 1\nbf16: true\nseed: 2\n", 78, ":1:1:", "'seed' is given twice"),
        .yaml("accelerator_config:\n  even_batch: true\n", 78, ":2:3:", "'even_batches'"),
        .yaml("accelerator_config:\n  even_batches: 1\n", 78, ":2:3:", "true or false"),
        .yaml("accelerator_config: {a: 1, a: 2}\n", 78, ":1:22:", "twice"),
        .yaml("activation_checkpointing_kwargs:\n  every: 2\n", 78, ":2:3:", "every_n_layers"),
        .yaml("lr_scheduler_kwargs:\n  num_cycle: 2\n", 78, ":2:3:", "'num_cycles'"),
        .values(
            "lr_scheduler_kwargs:\n  num_cycles: 2\n", "run.yaml:1:1: ",
            "linear takes no argument 'num_cycles'"),
        .values("optim: sgd\noptim_args: momentun=0.9\n", "momentun", "momentum"),
        .yaml("lr_scheduler_kwargs: 5\n", 78, "'lr_scheduler_kwargs' is an integer"),
        .yaml("torch_compile: true\n", 78, ":1:1:", "kernels of its own"),
        .yaml("push_to_hub_token: x\n", 78, "It is called 'hub_token'."),
        .yaml("hub_strategy: never\n", 78, "cannot be 'never'", "every_save"),
        .yaml("warmup_ratio: 0.1\nwarmup_steps: 9\n", 78, ":1:1:", "Keep 'warmup_steps' alone."),
        .yaml("warmup_ratio: 3\n", 78, "from 0 to below 1"),
        .yaml("- a\n", 78, "an array where names with values"),
        .yaml("just text\n", 78, "a string where names with values"),
        .yaml("a: [1\nb: 2\n", 78, ":2:"),
        .yaml("? [a]\n: 1\n", 78, ":1:3:", "a key is not a text"),
        .yaml("a: 1\n---\nb: 2\n", 78, "run.yaml:"),
        .yaml("sed: 1\nbf: 2\nmax_steps: x\n", 78, "3 problems", ":1:1:", ":2:1:", ":3:1:"),
        .values(
            "learning_rate: -1\nadam_beta1: 2\n", "2 problems", "run.yaml:1:1: learning_rate is",
            "run.yaml:2:1: adam_beta1 is"),
        .values("seed: 1\nlabel_smoothing_factor: 2\n", "run.yaml:2:1: label", "from 0 to 1"),
        .values("load_best_model_at_end: true\n", "run.yaml:1:1: ", "eval_strategy (no)"),
        .values(
            "bf16: true\nseed: 1\nfp16: true\n", "run.yaml:1:1, ",
            "run.yaml:3:1: bf16 and fp16"),
        .values("per_gpu_train_batch_size: 0\n", "run.yaml:1:1: per_device_train_batch_size is 0"),
        .json("{\"seed\": 1,\n  \"warmup_steps\": -1}", 78, ":2:3: warmup_steps is -1.0"),
        .json("{\"seed\": 1,\n \"learning_rat\": 1}", 78, ":2:2:", "'learning_rate'"),
        .json("{\"seed\": 1,\n \"seed\": 2}", 78, "'seed' appears twice", "line 2"),
        .json("{\"accelerator_config\":\n {\"odd\": 1}}", 78, ":2:3:", "no setting 'odd'"),
        .json("{\"seed\": 1", 78, "line 1, column 11", "Correct the JSON there."),
        .json("", 78, "unexpected end"),
        .json("[1]", 78, "an array where names with values"),
    ]

    private static let commands: [WrongConfiguration] = [
        .options("--torch-compile", 64, "'torch_compile'", "kernels of its own"),
        .options("--fsdp full_shard", 64, "'fsdp'", "one process"),
        .options("--deepspeed ds.json", 64, "'deepspeed'", "Remove it"),
        .options("--push_to_hub --hub_model_id a/b/c", 64, "hub_model_id: 'a/b/c'", "user/model"),
        .options("--lr 1e-4", 64, "It is called 'learning_rate'."),
        .options("--overwrite-output-dir", 64, "--fresh"),
        .options("--learning-rate 1e-4x", 64, "--learning-rate is '1e-4x'"),
        .options("--learning-rate nan", 64, "--learning-rate is 'nan'"),
        .options("--seed 99999999999999999999", 64, "an integer"),
        .options("--lr-scheduler-kwargs {a", 64, "--lr-scheduler-kwargs", "JSON object"),
        .options("--accelerator-config {\"a\":1}", 64, "no setting 'a'"),
        .options("--evaluation-strategy epochs", 64, "Did you mean 'epoch'?"),
        .options("--warmup-ratio 0.1 --warmup-steps 5", 64, "contradicts"),
        .options(
            "--fp16 --use-cpu --bf16", 64, "--bf16, --fp16: bf16 and fp16 exclude each other",
            "--fp16, --use-cpu: fp16 needs a GPU"),
        .options("--report-to wandb", 64, "--report-to: ", "'wandb'", "tensorboard"),
        .options("--per_gpu_train_batch_size 0", 64, "--per-gpu-train-batch-size: "),
    ]

    @Test(arguments: files + commands)
    func isNamedWithAFix(_ wrong: WrongConfiguration) throws {
        let scratch = try TemporaryDirectory()
        var arguments = ["train"] + wrong.options
        if let file = wrong.file {
            arguments += ["--config", try scratch.write(file, wrong.text)]
        }
        let outcome = try runProgram("finetune", arguments, in: scratch.url)
        #expect(outcome.code == wrong.code, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("error: "))
        for part in wrong.parts { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
    }

    @Test func anchorsWithinAnchorsEndSoon() throws {
        let scratch = try TemporaryDirectory()
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        for level in 1..<12 {
            let inner = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(inner)]")
        }
        let file = try scratch.write("run.yaml", lines.joined(separator: "\n"))
        let outcome = try runProgram("finetune", ["train", "--config", file])
        #expect(outcome.code == 78)
        #expect(outcome.errors.contains("too many values"))
    }
}
