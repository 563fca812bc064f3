#!/usr/bin/env python3
"""Fine-tunes the demo checkpoint with FineTune and with the Python Trainer over several seeds and compares the results.

    make quality QUALITY="--dataset DIR --dataset-config mrpc"
    make quality QUALITY="--seeds 42,1,2 --sides FineTune"

Both sides train with the Trainer's defaults and dropout, so no two runs are equal: what is compared is the range of
accuracy and F1 over seeds. Results are kept, and a run that is there already is not made again: remove the file when
a program has changed.
"""

import json
import tempfile
from pathlib import Path

from cases import FINETUNE, PRECISIONS, SIDES
from environment import ROOT, interpreter
from inputs import CHECKPOINT, Inputs
from options import choice, numbers, parser
from runner import measure
from spread import table


def arguments():
    options = parser(__doc__)
    options.add_argument("--seeds", type=numbers, default=[42, 1, 2])
    options.add_argument("--epochs", type=int, default=3)
    options.add_argument("--precision", choices=PRECISIONS, default="fp32")
    options.add_argument("--sides", type=choice(SIDES), default=list(SIDES), help=",".join(SIDES))
    options.add_argument("--output", type=Path, default=ROOT / ".deps/benchmark/quality.json",
                         help="where results are kept")
    return options.parse_args()


def command(side, seed, options, data, python, output):
    """What a side runs; it writes `output`/trainer_state.json."""
    if side == "Python":
        job = dict(model=str(CHECKPOINT), data=str(data), seed=seed, epochs=options.epochs,
                   bf16=options.precision == "bf16", output=str(output))
        return [python, str(ROOT / "Benchmarks/quality_side.py"), json.dumps(job)]
    return [FINETUNE, "train", "--model", str(CHECKPOINT), "--dataset", str(data), "--output-dir", str(output),
            "--seed", str(seed), "--num-train-epochs", str(options.epochs), "--eval-strategy", "epoch",
            "--bf16", str(options.precision == "bf16").lower(), "--save-strategy", "no", "--use-cpu",
            "--disable-tqdm"]


def evaluations(folder):
    """Accuracy and F1 after each epoch."""
    rows = json.loads((folder / "trainer_state.json").read_text())["log_history"]
    return [{"accuracy": row["eval_accuracy"], "f1": row["eval_f1"]} for row in rows if "eval_accuracy" in row]


def main():
    options = arguments()
    python = interpreter()
    results = json.loads(options.output.read_text()) if options.output.exists() else {}
    words = [Path(options.dataset).absolute(), options.dataset_config or "", options.epochs, "epochs", options.precision]
    runs = results.setdefault(" ".join(map(str, words)), {})
    with tempfile.TemporaryDirectory() as scratch:
        inputs = Inputs(python, [], options.dataset, options.dataset_config, None, scratch)
        data = Path(scratch, "both")
        data.mkdir()
        for file in inputs.data.glob("*/*.jsonl"):
            file.rename(data / file.name)
        for seed in options.seeds:
            for side in options.sides:
                if str(seed) in runs.setdefault(side, {}):
                    continue
                output = Path(scratch, f"{side}-{seed}")
                output.mkdir()
                measure(command(side, seed, options, data, python, output), output / "log", Path(scratch, "cache"))
                runs[side][str(seed)] = evaluations(output)
                print(f"{side}, seed {seed}: {runs[side][str(seed)][-1]}", flush=True)
                # After each run, so that an interruption loses little.
                options.output.parent.mkdir(parents=True, exist_ok=True)
                options.output.write_text(json.dumps(results, indent=1))
    print(table({side: {seed: runs[side][str(seed)] for seed in options.seeds} for side in options.sides}))


if __name__ == "__main__":
    main()
