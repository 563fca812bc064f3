"""The Python side of quality.py: fine-tunes the demo checkpoint with the Trainer's defaults, evaluating each epoch.

Leaves trainer_state.json in the output directory, as finetune does.
"""

import json
import sys

from datasets import load_dataset
from transformers import (AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding, Trainer,
                          TrainingArguments, set_seed)


def accuracy_and_f1(prediction):
    guesses, labels = prediction.predictions.argmax(-1), prediction.label_ids
    hits = int(((guesses == 1) & (labels == 1)).sum())
    positives = int((guesses == 1).sum()) + int((labels == 1).sum())
    return {"accuracy": float((guesses == labels).mean()), "f1": 2 * hits / positives if positives else 0.0}


def main(job):
    # Before the model, so that the seed decides about its head.
    set_seed(job["seed"])
    tokenizer = AutoTokenizer.from_pretrained(job["model"])
    model = AutoModelForSequenceClassification.from_pretrained(job["model"], num_labels=2)
    tokenized = load_dataset(job["data"]).map(
        lambda rows: tokenizer(rows["sentence1"], rows["sentence2"], truncation=True), batched=True)
    arguments = TrainingArguments(job["output"], seed=job["seed"], num_train_epochs=job["epochs"], bf16=job["bf16"],
                                  eval_strategy="epoch", save_strategy="no", use_cpu=True, disable_tqdm=True)
    trainer = Trainer(model, arguments, train_dataset=tokenized["train"], eval_dataset=tokenized["validation"],
                      data_collator=DataCollatorWithPadding(tokenizer), processing_class=tokenizer,
                      compute_metrics=accuracy_and_f1)
    trainer.train()
    trainer.save_state()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
