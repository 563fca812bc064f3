"""The models and data that both sides are given."""

import json
import subprocess
import sys
from pathlib import Path

from environment import ROOT

CHECKPOINT = ROOT / ".deps/checkpoints/all-MiniLM-L6-v2"
MODELS = ROOT / ".deps/benchmark"


class Inputs:
    """Makes the models that .deps/benchmark lacks, and the data files in `scratch`."""

    def __init__(self, python, models, dataset, config, rows, scratch):
        self.data = Path(scratch, "data")
        job = dict(models=models, folder=str(MODELS), checkpoint=str(CHECKPOINT), dataset=str(dataset), config=config,
                   rows=rows, data=str(self.data))
        script = str(ROOT / "Benchmarks/make_inputs.py")
        result = subprocess.run([python, script, json.dumps(job)], capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit("the inputs could not be made:\n" + result.stderr[-3000:])
        self.weights = json.loads(result.stdout.splitlines()[-1])

    @staticmethod
    def model(name):
        return MODELS / name
