"""Golden trainings of ParityTests: one small job in Python's Trainer under many arguments.

    python Tools/goldens/parity.py             # rewrites Tests/ParityTests/Fixtures
    python Tools/goldens/parity.py NAME ...    # rewrites only the goldens of these configurations

A BERT of two layers with random weights classifies random tokens. Weights, tokenizer and data are
fixtures; dropout is on unless a configuration says otherwise, so that every number depends on every
draw before it. A golden holds what a user sees of a training: rows of the history, metrics,
learning rates, events and names of files. Times are left out.
"""

import json
import os
import pathlib
import platform
import shutil
import sys
import tempfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import accelerate
import datasets
import numpy as np
import torch
import transformers
from transformers import (
    BertConfig, BertForSequenceClassification, BertTokenizer, DataCollatorWithPadding,
    EarlyStoppingCallback, PrinterCallback, Trainer, TrainerCallback, TrainingArguments,
)

SEED = 11
FIXTURES = pathlib.Path(__file__).parents[2] / "Tests/ParityTests/Fixtures"
WORDS = 30
CLASSES = 3
TIMES = ("_runtime", "_per_second", "_preparation_time")
# What a mean over float32 numbers can be told apart by; learning rates are kept as they are.
DIGITS = 9

# Arguments of every configuration, which its own replace.
COMMON = {"use_cpu": True, "num_train_epochs": 2, "learning_rate": 3e-3, "logging_steps": 1,
          "save_strategy": "no"}


def step_evaluation(steps=4):
    return {"eval_strategy": "steps", "eval_steps": steps}


STRATEGIES = {
    "defaults": {"num_train_epochs": 3, "logging_steps": 500, "save_strategy": "steps",
                 "learning_rate": 5e-5},
    "steps": {"logging_steps": 3, **step_evaluation(), "save_strategy": "steps", "save_steps": 6},
    "epochs": {"logging_strategy": "epoch", "eval_strategy": "epoch", "save_strategy": "epoch"},
    "ratios": {"logging_steps": 0.1, **step_evaluation(0.25), "save_strategy": "steps",
               "save_steps": 0.4},
    "no-logging": {"logging_strategy": "no", "eval_strategy": "epoch"},
    "first-step": {"logging_first_step": True, "logging_steps": 5},
    "evaluation-as-logging": {"logging_steps": 5, "eval_strategy": "steps"},
    "evaluation-delay-steps": {"eval_delay": 6, **step_evaluation(3)},
    "evaluation-delay-epochs": {"eval_delay": 1.5, "eval_strategy": "epoch", "num_train_epochs": 3,
                                "logging_steps": 8},
    "evaluation-on-start": {"eval_on_start": True, "eval_strategy": "epoch", "logging_steps": 4},
    "prediction-loss-only": {"prediction_loss_only": True, **step_evaluation(7),
                             "per_device_eval_batch_size": 5},
    "model-only": {"save_only_model": True, "save_strategy": "steps", "save_steps": 5,
                   "logging_steps": 4},
    "total-limit": {"save_strategy": "steps", "save_steps": 3, "save_total_limit": 2,
                    "logging_steps": 4},
    "best-by-accuracy": {"eval_strategy": "epoch", "save_strategy": "epoch", "num_train_epochs": 4,
                         "load_best_model_at_end": True, "metric_for_best_model": "accuracy",
                         "save_total_limit": 2, "logging_steps": 8},
    "best-by-loss": {**step_evaluation(3), "save_strategy": "steps", "save_steps": 3,
                     "load_best_model_at_end": True, "logging_steps": 4, "learning_rate": 1e-2,
                     "max_steps": 13, "lr_scheduler_type": "constant"},
    "save-best": {**step_evaluation(2), "save_strategy": "best", "metric_for_best_model": "loss",
                  "logging_steps": 4, "save_total_limit": 2},
    "save-best-smaller": {**step_evaluation(4), "save_strategy": "best",
                          "load_best_model_at_end": True, "metric_for_best_model": "eval_accuracy",
                          "greater_is_better": False, "logging_steps": 4},
    "limit-of-one": {"eval_strategy": "epoch", "save_strategy": "epoch", "num_train_epochs": 4,
                     "load_best_model_at_end": True, "save_total_limit": 1, "logging_steps": 8,
                     "metric_for_best_model": "accuracy", "greater_is_better": False},
}

