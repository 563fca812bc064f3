"""What is compared: tasks × models × batch sizes × precisions, and the command of each side."""

import json
from dataclasses import dataclass
from itertools import product

from environment import ROOT

SIDES = ("FineTune", "Python")
TASKS = ("train", "evaluate")
MODELS = ("bert-base", "demo")
BATCHES = (8, 32)
PRECISIONS = ("fp32", "bf16")
# Steps that count; a run of the slower side takes about a minute on two cores.
STEPS = {("bert-base", 8): 15, ("bert-base", 32): 8, ("demo", 8): 60, ("demo", 32): 30}
# Steps before them.
WARM_UP = 5
FINETUNE = str(ROOT / ".build/release/finetune")


@dataclass(frozen=True)
class Case:
    task: str
    model: str
    batch: int
    precision: str
    steps: int
    mode: str = "fast"

    @property
    def name(self):
        return f"{self.task} {self.model} batch {self.batch} {self.precision}"


def matrix(tasks, models, batches, precisions, steps, mode):
    """All cases; `steps` None takes the number from STEPS."""
    return [Case(task, model, batch, precision, steps or STEPS.get((model, batch), 15), mode)
            for task, model, batch, precision in product(tasks, models, batches, precisions)]


def command(side, case, inputs, output, python):
    """What a side runs; training writes `output`/steps.jsonl, evaluation `output`/eval_results.json."""
    model, data, steps = str(inputs.model(case.model)), str(inputs.data / case.task), case.steps + WARM_UP
    if side == "Python":
        job = dict(task=case.task, data=data, model=model, steps=steps, batch=case.batch,
                   bf16=case.precision == "bf16", output=str(output), step_times=str(output / "steps.jsonl"))
        return [python, str(ROOT / "Benchmarks/python_side.py"), json.dumps(job)]
    words = [FINETUNE, case.task, "--model", model, "--dataset", data, "--output-dir", str(output), "--mode", case.mode,
             "--use-cpu", "--disable-tqdm", "--bf16", str(case.precision == "bf16").lower()]
    if case.task == "train":
        return words + ["--max-steps", str(steps), "--per-device-train-batch-size", str(case.batch), "--save-strategy",
                        "no", "--step-times", str(output / "steps.jsonl")]
    return words + ["--split", "validation", "--per-device-eval-batch-size", str(case.batch)]


def gemm_command(precision):
    """Measures the peak rate of matrix products."""
    return [FINETUNE, "bench", "--gemm", "--json", "--bf16", str(precision == "bf16").lower()]
