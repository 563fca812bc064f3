#!/usr/bin/env python3
"""Compares FineTune with the Python Trainer on one job, in turn, and prints ratios.

    make bench
    python3 Benchmarks/trainer.py --dataset DIR --dataset-config mrpc --steps 60 --bf16

The Python environment (torch, transformers, … in pinned versions) is made under .deps/python on the first run;
set FINETUNE_PYTHON to use another interpreter. Both sides run the same checkpoint, data, batch size and number of
steps, A B A B; step rates are those the programs report in train_results.json, peak memory is the operating
system's. Do not run anything else meanwhile.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ["torch==2.13.0", "transformers==5.23.0", "datasets==5.2.0", "accelerate==1.15.0", "pyarrow==26.0.1"]


def python_environment():
    if "FINETUNE_PYTHON" in os.environ:
        return os.environ["FINETUNE_PYTHON"]
    folder = ROOT / ".deps/python"
    interpreter = folder / "bin/python"
    stamp = folder / "requirements"
    if not stamp.exists() or stamp.read_text() != "\n".join(REQUIREMENTS):
        print("making the Python environment in .deps/python …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([interpreter, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        stamp.write_text("\n".join(REQUIREMENTS))
    return str(interpreter)


def measure(command, output):
    """Runs a program and returns what it reports together with its wall time and peak memory."""
    environment = dict(os.environ, HF_HUB_OFFLINE="1", HF_DATASETS_CACHE=str(output / "cache"))
    started = time.monotonic()
    with open(output / "log", "w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    if status != 0:
        sys.exit(f"{command[0]} failed:\n" + (output / "log").read_text()[-3000:])
    train = json.loads((output / "train_results.json").read_text())
    evaluation = json.loads((output / "eval_results.json").read_text())
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "train steps/s": train["train_steps_per_second"],
        "eval samples/s": evaluation["eval_samples_per_second"],
        "peak memory, MB": usage.ru_maxrss * unit / 1e6,
        "whole process, s": seconds,
    }


def commands(options, output):
    job = dict(dataset=options.dataset, config=options.dataset_config, model=options.model, steps=options.steps,
               batch=options.batch, bf16=options.bf16, output=str(output))
    python = [python_environment(), str(ROOT / "Benchmarks/python_trainer.py"), json.dumps(job)]
    swift = [str(ROOT / ".build/release/finetune"), "train", "--model", options.model, "--dataset", options.dataset,
             "--output-dir", str(output), "--max-steps", str(options.steps), "--save-strategy", "no",
             "--per-device-train-batch-size", str(options.batch), "--mode", options.mode, "--use-cpu"]
    if options.dataset_config:
        swift += ["--dataset-config", options.dataset_config]
    if options.bf16:
        swift += ["--bf16"]
    return {"FineTune": swift, "Python": python}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=str(ROOT / ".deps/checkpoints/all-MiniLM-L6-v2"))
    parser.add_argument("--dataset", default=str(ROOT / "Demo/paraphrase"))
    parser.add_argument("--dataset-config")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mode", default="fast", choices=["fast", "reference"])
    parser.add_argument("--bf16", action="store_true")
    options = parser.parse_args()

    figures = {"FineTune": [], "Python": []}
    for run in range(options.runs):
        for side in figures:
            with tempfile.TemporaryDirectory() as folder:
                output = Path(folder)
                figures[side].append(measure(commands(options, output)[side], output))
                print(f"run {run + 1} {side:9}", {name: round(value, 3) for name, value in figures[side][-1].items()},
                      flush=True)

    print(f"\n{options.steps} steps, batch {options.batch}, {'bf16' if options.bf16 else 'fp32'}, mode {options.mode};"
          f" medians of {options.runs} runs, ratio of pairs")
    print(f"{'':20}{'FineTune':>12}{'Python':>12}{'ratio':>10}")
    for name in figures["FineTune"][0]:
        ours, theirs = ([figure[name] for figure in figures[side]] for side in ("FineTune", "Python"))
        ratio = statistics.median(a / b for a, b in zip(ours, theirs))
        print(f"{name:20}{statistics.median(ours):12.2f}{statistics.median(theirs):12.2f}{ratio:10.2f}")


if __name__ == "__main__":
    main()
