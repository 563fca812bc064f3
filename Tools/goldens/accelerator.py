"""Golden losses of a training loop by hand with Python's Accelerator, in float32 and in bfloat16.

    python Tools/goldens/accelerator.py   # rewrites Tests/TuneAcceleratorTests/Fixtures/loops.json

A classifier of two linear layers is trained on random numbers. Initial weights and data are part
of the fixture; nothing is drawn during training.
"""

import json
import pathlib
import platform

import accelerate
import torch
from torch import nn

SEED = 5
FIXTURE = pathlib.Path(__file__).parents[2] / "Tests/TuneAcceleratorTests/Fixtures/loops.json"
BATCHES, ROWS, INPUTS, HIDDEN, CLASSES = 6, 8, 12, 16, 3


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(INPUTS, HIDDEN)
        self.head = nn.Linear(HIDDEN, CLASSES)

    def forward(self, x, labels):
        logits = self.head(torch.tanh(self.hidden(x)))
        return {"loss": nn.functional.cross_entropy(logits, labels), "logits": logits}


def loop(precision, weights, batches):
    accelerate.state.AcceleratorState._reset_state(reset_partial_state=True)
    accelerator = accelerate.Accelerator(mixed_precision=precision, cpu=True)
    model = Classifier()
    model.load_state_dict(weights)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.02, weight_decay=0.01, fused=True)
    model, optimizer = accelerator.prepare(model, optimizer)
    losses = []
    for x, labels in batches:
        output = model(x, labels)
        assert output["logits"].dtype == torch.float32
        losses.append(output["loss"].item())
        accelerator.backward(output["loss"])
        optimizer.step()
        optimizer.zero_grad()
    return {"losses": losses, "logits": output["logits"].tolist()}


def main():
    torch.manual_seed(SEED)
    weights = Classifier().state_dict()
    inputs = torch.randn(BATCHES, ROWS, INPUTS)
    labels = (inputs[:, :, 0] > 0).long() + (inputs[:, :, 1] > 0).long()
    batches = list(zip(inputs, labels))
    content = {
        "script": "Tools/goldens/accelerator.py", "seed": SEED,
        "versions": {"python": platform.python_version(), "torch": torch.__version__,
                     "accelerate": accelerate.__version__},
        "tolerance": {"no": 1e-5, "bf16": 2e-3},
        "weights": {name: tensor.tolist() for name, tensor in weights.items()},
        "batches": [{"x": x.tolist(), "labels": y.tolist()} for x, y in batches],
        "loops": {name: loop(name, weights, batches) for name in ("no", "bf16")},
    }
    FIXTURE.parent.mkdir(parents=True, exist_ok=True)
    FIXTURE.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
