"""The Python side of the benchmark: the same job with transformers' Trainer and its defaults."""

import json
import sys

from datasets import load_dataset
from transformers import (AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding, Trainer,
                          TrainingArguments, set_seed)

job = json.loads(sys.argv[1])
set_seed(42)
raw = load_dataset(job["dataset"], job["config"])
tokenizer = AutoTokenizer.from_pretrained(job["model"])
tokenized = raw.map(lambda rows: tokenizer(rows["sentence1"], rows["sentence2"], truncation=True), batched=True,
                    load_from_cache_file=False)
model = AutoModelForSequenceClassification.from_pretrained(job["model"], num_labels=2)
arguments = TrainingArguments(job["output"], max_steps=job["steps"], per_device_train_batch_size=job["batch"],
                              bf16=job["bf16"], use_cpu=True, save_strategy="no", disable_tqdm=True)
trainer = Trainer(model, arguments, train_dataset=tokenized["train"], eval_dataset=tokenized["validation"],
                  data_collator=DataCollatorWithPadding(tokenizer), processing_class=tokenizer)
trainer.save_metrics("train", trainer.train().metrics)
trainer.save_metrics("eval", trainer.evaluate())
