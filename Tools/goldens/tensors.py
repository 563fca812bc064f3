#!/usr/bin/env python3
"""Writes the golden files of TuneTorchTests: a safetensors file and AdamW, loss and attention values.

    python3 Tools/goldens/tensors.py
"""

import json
from pathlib import Path

import safetensors
import torch
from safetensors.torch import save_file

FIXTURES = Path(__file__).resolve().parents[2] / "Tests/TuneTorchTests/Fixtures"
SEED = 1234


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


def write_safetensors():
    """One tensor per type, names out of order and outside ASCII, an empty one and one without axes."""
    save_file({
        "bytes": torch.tensor([1, 255], dtype=torch.uint8),
        "flags": torch.tensor([True, False, True]),
        "z.bias": torch.tensor([0.5, -0.5]),
        "a.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3),
        "ids": torch.tensor([1, -2], dtype=torch.int64),
        "half": torch.tensor([1.5, 2.5, 3.5], dtype=torch.float16),
        "brain": torch.tensor([[1.0], [2.0]], dtype=torch.bfloat16),
        "double": torch.tensor([0.1], dtype=torch.float64),
        "short": torch.tensor([-300], dtype=torch.int16),
        "tiny": torch.tensor([-3], dtype=torch.int8),
        "int": torch.tensor([70000], dtype=torch.int32),
        "größe \"x\"\n": torch.tensor(3.25),
        "empty": torch.zeros(0, 4),
    }, FIXTURES / "types.safetensors", metadata={"format": "pt"})


def adamw():
    """Three updates of two parameters with the fused kernel, learning rate changing."""
    parameters = [torch.randn(3, 4), torch.randn(5)]
    start = [numbers(p) for p in parameters]
    leaves = [torch.nn.Parameter(p) for p in parameters]
    optimizer = torch.optim.AdamW(leaves, lr=1e-2, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.1, fused=True)
    updates = []
    for step in range(3):
        optimizer.param_groups[0]["lr"] = 1e-2 / (step + 1)
        for leaf in leaves:
            leaf.grad = torch.randn_like(leaf)
        norm = torch.nn.utils.clip_grad_norm_(leaves, 1e9)
        optimizer.step()
        updates.append({"learning_rate": 1e-2 / (step + 1), "gradients": [numbers(p.grad) for p in leaves],
                        "norm": norm.item(), "parameters": [numbers(p) for p in leaves]})
    return {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-6, "weight_decay": 0.1, "start": start, "updates": updates}


def operations():
    """The results of neural-network operations on small inputs."""
    functional = torch.nn.functional
    x, weight, bias = torch.randn(3, 4), torch.randn(4), torch.randn(4)
    query, key, value = (torch.randn(1, 2, 3, 4) for _ in range(3))
    mask = torch.tensor([[[[True, True, False]]]])
    logits, target, probabilities = torch.randn(4, 3), torch.tensor([0, 2, -100, 1]), torch.rand(4, 3)
    return {
        "x": numbers(x), "weight": numbers(weight), "bias": numbers(bias), "query": numbers(query),
        "key": numbers(key), "value": numbers(value), "logits": numbers(logits), "target": target.tolist(),
        "probabilities": numbers(probabilities),
        "layer_norm": numbers(functional.layer_norm(x, (4,), weight, bias, 1e-12)),
        "gelu": numbers(functional.gelu(x)),
        "gelu_tanh": numbers(functional.gelu(x, approximate="tanh")),
        "silu": numbers(functional.silu(x)),
        "mish": numbers(functional.mish(x)),
        "erf": numbers(torch.erf(x)),
        "attention": numbers(functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)),
        "attention_causal": numbers(
            functional.scaled_dot_product_attention(query, key, value, is_causal=True, scale=0.3)),
        "cross_entropy": functional.cross_entropy(logits, target).item(),
        "cross_entropy_sum": functional.cross_entropy(logits, target, reduction="sum").item(),
        "cross_entropy_smooth": functional.cross_entropy(logits, target, label_smoothing=0.1).item(),
        "mse": functional.mse_loss(logits, probabilities).item(),
        "bce": functional.binary_cross_entropy_with_logits(logits, probabilities).item(),
    }


def texts():
    """How PyTorch prints tensors."""
    cases = {
        "integers_as_reals": torch.tensor([[1.0, 2.0], [3.0, -4.0]]),
        "reals": torch.tensor([0.12345, -12.5, 100.0]),
        "scientific": torch.tensor([1e-6, 1.0, 1234.5]),
        "special": torch.tensor([float("nan"), float("inf"), 1.5]),
        "integers": torch.tensor([[1, -200], [30, 4]]),
        "truths": torch.tensor([True, False]),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 3),
        "double": torch.tensor([0.5], dtype=torch.float64),
        "long": torch.arange(2000, dtype=torch.float32).reshape(20, 100),
        "wide": torch.arange(40, dtype=torch.int64) * 100,
        "deep": torch.arange(8, dtype=torch.float32).reshape(2, 2, 2),
        "large": torch.tensor([1e10, 2e10]),
    }
    result = {name: {"shape": list(t.shape), "dtype": str(t.dtype), "text": str(t)} for name, t in cases.items()}
    for name, t in cases.items():
        if name not in ("special", "long"):
            result[name]["values"] = t.double().flatten().tolist()
    return result


def main():
    torch.manual_seed(SEED)
    write_safetensors()
    golden = {"versions": {"torch": torch.__version__, "safetensors": safetensors.__version__}, "seed": SEED,
              "tolerance": 1e-6, "adamw_tolerance": 1e-7, "adamw": adamw(), "operations": operations(),
              "texts": texts()}
    lines = ",\n".join(f'"{name}": {json.dumps(value)}' for name, value in golden.items())
    (FIXTURES / "tensors.json").write_text("{" + lines + "}\n")


if __name__ == "__main__":
    main()
