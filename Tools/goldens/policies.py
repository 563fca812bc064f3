"""Golden values for the policies beside the training loop: losses, orders, noise, evaluation.

    python Tools/goldens/policies.py   # rewrites Fixtures of TuneTrainerTests, TuneBatchingTests

Runs train the toy of trainer.py on rows of different lengths, padded by a collator of their own.
"""

import json
import platform
import tempfile

import accelerate
import datasets
import torch
import transformers
from torch import nn
from transformers import Trainer, TrainingArguments
from transformers.integrations.neftune import activate_neftune
from transformers.trainer_pt_utils import LabelSmoother, LengthGroupedSampler

from trainer import ROOT, SEED, Toy, ToyConfig, without_times


class EmbeddedToy(Toy):
    def get_input_embeddings(self):
        return self.embedding


def pad(rows):
    width = max(len(row["input_ids"]) for row in rows)
    batch = {
        "input_ids": torch.tensor(
            [row["input_ids"] + [0] * (width - len(row["input_ids"])) for row in rows]),
        "attention_mask": torch.tensor(
            [[1] * len(row["input_ids"]) + [0] * (width - len(row["input_ids"])) for row in rows])}
    return batch | {"labels": torch.tensor([row["label"] for row in rows])}


def ragged(count, generator, ignored=()):
    lengths = torch.randint(2, 12, (count,), generator=generator).tolist()
    ids = [torch.randint(1, 32, (n,), generator=generator).tolist() for n in lengths]
    labels = [-100 if i in ignored else int(sum(row) % 3 == 0) for i, row in enumerate(ids)]
    return {"input_ids": ids, "label": labels}


def smoothing():
    """Smoothed losses of random scores."""
    generator, cases = torch.Generator().manual_seed(SEED), []
    for shape, epsilon, items, shift in (
            ((6, 3), 0.1, None, False), ((6, 3), 0.3, 11, False), ((5, 2), 1.0, None, False),
            ((2, 4, 5), 0.1, None, False), ((2, 4, 5), 0.2, None, True), ((2, 4, 5), 0.2, 9, True)):
        logits = torch.randn(shape, generator=generator, requires_grad=True)
        labels = torch.randint(0, shape[-1], shape[:-1], generator=generator)
        labels.view(-1)[1::4] = -100
        loss = LabelSmoother(epsilon)({"logits": logits}, labels, shift, items)
        loss.backward()
        cases.append({
            "shape": shape, "logits": logits.ravel().tolist(), "labels": labels.ravel().tolist(),
            "epsilon": epsilon, "items": items, "shift": shift, "loss": loss.item(),
            "gradient": logits.grad.ravel().tolist()})
    return cases


def orders():
    """Length-grouped orders, by the default generator and by one of their own."""
    cases = []
    for count, batch, seed in ((10, 4, 42), (1, 4, 0), (37, 2, 1), (400, 1, 7), (900, 4, 3),
                               (64, 8, 42)):
        generator = torch.Generator().manual_seed(seed)
        lengths = torch.randint(1, 20, (count,), generator=generator).tolist()
        torch.manual_seed(seed)
        order = list(LengthGroupedSampler(batch, lengths=lengths))
        following = int(torch.empty((), dtype=torch.int64).random_())
        own = list(LengthGroupedSampler(
            batch, lengths=lengths, generator=torch.Generator().manual_seed(seed + 1)))
        cases.append({"lengths": lengths, "batch": batch, "seed": seed, "order": order,
                      "next_draw": following, "own": own})
    return cases


def noise():
    """What noisy embeddings return."""
    cases = []
    for alpha, shape in ((5.0, (2, 3)), (0.1, (1, 7)), (12.5, (3, 1))):
        model = EmbeddedToy(ToyConfig())
        torch.manual_seed(SEED)
        weight = torch.randn(32, 6)
        model.embedding.weight.data.copy_(weight)
        ids = torch.randint(0, 32, shape)
        activate_neftune(model, alpha)
        torch.manual_seed(SEED)
        cases.append({"alpha": alpha, "shape": shape, "ids": ids.ravel().tolist(),
                      "weight": weight.ravel().tolist(),
                      "output": model.train().embedding(ids).ravel().tolist()})
    return cases


class Lines(torch.utils.data.IterableDataset):
    """Rows of which nobody knows how many there are; each pass begins with another."""

    def __init__(self, columns):
        self.rows = [{k: v[i] for k, v in columns.items()} for i in range(len(columns["label"]))]
        self.epoch = 0

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        return iter(self.rows[self.epoch:])


def accuracy(prediction):
    hits = prediction.predictions.argmax(-1) == prediction.label_ids
    return {"accuracy": float(hits.mean())}


class Streaming:
    def __init__(self):
        self.right = self.rows = 0

    def __call__(self, prediction, compute_result):
        hits = prediction.predictions.argmax(-1) == prediction.label_ids
        self.right, self.rows = self.right + int(hits.sum()), self.rows + len(hits)
        if not compute_result:
            return {}
        result = {"accuracy": self.right / self.rows, "rows": float(self.rows)}
        self.right = self.rows = 0
        return result