LENGTHS = {
    "max-steps": {"max_steps": 5},
    "max-steps-over-epochs": {"max_steps": 19, "logging_steps": 4, "eval_strategy": "epoch",
                              "save_strategy": "epoch", "save_total_limit": 2},
    "fractional-epochs": {"num_train_epochs": 1.4, "eval_strategy": "epoch"},
    "part-of-an-epoch": {"num_train_epochs": 0.3, "logging_strategy": "epoch",
                         "eval_strategy": "epoch", "save_strategy": "epoch"},
    "drop-last": {"dataloader_drop_last": True},
    "drop-last-accumulated": {"dataloader_drop_last": True, "gradient_accumulation_steps": 2,
                              "per_device_train_batch_size": 7},
    "batch-of-five": {"per_device_train_batch_size": 5, "per_device_eval_batch_size": 7,
                      "logging_steps": 6, "eval_strategy": "epoch"},
}

GRADIENTS = {
    "accumulation": {"gradient_accumulation_steps": 2, **step_evaluation(3)},
    "accumulation-uneven": {"gradient_accumulation_steps": 3, "max_grad_norm": 0.5,
                            "eval_strategy": "epoch", "save_strategy": "epoch"},
    "accumulation-max-steps": {"gradient_accumulation_steps": 4, "max_steps": 5,
                               "logging_steps": 2, "logging_first_step": True},
    "accumulation-over-epoch": {"gradient_accumulation_steps": 16, "num_train_epochs": 4},
    "no-clipping": {"max_grad_norm": 0.0},
    "strong-clipping": {"max_grad_norm": 0.1, "optim": "sgd", "learning_rate": 0.1},
    "label-smoothing": {"label_smoothing_factor": 0.1, "eval_strategy": "epoch"},
    "label-smoothing-accumulated": {"label_smoothing_factor": 0.2, "eval_strategy": "epoch",
                                    "gradient_accumulation_steps": 3},
    "neftune": {"neftune_noise_alpha": 5.0, "eval_strategy": "epoch"},
    "activation-checkpointing": {"gradient_checkpointing": True, "max_steps": 6},
    "weight-decay": {"weight_decay": 0.1, "learning_rate": 1e-2},
}

SCHEDULES = {
    "linear-warmup": {"warmup_steps": 5},
    "linear-warmup-ratio": {"warmup_steps": 0.2},
    "cosine": {"lr_scheduler_type": "cosine", "warmup_steps": 2},
    "cosine-cycles": {"lr_scheduler_type": "cosine", "lr_scheduler_kwargs": {"num_cycles": 1.5}},
    "restarts": {"lr_scheduler_type": "cosine_with_restarts", "warmup_steps": 2,
                 "lr_scheduler_kwargs": {"num_cycles": 3}},
    "polynomial": {"lr_scheduler_type": "polynomial"},
    "polynomial-power": {"lr_scheduler_type": "polynomial", "warmup_steps": 3,
                         "lr_scheduler_kwargs": {"power": 2.0, "lr_end": 1e-5}},
    "constant": {"lr_scheduler_type": "constant", "warmup_steps": 4},
    "constant-warmup": {"lr_scheduler_type": "constant_with_warmup", "warmup_steps": 4},
    "inverse-sqrt": {"lr_scheduler_type": "inverse_sqrt", "warmup_steps": 3},
    "inverse-sqrt-timescale": {"lr_scheduler_type": "inverse_sqrt",
                               "lr_scheduler_kwargs": {"timescale": 4}},
    "cosine-min-rate": {"lr_scheduler_type": "cosine_with_min_lr", "warmup_steps": 2,
                        "lr_scheduler_kwargs": {"min_lr_rate": 0.1}},
    "cosine-min": {"lr_scheduler_type": "cosine_with_min_lr",
                   "lr_scheduler_kwargs": {"min_lr": 2e-4, "num_cycles": 1.0}},
    "cosine-warmup-min": {"lr_scheduler_type": "cosine_warmup_with_min_lr", "warmup_steps": 4,
                          "lr_scheduler_kwargs": {"min_lr_rate": 0.1, "warmup_lr_rate": 0.3}},
    "stable-decay": {"lr_scheduler_type": "warmup_stable_decay", "warmup_steps": 3,
                     "lr_scheduler_kwargs": {"num_decay_steps": 6}},
    "stable-decay-kwargs": {
        "lr_scheduler_type": "warmup_stable_decay", "warmup_steps": 4,
        "lr_scheduler_kwargs": {"num_decay_steps": 5, "num_stable_steps": 4, "min_lr_ratio": 0.2,
                                "warmup_type": "cosine", "decay_type": "1-sqrt"}},
    "plateau": {"lr_scheduler_type": "reduce_lr_on_plateau", **step_evaluation(2),
                "learning_rate": 2e-2,
                "lr_scheduler_kwargs": {"factor": 0.5, "patience": 0, "threshold": 0.01}},
    "greedy": {"lr_scheduler_type": "greedy", **step_evaluation(1), "logging_steps": 2,
               "lr_scheduler_kwargs": {"factor": 0.8, "patience": 1, "min_lr": 1e-5,
                                       "max_lr": 1e-2}},
}

