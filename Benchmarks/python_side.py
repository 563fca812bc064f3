"""The Python side of one case: transformers' Trainer with its defaults, which writes what finetune writes.

Training writes one JSON line for each optimizer step, evaluation the Trainer's eval_results.json and eval_tokens.
"""

import json
import sys
import time
from pathlib import Path

from datasets import load_dataset
from transformers import (AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding, Trainer,
                          TrainerCallback, TrainingArguments, set_seed)


class CountingCollator:
    """Pads batches and remembers how many real tokens each has; they are used in the same order."""

    def __init__(self, tokenizer):
        self.collate = DataCollatorWithPadding(tokenizer)
        self.tokens = []

    def __call__(self, rows):
        batch = self.collate(rows)
        self.tokens.append(int(batch["attention_mask"].sum()))
        return batch


class StepTimes(TrainerCallback):
    def __init__(self, path, collator):
        self.file = open(path, "w")
        self.collator = collator

    def on_step_end(self, args, state, control, **kwargs):
        line = {"step": state.global_step, "time": time.monotonic(),
                "tokens": self.collator.tokens[state.global_step - 1]}
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()


def main(job):
    set_seed(42)
    raw = load_dataset(job["data"])
    tokenizer = AutoTokenizer.from_pretrained(job["model"])
    tokenized = raw.map(lambda rows: tokenizer(rows["sentence1"], rows["sentence2"], truncation=True), batched=True,
                        load_from_cache_file=False)
    model = AutoModelForSequenceClassification.from_pretrained(job["model"])
    collator = CountingCollator(tokenizer)
    arguments = TrainingArguments(job["output"], max_steps=job["steps"], per_device_train_batch_size=job["batch"],
                                  per_device_eval_batch_size=job["batch"], bf16=job["bf16"], use_cpu=True,
                                  save_strategy="no", disable_tqdm=True)
    trainer = Trainer(model, arguments, train_dataset=tokenized.get("train"), eval_dataset=tokenized.get("validation"),
                      data_collator=collator, processing_class=tokenizer,
                      compute_metrics=lambda p: {"accuracy": float((p.predictions.argmax(-1) == p.label_ids).mean())})
    if job["task"] == "train":
        trainer.add_callback(StepTimes(job["step_times"], collator))
        trainer.train()
        trainer.save_model()
    else:
        trainer.save_metrics("eval", trainer.evaluate())
        Path(job["output"], "eval_tokens").write_text(str(sum(collator.tokens)))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
