"""Runs one side of a case in a process of its own, and reads what it measured."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cases import command, gemm_command
from environment import ROOT


def run_side(side, case, inputs, python, cache):
    """The figures of one run: `time`s and `tokens` of steps, or `rows_per_second`; memory and seconds of the process."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        started, seconds, memory = measure(command(side, case, inputs, output, python), output / "log", cache)
        figures = {"seconds": seconds, "peak_memory": memory}
        if case.task == "train":
            lines = [json.loads(line) for line in (output / "steps.jsonl").read_text().splitlines()]
            figures["times"] = [line["time"] - started for line in lines]
            figures["tokens"] = [line["tokens"] for line in lines]
        else:
            results = json.loads((output / "eval_results.json").read_text())
            figures["rows_per_second"] = results["eval_samples_per_second"]
            figures["rows"] = round(results["eval_samples_per_second"] * results["eval_runtime"])
            if (output / "eval_tokens").exists():
                figures["total_tokens"] = int((output / "eval_tokens").read_text())
        return figures


def measure(words, log_path, cache):
    """Runs a program; returns when it started on the monotonic clock, its seconds, and its peak memory in bytes."""
    environment = dict(os.environ, HF_HUB_OFFLINE="1", HF_DATASETS_CACHE=str(cache))
    with open(log_path, "w") as log:
        started = time.monotonic()
        process = subprocess.Popen(words, stdout=log, stderr=log, env=environment, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
    # Tells the object that there is no process to wait for any more.
    process.returncode = os.waitstatus_to_exitcode(status)
    if status != 0:
        sys.exit(f"{' '.join(words[:2])} failed:\n" + Path(log_path).read_text()[-3000:])
    return started, seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def measure_peak(precision):
    """The best rate of oneDNN's matrix products, in GFLOP/s."""
    result = subprocess.run(gemm_command(precision), stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(result.stdout)["peak_gflops"]