OPTIMIZERS = {
    "adamw": {"optim": "adamw_torch", "adam_beta1": 0.8, "adam_beta2": 0.95, "adam_epsilon": 1e-6,
              "weight_decay": 0.02},
    "sgd": {"optim": "sgd", "learning_rate": 0.1, "weight_decay": 0.01},
    "sgd-momentum": {"optim": "sgd", "learning_rate": 0.05,
                     "optim_args": "momentum=0.9,nesterov=True"},
    "sgd-dampening": {"optim": "sgd", "learning_rate": 0.05,
                      "optim_args": "momentum=0.8,dampening=0.3"},
    "adafactor": {"optim": "adafactor", "weight_decay": 0.01},
    "adagrad": {"optim": "adagrad", "learning_rate": 0.01},
    "adagrad-decay": {"optim": "adagrad", "learning_rate": 0.01, "weight_decay": 0.01,
                      "optim_args": "lr_decay=0.1,eps=1e-8"},
    "rmsprop": {"optim": "rmsprop"},
    "rmsprop-centered": {"optim": "rmsprop", "weight_decay": 0.01,
                         "optim_args": "momentum=0.5,alpha=0.9,eps=1e-6,centered=True"},
}

DATA = {
    "grouped": {"train_sampling_strategy": "group_by_length", "eval_strategy": "epoch"},
    "grouped-by-column": {"train_sampling_strategy": "group_by_length",
                          "length_column_name": "size", "gradient_accumulation_steps": 2},
    "sequential": {"train_sampling_strategy": "sequential"},
    "seed": {"seed": 7, "eval_strategy": "epoch"},
    "data-seed": {"data_seed": 5},
    "both-seeds": {"seed": 3, "data_seed": 3, "gradient_accumulation_steps": 2},
    "tokens-all": {"include_num_input_tokens_seen": "all", "logging_steps": 4,
                   "eval_strategy": "epoch", "save_strategy": "epoch"},
    "tokens-non-padding": {"include_num_input_tokens_seen": "non_padding", "logging_steps": 4,
                           "gradient_accumulation_steps": 2},
}

PRECISION = {
    "bfloat16": {"bf16": True, "eval_strategy": "epoch"},
    "bfloat16-accumulated": {"bf16": True, "gradient_accumulation_steps": 3, "max_grad_norm": 0.3,
                             "label_smoothing_factor": 0.1, "save_strategy": "epoch"},
    "bfloat16-evaluation": {"bf16_full_eval": True, "max_steps": 6},
}

METRICS = {
    "batch-metrics": {"batch_eval_metrics": True, "eval_strategy": "epoch", "logging_steps": 4,
                      "per_device_eval_batch_size": 7},
    "metrics-inputs": {"include_for_metrics": ["inputs", "loss"], "eval_strategy": "epoch",
                       "logging_steps": 4},
}

