"""Golden runs for TuneTrainer and TuneBatching, from Python's Trainer and PyTorch's loaders.

    python Tools/goldens/trainer.py   # rewrites Fixtures of TuneTrainerTests, TuneBatchingTests

A classifier of an embedding, a masked mean and two linear layers is trained on random tokens. Its
initial weights and data are part of the fixture; it has no dropout, so every number follows from
them and the seed.
"""

import itertools
import json
import pathlib
import platform
import tempfile

import accelerate
import datasets
import numpy as np
import torch
import transformers
from torch import nn
from transformers import (
    AutoTokenizer, BertTokenizer, DataCollatorWithPadding, DefaultFlowCallback, PreTrainedConfig,
    PreTrainedModel, Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments,
)
from transformers.modeling_outputs import SequenceClassifierOutput
from transformers.trainer_pt_utils import metrics_format

SEED = 7
ROOT = pathlib.Path(__file__).parents[2]
TIMES = ("_runtime", "_per_second", "_preparation_time")


class ToyConfig(PreTrainedConfig):
    model_type = "toy"


class Toy(PreTrainedModel):
    """Embedding, masked mean, linear, tanh, layer norm, linear; ignores further arguments."""

    config_class = ToyConfig
    accepts_loss_kwargs = True

    def __init__(self, config):
        super().__init__(config)
        self.embedding = nn.Embedding(32, 6)
        self.hidden = nn.Linear(6, 8)
        self.norm = nn.LayerNorm(8)
        self.classifier = nn.Linear(8, 2)

    def _init_weights(self, module):
        pass

    def forward(self, input_ids=None, attention_mask=None, labels=None, **kwargs):
        mask = attention_mask.unsqueeze(-1).to(self.embedding.weight.dtype)
        pooled = (self.embedding(input_ids) * mask).sum(1) / mask.sum(1)
        logits = self.classifier(self.norm(torch.tanh(self.hidden(pooled))))
        loss = None if labels is None else nn.functional.cross_entropy(logits, labels)
        return SequenceClassifierOutput(loss=loss, logits=logits)


def rows(count, generator):
    ids = torch.randint(1, 32, (count, 5), generator=generator)
    lengths = torch.randint(2, 6, (count,), generator=generator)
    mask = (torch.arange(5) < lengths[:, None]).long()
    labels = ((ids * mask).sum(1) > 55).long()
    return {"input_ids": (ids * mask).tolist(), "attention_mask": mask.tolist(),
            "label": labels.tolist()}


def accuracy(prediction):
    logits, labels = prediction
    return {"accuracy": float((logits.argmax(-1) == labels).mean())}


def without_times(row):
    return {k: v for k, v in row.items() if not k.endswith(TIMES)}


class Recorder(TrainerCallback):
    """Writes down the names of events."""

    def __init__(self):
        self.events = []

    def __getattribute__(self, name):
        if name.startswith("on_"):
            return lambda *a, **k: self.events.append(name[3:])
        return super().__getattribute__(name)


def run(weights, train, test, **arguments):
    model = Toy(ToyConfig())
    model.load_state_dict({k: torch.tensor(v) for k, v in weights.items()})
    recorder = Recorder()
    with tempfile.TemporaryDirectory() as directory:
        args = TrainingArguments(directory, use_cpu=True, **arguments)
        trainer = Trainer(
            model=model, args=args, train_dataset=datasets.Dataset.from_dict(train),
            eval_dataset=datasets.Dataset.from_dict(test), compute_metrics=accuracy,
            callbacks=[recorder])
        result = trainer.train()
        trainer.save_state()
        state = json.loads(pathlib.Path(directory, "trainer_state.json").read_text())
        checkpoints = sorted(p.name for p in pathlib.Path(directory).glob("checkpoint-*"))
        # Python leaves the last batch out of predictions too; here only training does.
        args.dataloader_drop_last = False
        predicted = trainer.predict(datasets.Dataset.from_dict(test))
    state["log_history"] = [without_times(row) for row in state["log_history"]]
    if state["best_model_checkpoint"]:
        state["best_model_checkpoint"] = pathlib.Path(state["best_model_checkpoint"]).name
    return {
        "arguments": arguments, "state": state, "events": recorder.events,
        "checkpoints": checkpoints, "global_step": result.global_step,
        "training_loss": result.training_loss, "metric_names": list(result.metrics),
        "predictions": predicted.predictions.tolist(), "label_ids": predicted.label_ids.tolist(),
        "predict_metrics": without_times(predicted.metrics),
        "predict_metric_names": list(predicted.metrics),
        "weights": {k: v.tolist() for k, v in model.state_dict().items() if "classifier" in k},
    }


