#!/usr/bin/env python3
"""Compares FineTune with the Python Trainer in one go, in turn, and prints a table.

    make bench
    make bench BENCH="--dataset DIR --dataset-config mrpc --models bert-base --batches 8 --runs 3"

docs/performance.md says what is measured and how. Let nothing else run meanwhile.
"""

import json
import tempfile
from pathlib import Path

import cases
import report
import runner
from environment import ROOT, interpreter
from inputs import Inputs
from options import choice, numbers, parser


def arguments():
    options = parser(__doc__)
    options.add_argument("--tasks", type=choice(cases.TASKS), default=cases.TASKS, help="train,evaluate")
    options.add_argument("--models", type=choice(cases.MODELS), default=cases.MODELS, help="bert-base,demo")
    options.add_argument("--batches", type=numbers, default=cases.BATCHES)
    options.add_argument("--precisions", type=choice(cases.PRECISIONS), default=cases.PRECISIONS, help="fp32,bf16")
    options.add_argument("--steps", type=int, help="steps that count, after the warm-up")
    options.add_argument("--rows", type=int, help="rows of an evaluation; all without it")
    options.add_argument("--runs", type=int, default=3, help="runs of each side")
    options.add_argument("--mode", default="fast", choices=["fast", "reference"], help="FineTune's mode")
    options.add_argument("--output", type=Path, default=ROOT / ".deps/benchmark/results.json",
                        help="where all figures are written as JSON")
    return options.parse_args()


def main():
    options = arguments()
    python = interpreter()
    with tempfile.TemporaryDirectory() as scratch:
        inputs = Inputs(python, options.models, options.dataset, options.dataset_config, options.rows, scratch)
        peaks = {precision: runner.measure_peak(precision) for precision in options.precisions}
        for precision, peak in peaks.items():
            print(f"peak of matrix products, {precision}: {peak:.0f} GFLOP/s", flush=True)
        chosen = cases.matrix(options.tasks, options.models, options.batches, options.precisions, options.steps,
                              options.mode)
        summaries, raw = [], {}
        for case in chosen:
            runs = raw[case.name] = []
            for _ in range(options.runs):
                runs.append({side: runner.run_side(side, case, inputs, python, Path(scratch, "cache"))
                             for side in cases.SIDES})
            summaries.append(report.summary(case, runs, inputs.weights[case.model], peaks[case.precision],
                                            cases.WARM_UP))
            print(f"{case.name}: {summaries[-1]['ratio']['rate']:.2f} x", flush=True)
            # After each case, so that an interruption loses little.
            options.output.parent.mkdir(parents=True, exist_ok=True)
            options.output.write_text(json.dumps({"cases": summaries, "runs": raw}, indent=1))
    print(f"\nFineTune ({options.mode}) / Python, medians of {options.runs} runs\n\n{report.table(summaries)}\n")
    print(f"all figures: {options.output}")


if __name__ == "__main__":
    main()