# Further settings of a trainer: more than one evaluation set, callbacks, what happens before.
SEVERAL_SETS = {"evaluation_sets": ["even", "odd"]}
SPECIAL = {
    "no-metrics": ({"eval_strategy": "epoch", "logging_steps": 4}, {"metrics": False}),
    "several-sets": ({"eval_strategy": "epoch", "logging_steps": 4}, SEVERAL_SETS),
    "several-sets-best": (
        {"eval_strategy": "epoch", "save_strategy": "epoch", "load_best_model_at_end": True,
         "metric_for_best_model": "odd_loss", "greater_is_better": False, "logging_steps": 4},
        SEVERAL_SETS),
    "early-stopping": (
        {**step_evaluation(2), "metric_for_best_model": "loss", "learning_rate": 2e-2,
         "num_train_epochs": 4, "save_strategy": "steps", "save_steps": 2, "save_total_limit": 3,
         "load_best_model_at_end": True},
        {"early_stopping": {"early_stopping_patience": 3}}),
    "early-stopping-threshold": (
        {"eval_strategy": "epoch", "metric_for_best_model": "accuracy", "num_train_epochs": 6,
         "logging_strategy": "epoch"},
        {"early_stopping": {"early_stopping_patience": 1, "early_stopping_threshold": 0.05}}),
    "resume": ({"save_strategy": "steps", "save_steps": 5, **step_evaluation(3)}, {"resume": 5}),
    "resume-epoch": ({"save_strategy": "epoch", "eval_strategy": "epoch", "num_train_epochs": 3},
                     {"resume": 8}),
    "resume-accumulated": (
        {"save_strategy": "steps", "save_steps": 4, "gradient_accumulation_steps": 3,
         "lr_scheduler_type": "cosine", "warmup_steps": 2, "optim": "sgd", "learning_rate": 0.05,
         "optim_args": "momentum=0.9"}, {"resume": 4}),
    "resume-bfloat16": ({"save_strategy": "steps", "save_steps": 6, "bf16": True}, {"resume": 6}),
    "resume-within-window": ({"save_strategy": "steps", "save_steps": 5, "logging_steps": 3},
                             {"resume": 5}),
    "resume-best": (
        {"save_strategy": "steps", "save_steps": 4, **step_evaluation(4), "num_train_epochs": 3,
         "load_best_model_at_end": True, "logging_steps": 4, "data_seed": 9}, {"resume": 12}),
    "resume-data-anew": (
        {"save_strategy": "steps", "save_steps": 5, "ignore_data_skip": True}, {"resume": 5}),
}

# Without dropout, so that the mode `fast` can be compared too, which draws other masks.
WITHOUT_DROPOUT = {
    "exact": {**step_evaluation(), "save_strategy": "steps", "save_steps": 8},
    "exact-accumulated": {"gradient_accumulation_steps": 3, "max_grad_norm": 0.5,
                          "eval_strategy": "epoch"},
    "exact-smoothed": {"label_smoothing_factor": 0.1, "eval_strategy": "epoch"},
    "exact-grouped": {"train_sampling_strategy": "group_by_length", "eval_strategy": "epoch"},
    "exact-decay": {"weight_decay": 0.1, "max_grad_norm": 0.0, "warmup_steps": 3,
                    "lr_scheduler_type": "cosine"},
    "exact-sgd": {"optim": "sgd", "learning_rate": 0.05, "optim_args": "momentum=0.9"},
    "exact-adafactor": {"optim": "adafactor"},
    "exact-drop-last": {"dataloader_drop_last": True, "data_seed": 4},
    "exact-best": {"eval_strategy": "epoch", "save_strategy": "epoch", "num_train_epochs": 3,
                   "load_best_model_at_end": True, "metric_for_best_model": "accuracy"},
    "exact-bfloat16": {"bf16": True, "eval_strategy": "epoch"},
}


def configurations():
    """Every configuration by name: its arguments, and further settings."""
    plain = STRATEGIES | LENGTHS | GRADIENTS | SCHEDULES | OPTIMIZERS | DATA | PRECISION | METRICS
    table = {name: (arguments, {}) for name, arguments in plain.items()}
    table |= SPECIAL
    table |= {name: (arguments, {"dropout": 0.0}) for name, arguments in WITHOUT_DROPOUT.items()}
    return {name: ({**COMMON, **arguments}, setup) for name, (arguments, setup) in table.items()}