def runs():
    generator = torch.Generator().manual_seed(SEED)
    train, test = rows(40, generator), rows(18, generator)
    odd = rows(43, generator)
    torch.manual_seed(SEED)
    weights = {k: v.tolist() for k, v in Toy(ToyConfig()).state_dict().items()}
    common = {"learning_rate": 0.01, "per_device_train_batch_size": 8}
    cases = {
        "epochs": (train, dict(
            common, num_train_epochs=3, weight_decay=0.05, warmup_steps=2, max_grad_norm=0.5,
            logging_steps=5, eval_strategy="epoch", save_strategy="no")),
        "steps": (odd, dict(
            common, max_steps=10, gradient_accumulation_steps=2, logging_steps=3, eval_steps=4,
            eval_strategy="steps", save_strategy="steps", save_steps=4, save_total_limit=2,
            lr_scheduler_type="cosine", logging_first_step=True, eval_on_start=True, seed=3,
            per_device_eval_batch_size=5)),
        "best": (train, dict(
            common, num_train_epochs=2.5, logging_strategy="epoch", eval_strategy="epoch",
            save_strategy="epoch", load_best_model_at_end=True, data_seed=11,
            metric_for_best_model="accuracy", max_grad_norm=0.0)),
        "drop_last": (odd, dict(
            common, num_train_epochs=2, logging_steps=2, save_strategy="no",
            dataloader_drop_last=True, lr_scheduler_type="constant")),
        "bfloat16": (train, dict(
            common, num_train_epochs=1, bf16=True, logging_steps=1, save_strategy="no")),
    }
    return {"weights": weights, "test": test,
            "runs": {name: {"train": data, **run(weights, data, test, **arguments)}
                     for name, (data, arguments) in cases.items()}}


def cadence():
    """What the flow callback asks for at each step and at each end of an epoch."""
    flow, table = DefaultFlowCallback(), []
    choices = [
        dict(logging_strategy=l, eval_strategy=e, save_strategy=s, **extra)
        for l, e, s in itertools.product(("no", "steps", "epoch"), repeat=3)
        for extra in (
            dict(logging_steps=2, eval_steps=3, save_steps=4),
            dict(logging_steps=0.25, save_steps=0.5, logging_first_step=True, eval_delay=2))
    ]
    for arguments, (maximum, per_epoch) in itertools.product(choices, ((7, 3), (6, 3))):
        args = TrainingArguments("unused", use_cpu=True, **arguments)
        state, control, marks = TrainerState(max_steps=maximum), TrainerControl(), []
        state.compute_steps(args, maximum)
        for step in range(1, maximum + 1):
            state.global_step, state.epoch = step, step / per_epoch
            control._new_step()
            flow.on_step_end(args, state, control)
            marks.append(letters(control))
            if step % per_epoch == 0 or control.should_training_stop:
                control._new_step()
                flow.on_epoch_end(args, state, control)
                marks.append("|" + letters(control))
        table.append({"arguments": arguments, "max_steps": maximum, "per_epoch": per_epoch,
                      "intervals": [state.logging_steps, state.eval_steps, state.save_steps],
                      "marks": " ".join(marks)})
    return table


def letters(control):
    flags = (("l", control.should_log), ("e", control.should_evaluate),
             ("s", control.should_save), ("x", control.should_training_stop))
    return "".join(letter for letter, flag in flags if flag) or "-"


