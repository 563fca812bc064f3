#!/usr/bin/env python3
"""Compares FineTune with the Python Trainer in one go, in turn, and prints a table.

    make bench
    make bench BENCH="--dataset DIR --dataset-config mrpc --models bert-base --batches 8 --runs 3"

docs/performance.md says what is measured and how. Let nothing else run meanwhile.
"""

import argparse
import json
import tempfile
from pathlib import Path

import cases
import report
import runner
from environment import ROOT, interpreter
from inputs import Inputs


def choice(values, kind=str):
    """A list of some of `values`, separated by commas."""
    def parse(text):
        chosen = [kind(word) for word in text.split(",")]
        if not set(chosen) <= set(values):
            raise argparse.ArgumentTypeError(f"choose from {', '.join(map(str, values))}")
        return chosen
    return parse


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=choice(cases.TASKS), default=cases.TASKS, help="train,evaluate")
    parser.add_argument("--models", type=choice(cases.MODELS), default=cases.MODELS, help="bert-base,demo")
    parser.add_argument("--batches", type=lambda text: [int(n) for n in text.split(",")], default=cases.BATCHES)
    parser.add_argument("--precisions", type=choice(cases.PRECISIONS), default=cases.PRECISIONS, help="fp32,bf16")
    parser.add_argument("--steps", type=int, help="steps that count, after the warm-up")
    parser.add_argument("--rows", type=int, help="rows of an evaluation; all without it")
    parser.add_argument("--runs", type=int, default=3, help="runs of each side")
    parser.add_argument("--mode", default="fast", choices=["fast", "reference"], help="FineTune's mode")
    parser.add_argument("--dataset", default=str(ROOT / "Demo/paraphrase"), help="pairs of sentences with labels")
    parser.add_argument("--dataset-config")
    parser.add_argument("--output", type=Path, default=ROOT / ".deps/benchmark/results.json",
                        help="where all figures are written as JSON")
    return parser.parse_args()


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