def rows(count, generator):
    """Token lists of 5 to 15 ids; most words tell the label."""
    def draw(low, high, shape=()):
        return torch.randint(low, high, shape, generator=generator).tolist()

    table = {"input_ids": [], "token_type_ids": [], "attention_mask": [], "label": [], "size": []}
    share = WORDS // CLASSES
    for _ in range(count):
        first, second, label = draw(1, 7), draw(1, 7), draw(0, CLASSES)
        words = [5 + (label * share + draw(0, share) if draw(0, 10) < 8 else draw(0, WORDS))
                 for _ in range(first + second)]
        ids = [2, *words[:first], 3, *words[first:], 3]
        table["input_ids"].append(ids)
        table["token_type_ids"].append([0] * (first + 2) + [1] * (second + 1))
        table["attention_mask"].append([1] * len(ids))
        table["label"].append(label)
        # Python drops this column with other unused ones before the sampler could read it; it
        # holds what the sampler finds out instead.
        table["size"].append(len(ids))
    return table


def write_inputs():
    """The model, the tokenizer and the data that all trainings share."""
    shutil.rmtree(FIXTURES, ignore_errors=True)
    torch.manual_seed(SEED)
    model = BertForSequenceClassification(BertConfig(
        vocab_size=5 + WORDS, hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=48, max_position_embeddings=16, num_labels=CLASSES))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "LayerNorm" not in name:
                parameter.add_(torch.randn_like(parameter) * 0.2)
    model.save_pretrained(FIXTURES / "model")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(f"w{i}" for i in range(WORDS))]
    tokenizer = BertTokenizer(vocab={word: i for i, word in enumerate(words)}, model_max_length=16)
    tokenizer.save_pretrained(FIXTURES / "model")
    generator = torch.Generator().manual_seed(SEED)
    data = {"train": rows(60, generator), "validation": rows(24, generator)}
    write(FIXTURES / "data.json", data)


def accuracy(prediction):
    logits, labels = prediction.predictions, prediction.label_ids
    metrics = {"accuracy": float((logits.argmax(-1) == labels).mean())}
    if prediction.inputs is not None:
        metrics["tokens"] = int((prediction.inputs > 0).sum())
    if prediction.losses is not None:
        metrics["mean_loss"] = float(prediction.losses.mean())
    return metrics


def batch_accuracy():
    """The accuracy, from counts that grow batch by batch."""
    hits = rows = 0

    def compute(prediction, compute_result):
        nonlocal hits, rows
        logits, labels = np.asarray(prediction.predictions), np.asarray(prediction.label_ids)
        hits, rows = hits + int((logits.argmax(-1) == labels).sum()), rows + len(labels)
        if not compute_result:
            return {}
        metrics = {"accuracy": hits / rows, "rows": rows}
        hits = rows = 0
        return metrics

    return compute


class Recorder(TrainerCallback):
    """Notes learning rates of steps, and events by a letter each."""

    LETTERS = {"init_end": "i", "train_begin": "T", "train_end": "t", "epoch_begin": "E",
               "epoch_end": "e", "step_begin": "S", "substep_end": "b", "pre_optimizer_step": "o",
               "optimizer_step": "O", "step_end": "s", "evaluate": "v", "predict": "p", "save": "c",
               "log": "l", "prediction_step": "."}

    def __init__(self):
        self.rates, self.events = [], ""

    def __getattribute__(self, name):
        if not name.startswith("on_"):
            return super().__getattribute__(name)

        def note(args, state, control, optimizer=None, **others):
            self.events += self.LETTERS[name[3:]]
            if name == "on_pre_optimizer_step":
                self.rates.append(optimizer.param_groups[0]["lr"])

        return note


def make_trainer(directory, data, arguments, setup):
    options = {}
    if "dropout" in setup:
        options = dict(hidden_dropout_prob=setup["dropout"],
                       attention_probs_dropout_prob=setup["dropout"])
    model = BertForSequenceClassification.from_pretrained(FIXTURES / "model", **options)
    tokenizer = BertTokenizer.from_pretrained(FIXTURES / "model")
    args = TrainingArguments(directory, disable_tqdm=True, **arguments)
    validation = data["validation"]
    if setup.get("evaluation_sets"):
        validation = {name: validation.select(range(i, len(validation), 2))
                      for i, name in enumerate(setup["evaluation_sets"])}
    metrics = batch_accuracy() if args.batch_eval_metrics else accuracy
    recorder = Recorder()
    callbacks = [recorder]
    if "early_stopping" in setup:
        callbacks.append(EarlyStoppingCallback(**setup["early_stopping"]))
    trainer = Trainer(
        model, args, train_dataset=data["train"], eval_dataset=validation,
        data_collator=DataCollatorWithPadding(tokenizer), processing_class=tokenizer,
        compute_metrics=metrics if setup.get("metrics", True) else None, callbacks=callbacks)
    trainer.remove_callback(PrinterCallback)
    return trainer, recorder


