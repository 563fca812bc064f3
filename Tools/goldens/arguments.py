"""Golden values for the arguments of TuneTrainer, from Python's TrainingArguments.

    HF_HUB_OFFLINE=1 python Tools/goldens/arguments.py   # rewrites a fixture of TuneTrainerTests
"""

import dataclasses
import json
import pathlib

from transformers import TrainingArguments

FIXTURE = pathlib.Path(__file__).parents[2] / "Tests/TuneTrainerTests/Fixtures/arguments.json"
SETTERS = [
    ("set_training", {}),
    ("set_training", dict(
        learning_rate=1e-4, batch_size=32, weight_decay=0.1, num_epochs=2.5, max_steps=7,
        gradient_accumulation_steps=2, seed=1, activation_checkpointing=True)),
    ("set_evaluate", {}),
    ("set_evaluate", dict(
        strategy="steps", steps=100, batch_size=16, accumulation_steps=3, delay=2,
        loss_only=True)),
    ("set_testing", {}),
    ("set_testing", dict(batch_size=32, loss_only=True)),
    ("set_save", {}),
    ("set_save", dict(strategy="epoch", steps=100, total_limit=2, on_each_node=True)),
    ("set_logging", {}),
    ("set_logging", dict(
        strategy="epoch", steps=10, report_to=["tensorboard"], level="info", first_step=True,
        nan_inf_filter=True, on_each_node=True, replica_level="error")),
    ("set_optimizer", {}),
    ("set_optimizer", dict(
        name="sgd", learning_rate=1e-3, weight_decay=0.1, beta1=0.8, beta2=0.9, epsilon=1e-6,
        args="momentum=0.9")),
    ("set_lr_scheduler", {}),
    ("set_lr_scheduler", dict(name="cosine", num_epochs=2, max_steps=9, warmup_steps=0.05)),
    ("set_dataloader", {}),
    ("set_dataloader", dict(
        train_batch_size=16, eval_batch_size=64, drop_last=True, num_workers=2, pin_memory=False,
        persistent_workers=True, prefetch_factor=4, in_order=False, auto_find_batch_size=True,
        ignore_data_skip=True, sampler_seed=5)),
]


def changes(method, given):
    """The fields that a setter changes, whatever they were before."""
    args = TrainingArguments("out")
    names = [field.name for field in dataclasses.fields(args)]
    marks = {name: object() for name in names}
    for name in names:
        object.__setattr__(args, name, marks[name])
    getattr(args, method)(**given)
    values = {name: getattr(args, name) for name in names}
    return {name: getattr(value, "value", value)
            for name, value in values.items() if value is not marks[name]}


def default(field):
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return getattr(field.default, "value", field.default)


def main():
    golden = {
        "defaults": {field.name: default(field) for field in dataclasses.fields(TrainingArguments)},
        "dictionary": TrainingArguments("out").to_dict(),
        "setters": [{"method": method, "arguments": given, "changes": changes(method, given)}
                    for method, given in SETTERS],
    }
    FIXTURE.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
