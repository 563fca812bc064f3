"""Makes what both sides are given; inputs.py runs it with the interpreter of environment.py.

Models: `bert-base`, the size of BERT-base with random weights, and `demo`, the demo checkpoint with a random head; both
with the demo checkpoint's tokenizer. Data: train/train.jsonl and evaluate/validation.jsonl with the rows of a dataset.
Prints, for each model, the weights of linear layers that every token has to meet and those that are needed once per
row: of the last layer only keys and values read other tokens than the first.
"""

import json
import sys
from pathlib import Path

import torch
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, BertConfig, BertForSequenceClassification


def make_model(name, checkpoint):
    torch.manual_seed(0)
    if name == "bert-base":
        return BertForSequenceClassification(BertConfig(num_labels=2))
    return AutoModelForSequenceClassification.from_pretrained(checkpoint, num_labels=2)


def linear_weights(model):
    counts = {"per_token": 0, "per_row": 0}
    last = f"encoder.layer.{model.config.num_hidden_layers - 1}."
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear):
            meets_all = "encoder." in name and (last not in name or name.endswith((".key", ".value")))
            counts["per_token" if meets_all else "per_row"] += module.weight.numel()
    return counts


def main(job):
    weights = {}
    for name in job["models"]:
        folder = Path(job["folder"], name)
        # Written last, so that a folder without it is not complete.
        stamp = folder / "linear_work.json"
        if not stamp.exists():
            model = make_model(name, job["checkpoint"])
            model.save_pretrained(folder)
            AutoTokenizer.from_pretrained(job["checkpoint"]).save_pretrained(folder)
            stamp.write_text(json.dumps(linear_weights(model)))
        weights[name] = json.loads(stamp.read_text())
    data = load_dataset(job["dataset"], job["config"])
    for folder, split, limit in (("train", "train", None), ("evaluate", "validation", job["rows"])):
        rows = data[split].select_columns(["sentence1", "sentence2", "label"])
        if limit:
            rows = rows.select(range(min(limit, len(rows))))
        file = Path(job["data"], folder, f"{split}.jsonl")
        file.parent.mkdir(parents=True)
        rows.to_json(file)
    print(json.dumps(weights))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