def without_times(row):
    return {k: v for k, v in row.items() if not k.endswith(TIMES)}


def shortened(value):
    """Numbers that were computed in float32 with the digits that mean something."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, list):
        return [shortened(item) for item in value]
    return value


def compact(row):
    exact = ("learning_rate", "epoch", "step", "total_flos")
    return {k: v if k in exact else shortened(v) for k, v in without_times(row).items()}


def history(trainer):
    return [compact(row) for row in trainer.state.log_history]


def files(directory):
    """The names of all files, by directory."""
    table = {}
    for path in sorted(pathlib.Path(directory).rglob("*")):
        if path.is_file():
            folder = str(path.parent.relative_to(directory))
            table.setdefault(folder, []).append(path.name)
    return table


def saved_state(directory):
    state = json.loads(pathlib.Path(directory, "trainer_state.json").read_text())
    del state["log_history"]
    if state["best_model_checkpoint"]:
        state["best_model_checkpoint"] = pathlib.Path(state["best_model_checkpoint"]).name
    state["best_metric"] = shortened(state["best_metric"])
    return state


def predictions(scores):
    """Enough of the scores to know them all: the shape, the first rows and the sums of columns."""
    if scores is None:
        return None
    return {"shape": list(scores.shape), "first_rows": shortened(scores[:3].tolist()),
            "sums": shortened(scores.astype(np.float64).sum(0).tolist())}


def run(data, arguments, setup):
    with tempfile.TemporaryDirectory() as directory:
        trainer, recorder = make_trainer(directory, data, arguments, setup)
        result = trainer.train()
        golden = {}
        if "resume" in setup:
            golden["uninterrupted"] = {
                "training_loss": shortened(result.training_loss), "history": history(trainer)}
            trainer, recorder = make_trainer(directory, data, arguments, setup)
            result = trainer.train(
                resume_from_checkpoint=f"{directory}/checkpoint-{setup['resume']}")
        golden |= {
            "history": history(trainer), "output": {
                "global_step": result.global_step,
                "training_loss": shortened(result.training_loss),
                "metrics": compact(result.metrics), "metric_names": list(result.metrics)},
            "events": recorder.events, "learning_rates": recorder.rates}
        trainer.save_model()
        trainer.save_state()
        golden["state"] = saved_state(directory)
        evaluation = trainer.evaluate()
        trainer.save_metrics("eval", evaluation)
        # Python predicts in the grouped order, too; the scores are wanted in that of the data.
        trainer.args.train_sampling_strategy = "sequential"
        predicted = trainer.predict(data["validation"])
        golden["evaluation"] = {"metrics": compact(evaluation), "metric_names": list(evaluation)}
        golden["prediction"] = {
            "metrics": compact(predicted.metrics), "metric_names": list(predicted.metrics),
            "scores": predictions(predicted.predictions)}
        golden["files"] = files(directory)
    return golden


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


def main(names):
    transformers.utils.logging.disable_progress_bar()
    table = configurations()
    if not names:
        write_inputs()
    data = {split: datasets.Dataset.from_dict(columns) for split, columns in
            json.loads((FIXTURES / "data.json").read_text()).items()}
    for name in names or table:
        arguments, setup = table[name]
        golden = {"arguments": arguments, "setup": setup, **run(data, arguments, setup)}
        write(FIXTURES / "runs" / f"{name}.json", golden)
        print(name, golden["output"]["global_step"], golden["output"]["training_loss"], flush=True)
    write(FIXTURES / "versions.json", {
        "script": "Tools/goldens/parity.py", "seed": SEED, "python": platform.python_version(),
        "torch": torch.__version__, "transformers": transformers.__version__,
        "accelerate": accelerate.__version__, "datasets": datasets.__version__,
        "configurations": len(table)})
    size = sum(path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file())
    print(len(table), "configurations,", size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
