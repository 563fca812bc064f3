"""Checkpoints of Python's Trainer, and how its runs went on from them.

    python Tools/goldens/checkpoints.py   # rewrites Fixtures/python of TuneTrainerTests

For each optimizer a tiny BERT with dropout is trained on random tokens; the checkpoint in the
middle of the first pass is kept, and the losses, learning rates and gradient norms of all steps.
Two schedules that follow a metric are saved on their own.
"""

import json
import pathlib
import shutil
import tempfile

import datasets
import torch
from transformers import (
    BertConfig, BertForSequenceClassification, Trainer, TrainingArguments, get_scheduler, set_seed,
)

ROOT = pathlib.Path(__file__).parents[2] / "Tests/TuneTrainerTests/Fixtures/python"
SAVED_STEP = 6
COMMON = dict(
    per_device_train_batch_size=4, num_train_epochs=2, learning_rate=5e-3, weight_decay=0.01,
    logging_steps=1, save_steps=SAVED_STEP, seed=11)
RUNS = {
    "adamw": dict(optim="adamw_torch", lr_scheduler_type="linear", warmup_steps=3),
    "accumulated": dict(
        optim="adamw_torch_fused", lr_scheduler_type="cosine", gradient_accumulation_steps=2,
        save_steps=3, per_device_train_batch_size=2),
    "sgd": dict(optim="sgd", optim_args="momentum=0.9", lr_scheduler_type="constant"),
    "adafactor": dict(optim="adafactor", lr_scheduler_type="cosine"),
    "adagrad": dict(optim="adagrad", lr_scheduler_type="polynomial"),
    "rmsprop": dict(optim="rmsprop", optim_args="momentum=0.5", lr_scheduler_type="inverse_sqrt",
                    warmup_steps=2),
}
KEPT = ("config.json", "model.safetensors", "optimizer.pt", "scheduler.pt", "rng_state.pth",
        "trainer_state.json", "training_args.bin")


def rows(count):
    generator = torch.Generator().manual_seed(3)
    ids = torch.randint(1, 24, (count, 6), generator=generator)
    return {"input_ids": ids.tolist(), "attention_mask": [[1] * 6] * count,
            "label": (ids.sum(1) > 70).long().tolist()}


def run(name, arguments, data):
    set_seed(1)
    model = BertForSequenceClassification(BertConfig(
        vocab_size=24, hidden_size=4, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=4, max_position_embeddings=8, initializer_range=0.3))
    arguments = {**COMMON, **arguments}
    with tempfile.TemporaryDirectory() as directory:
        trainer = Trainer(
            model=model, train_dataset=datasets.Dataset.from_dict(data),
            args=TrainingArguments(
                directory, use_cpu=True, report_to=[], disable_tqdm=True, **arguments))
        trainer.train()
        step = arguments["save_steps"]
        source = pathlib.Path(directory, f"checkpoint-{step}")
        target = ROOT / name / f"checkpoint-{step}"
        target.mkdir(parents=True)
        for file in KEPT[:None if name == "adamw" else -1]:
            shutil.copyfile(source / file, target / file)
    history = [
        {k: row[k] for k in ("step", "loss", "learning_rate", "grad_norm")}
        for row in trainer.state.log_history if "loss" in row]
    return {"arguments": arguments, "step": step, "history": history}


def schedules():
    for name in ("reduce_lr_on_plateau", "greedy"):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        options = dict(factor=0.5, patience=1)
        if name == "greedy":
            options |= dict(smooth=True, window_size=3)
        scheduler = get_scheduler(name, optimizer, scheduler_specific_kwargs=options)
        rates = []
        for count, metric in enumerate([1.0, 2.0, 3.0, 2.5, 4.0, 3.0, 3.5, 5.0]):
            if count == 4:
                torch.save(scheduler.state_dict(), ROOT / f"{name}.pt")
            scheduler.step(metric)
            rates.append(optimizer.param_groups[0]["lr"])
        yield name, {"options": options, "rates": rates[4:]}


def main():
    shutil.rmtree(ROOT, ignore_errors=True)
    ROOT.mkdir(parents=True)
    data = rows(40)
    result = {"data": data, "runs": {k: run(k, v, data) for k, v in RUNS.items()},
              "schedules": dict(schedules())}
    torch.save({"scale": 1024.0, "growth_factor": 2.0, "backoff_factor": 0.5,
                "growth_interval": 2000, "_growth_tracker": 7}, ROOT / "scaler.pt")
    (ROOT / "runs.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