def with_inputs(prediction):
    return {"inputs": float(prediction.inputs.sum()), "width": float(prediction.inputs.shape[1]),
            "losses": float(prediction.losses.sum()), "count": float(len(prediction.losses))}


def apart(prediction):
    return {"batches": float(len(prediction.predictions)),
            "last": float(len(prediction.label_ids[-1])),
            "sum": float(sum(batch.sum() for batch in prediction.predictions))}


def classes(logits, labels):
    return logits.argmax(-1)


def hits(prediction):
    return {"accuracy": float((prediction.predictions == prediction.label_ids).mean())}


def summed_loss(outputs, labels, num_items_in_batch=None):
    loss = nn.functional.cross_entropy(outputs.logits, labels, reduction="sum")
    return loss / (len(labels) if num_items_in_batch is None else num_items_in_batch)


def run(weights, train, test, functions, **arguments):
    model = EmbeddedToy(ToyConfig())
    model.load_state_dict({k: torch.tensor(v) for k, v in weights.items()})
    functions = {"compute_metrics": accuracy} | functions
    sets = datasets.Dataset.from_dict(test)
    if functions.pop("several", False):
        sets = {"first": sets.select(range(7)), "second": sets.select(range(7, 18))}
    data = Lines(train) if functions.pop("stream", False) else datasets.Dataset.from_dict(train)
    with tempfile.TemporaryDirectory() as directory:
        args = TrainingArguments(
            directory, use_cpu=True, save_strategy="no", learning_rate=0.01,
            **{"per_device_train_batch_size": 4, "per_device_eval_batch_size": 5} | arguments)
        trainer = Trainer(model=model, args=args, train_dataset=data, eval_dataset=sets,
                          data_collator=pad, **functions)
        trainer.train()
        history = trainer.state.log_history
        evaluated = trainer.evaluate()
        # Python predicts in the order of the lengths; here rows stay where they are.
        args.train_sampling_strategy = "random"
        trainer.compute_metrics = None
        predicted = trainer.predict(datasets.Dataset.from_dict(test))
    scores = predicted.predictions
    return {
        "arguments": arguments, "log_history": [without_times(row) for row in history],
        "row_names": list(history[0]), "evaluated": without_times(evaluated),
        "predictions": None if scores is None or isinstance(scores, list) else scores.ravel().tolist(),
        "num_input_tokens_seen": trainer.state.num_input_tokens_seen}


def runs():
    generator = torch.Generator().manual_seed(SEED)
    train, test = ragged(37, generator, {3, 20}), ragged(18, generator, {2, 11, 12})
    torch.manual_seed(SEED)
    weights = {k: v.tolist() for k, v in Toy(ToyConfig()).state_dict().items()}
    epochs = dict(num_train_epochs=2, logging_steps=2, eval_strategy="epoch")
    cases = {
        "smoothing": ({}, dict(epochs, label_smoothing_factor=0.2, gradient_accumulation_steps=2)),
        "grouped": ({}, dict(epochs, train_sampling_strategy="group_by_length", data_seed=5)),
        "sequential": ({}, dict(epochs, train_sampling_strategy="sequential")),
        "loss_function": ({"compute_loss_func": summed_loss},
                          dict(epochs, gradient_accumulation_steps=3)),
        "tokens": ({}, dict(epochs, include_num_input_tokens_seen="non_padding")),
        "all_tokens": ({}, dict(epochs, include_num_input_tokens_seen="all")),
        "stream": ({"stream": True}, dict(max_steps=23, logging_steps=4)),
        "noise": ({}, dict(epochs, neftune_noise_alpha=5.0)),
        "several": ({"several": True}, dict(
            epochs, load_best_model_at_end=False, metric_for_best_model="eval_second_loss")),
        "batchwise": ({"compute_metrics": Streaming()}, dict(epochs, batch_eval_metrics=True)),
        "inputs": ({"compute_metrics": with_inputs},
                   dict(epochs, include_for_metrics=["inputs", "loss"])),
        "apart": ({"compute_metrics": apart}, dict(epochs, eval_do_concat_batches=False)),
        "classes": ({"compute_metrics": hits, "preprocess_logits_for_metrics": classes},
                    dict(epochs)),
        "bfloat16": ({}, dict(epochs, bf16_full_eval=True)),
        "loss_only": ({}, dict(epochs, prediction_loss_only=True)),
    }
    return {"weights": weights, "train": train, "test": test,
            "runs": {name: run(weights, train, test, dict(functions), **arguments)
                     for name, (functions, arguments) in cases.items()}}


def write(name, content, target):
    versions = {"python": platform.python_version(), "torch": torch.__version__,
                "transformers": transformers.__version__, "accelerate": accelerate.__version__}
    head = {"script": "Tools/goldens/policies.py", "seed": SEED, "versions": versions,
            "tolerance": {"loss": 1e-5, "bfloat16": 2e-2}}
    path = ROOT / "Tests" / target / "Fixtures" / name
    path.write_text(json.dumps(head | content, separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size, "bytes")


def main():
    write("lengths.json", {"orders": orders()}, "TuneBatchingTests")
    write("policies.json", {"smoothing": smoothing(), "noise": noise(), **runs()},
          "TuneTrainerTests")


if __name__ == "__main__":
    main()