def texts():
    """Numbers as NumPy, the printing callback and the metrics table show them."""
    random = np.random.default_rng(SEED)
    arrays = [
        [[1.5, -2.25], [0.1, 30.0]], [[1e-5, 1.0], [2.0, 3.0]], [[0.0, 0.5]], [1.0, 2.0],
        random.normal(size=(4, 3)).tolist(), random.normal(size=(600, 2)).tolist(),
        [float("nan"), 1.0, float("inf")], [123456.0, 0.25], [], [[[1.0, 2.0], [3.0, 4.0]]],
    ]
    numbers = [0.0, 1.0, 0.69314718, 4.5e-05, 1e-10, 123456.789, 1e16, -2.5, 0.00012345, 99995.0,
               float("nan"), float("inf")]
    metrics = {"train_runtime": 3725.5, "total_flos": 3527332585920.0, "train_loss": 0.123456,
               "epoch": 3.0, "train_samples_per_second": 1000.0, "eval_runtime": 90061.257}
    return {
        "arrays": [{"values": np.array(a).ravel().tolist(), "shape": list(np.array(a).shape),
                    "text": str(np.array(a, dtype=np.float32))} for a in arrays],
        "int_array": str(np.array([[1, -20], [300, 4]])),
        "numbers": [{"value": n, "text": f"{n:.4g}"} for n in numbers],
        "means": [{"values": v.tolist(), "mean": v.mean().item()} for v in (
            random.random(n, dtype=np.float32) for n in (1, 5, 8, 100, 137, 408))],
        "metrics": metrics, "formatted": {k: str(v) for k, v in metrics_format(metrics).items()},
    }


def loaders():
    """Orders of PyTorch's and Accelerate's loaders, and where they leave the generator."""
    def passes(loader, count=2):
        torch.manual_seed(42)
        batches = [[b.tolist() for b in loader] for _ in range(count)]
        return {"batches": batches, "next_draw": int(torch.empty((), dtype=torch.int64).random_())}

    seedable = accelerate.data_loader.SeedableRandomSampler(
        range(3668), data_seed=42, generator=torch.Generator())
    orders = []
    for epoch in range(3):
        seedable.set_epoch(epoch)
        orders.append(list(seedable)[:8])
    Loader = torch.utils.data.DataLoader
    return {
        "sequential": passes(Loader(range(10), batch_size=4)),
        "drop_last": passes(Loader(range(10), batch_size=4, drop_last=True)),
        "shuffled": passes(Loader(range(10), batch_size=4, shuffle=True)),
        "generator": passes(Loader(
            range(10), batch_size=4, shuffle=True, generator=torch.Generator().manual_seed(5)), 1),
        "seedable": orders,
    }


def collator():
    """Batches of DataCollatorWithPadding; its tokenizer becomes a fixture too."""
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] the a cat dog sat ran on mat fast".split()
    folder = ROOT / "Tests/TuneBatchingTests/Fixtures/tokenizer"
    BertTokenizer(vocab={word: i for i, word in enumerate(words)}).save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    first = ["the cat sat", "a dog", "the dog ran fast on the mat"]
    rows = tokenizer(first)

    def case(labels, **options):
        features = dict(rows, label=labels)
        collate = DataCollatorWithPadding(tokenizer, **options)
        batch = collate([{k: v[i] for k, v in features.items()} for i in range(len(first))])
        return {"features": features, "batch": {
            name: {"shape": list(t.shape), "dtype": str(t.dtype), "values": t.ravel().tolist()}
            for name, t in batch.items()}}

    return {"longest": case([1, 0, 1]), "multiple": case([1, 0, 1], pad_to_multiple_of=8),
            "max_length": case([1, 0, 1], padding="max_length", max_length=9),
            "float_labels": case([0.5, 1.0, -2.25])}


def write(name, content, target):
    versions = {"python": platform.python_version(), "torch": torch.__version__,
                "transformers": transformers.__version__, "accelerate": accelerate.__version__,
                "numpy": np.__version__}
    head = {"script": "Tools/goldens/trainer.py", "seed": SEED, "versions": versions,
            "tolerance": {"loss": 1e-5, "gradient_norm": 1e-4, "weights": 1e-5, "bfloat16": 2e-2}}
    path = ROOT / "Tests" / target / "Fixtures" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(head | content, separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size, "bytes")


def main():
    write("runs.json", runs(), "TuneTrainerTests")
    write("cadence.json", {"cases": cadence()}, "TuneTrainerTests")
    write("texts.json", texts(), "TuneTrainerTests")
    write("loaders.json", dict(loaders(), collator=collator()), "TuneBatchingTests")


if __name__ == "__main__":
    main()
