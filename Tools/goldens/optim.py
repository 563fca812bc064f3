"""Golden values of optimizers, learning-rate schedules and loss scaling, from PyTorch and
transformers.

    python Tools/goldens/optim.py   # rewrites optimizers.json and schedules.json of
                                    # TuneOptimTests, scaler.json of TuneAcceleratorTests

Two groups of parameters, one with weight decay, follow given gradients, as Python's Trainer would
make the optimizers; the schedules run over two groups with learning rates of their own.
"""

import json
import pathlib
import platform

import torch
import transformers
from transformers import TrainingArguments, get_scheduler
from transformers.optimization import Adafactor
from transformers.trainer_optimizer import _OPTIMIZER_HANDLERS, OptimizerContext, _parse_optim_args

SEED = 11
TESTS = pathlib.Path(__file__).parents[2] / "Tests"
SHAPES = {"a": (3, 4), "b": (2, 3, 2), "c": (5,), "d": (1,)}
DECAYED, RATES, STEPS = ("a", "b"), (0.05, 0.02), 6


def header():
    return {"script": "Tools/goldens/optim.py", "seed": SEED,
            "versions": {"python": platform.python_version(), "torch": torch.__version__,
                         "transformers": transformers.__version__}}


def write(path, content):
    text = json.dumps(content, indent=None, separators=(",", ":"))
    (TESTS / path).parent.mkdir(parents=True, exist_ok=True)
    (TESTS / path).write_text(text.replace('{"name"', '\n{"name"') + "\n")


# Optimizers

OPTIMIZERS = [
    ("adamw_torch_fused", None, 0.1), ("adamw_torch", None, 0.1),
    ("sgd", None, 0.1), ("sgd", "momentum=0.9", 0.1), ("sgd", "momentum=0.9, dampening=0.3", 0),
    ("sgd", "momentum=0.9,nesterov=true", 0.1),
    ("adafactor", None, 0.1),
    ("adagrad", None, 0.1), ("adagrad", "lr_decay=0.05,eps=1e-6", 0),
    ("rmsprop", None, 0.1), ("rmsprop", "momentum=0.8,alpha=0.95,eps=1e-6", 0.1),
    ("rmsprop", "centered=true,momentum=0.8", 0.1), ("rmsprop", "centered=true", 0),
]


def made_by_trainer(name, arguments, groups):
    """The optimizer that Python's Trainer makes of `optim` and `optim_args`."""
    args = TrainingArguments("unused", optim=name, optim_args=arguments, learning_rate=RATES[0],
                             adam_beta1=0.8, adam_beta2=0.95, adam_epsilon=1e-6)
    adam = {"betas": (args.adam_beta1, args.adam_beta2), "eps": args.adam_epsilon}
    context = OptimizerContext(args, None, {"lr": args.learning_rate}, adam,
                               _parse_optim_args(args.optim_args))
    optimizer_class, kwargs = _OPTIMIZER_HANDLERS[args.optim](context)
    return optimizer_class(groups, **kwargs)


def adafactor(groups):
    return Adafactor(groups, lr=RATES[0], scale_parameter=False, relative_step=False, beta1=0.9,
                     clip_threshold=0.5, decay_rate=-0.7)


def followed(optimizer_of, decay, start, gradients):
    """The parameters after the first and the last step, and what is remembered then."""
    weights = {name: torch.nn.Parameter(value.clone()) for name, value in start.items()}
    groups = [
        {"params": [weights[n] for n in DECAYED], "weight_decay": decay, "lr": RATES[0]},
        {"params": [weights[n] for n in weights if n not in DECAYED], "weight_decay": 0.0,
         "lr": RATES[1]},
    ]
    optimizer, after = optimizer_of(groups), []
    for step in gradients:
        for name, weight in weights.items():
            weight.grad = None if step[name] is None else step[name].clone()
        optimizer.step()
        after.append({name: weight.detach().flatten().tolist() for name, weight in weights.items()})
    state = {}
    for name, weight in weights.items():
        for key, value in optimizer.state[weight].items():
            if key != "RMS" and value is not None:
                state[f"{name}.{key}"] = torch.as_tensor(value).float().flatten().tolist()
    return {"first": after[0], "last": after[-1], "state": state}


def optimizers():
    torch.manual_seed(SEED)
    start = {name: torch.randn(shape) for name, shape in SHAPES.items()}
    gradients = [{name: torch.randn(shape) for name, shape in SHAPES.items()}
                 for _ in range(STEPS)]
    gradients[0]["b"] = None
    gradients[2]["d"] = None
    cases = []
    for name, arguments, decay in OPTIMIZERS:
        result = followed(lambda groups: made_by_trainer(name, arguments, groups), decay, start,
                          gradients)
        cases.append({"name": name, "optim_args": arguments, "weight_decay": decay} | result)
    # The Trainer of Python passes no optim_args to Adafactor; the class takes them.
    cases.append({"name": "adafactor",
                  "optim_args": "beta1=0.9,clip_threshold=0.5,decay_rate=-0.7",
                  "weight_decay": 0.1} | followed(adafactor, 0.1, start, gradients))
    flat = lambda tensors: {n: None if t is None else t.flatten().tolist()
                            for n, t in tensors.items()}
    write("TuneOptimTests/Fixtures/optimizers.json", header() | {
        "shapes": SHAPES, "decayed": DECAYED, "rates": RATES, "betas": [0.8, 0.95], "eps": 1e-6,
        "start": flat(start), "gradients": [flat(g) for g in gradients], "cases": cases})


# Schedules

SCHEDULES = [
    ("linear", [{}]), ("constant", [{}]), ("constant_with_warmup", [{}]),
    ("cosine", [{}, {"num_cycles": 1.25}]),
    ("cosine_with_restarts", [{}, {"num_cycles": 3}]),
    ("polynomial", [{}, {"lr_end": 1e-4, "power": 2.5}]),
    ("inverse_sqrt", [{}, {"timescale": 7}]),
    ("cosine_with_min_lr", [{"min_lr": 0.002}, {"min_lr_rate": 0.3, "num_cycles": 0.8}]),
    ("cosine_warmup_with_min_lr", [{"min_lr": 0.002}, {"min_lr_rate": 0.3, "warmup_lr_rate": 0.1},
                                   {"min_lr_rate": 0.0, "num_cycles": 1.5}]),
    ("warmup_stable_decay", [
        {"num_decay_steps": 5}, {"num_decay_steps": 6, "num_stable_steps": 3, "min_lr_ratio": 0.1},
        {"num_decay_steps": 5, "warmup_type": "cosine", "decay_type": "linear"},
        {"num_decay_steps": 7, "warmup_type": "1-sqrt", "decay_type": "1-sqrt",
         "min_lr_ratio": 0.2},
        {"num_decay_steps": 8, "num_cycles": 1.2}]),
]
HORIZONS = [(0, 12), (4, 14), (1, 1)]
METRIC_SCHEDULES = [
    ("reduce_lr_on_plateau", [
        {"patience": 1}, {"patience": 0, "factor": 0.5, "cooldown": 2, "min_lr": [0.01, 0.004]},
        {"mode": "max", "patience": 1, "threshold": 0.05, "threshold_mode": "abs", "factor": 0.3},
        {"mode": "max", "patience": 2, "threshold": 0.1}, {"patience": 0, "eps": 0.004}, {}]),
    ("greedy", [
        {"patience": 1}, {"patience": 0, "cooldown": 1, "warmup": 2, "max_lr": 0.06},
        {"patience": 0, "factor": 0.5, "min_lr": [0.01, 0.01], "reset_start": 2},
        {"patience": 1, "smooth": True, "window_size": 3, "min_lr": 1e-4},
        {"patience": 0, "factor": 0.4, "min_lr": 0.02, "reset_start": 1, "smooth": True,
         "cooldown": 2},
        {"patience": 0, "mode": "max", "threshold": 0.1, "threshold_mode": "rel", "min_lr": 0.0},
        {}]),
]


def fresh_optimizer():
    weights = [torch.nn.Parameter(torch.zeros(1)) for _ in RATES]
    groups = [{"params": [w], "lr": rate} for w, rate in zip(weights, RATES)]
    return torch.optim.SGD(groups, lr=RATES[0])


def rates(optimizer):
    return [group["lr"] for group in optimizer.param_groups]


def by_steps(name, kwargs, warmup, total):
    optimizer = fresh_optimizer()
    scheduler = get_scheduler(name, optimizer, warmup, total, dict(kwargs))
    values = [rates(optimizer)]
    for _ in range(total + 2):
        optimizer.step()
        scheduler.step()
        values.append(rates(optimizer))
    return values


def by_metric(name, kwargs, metrics):
    optimizer = fresh_optimizer()
    scheduler = get_scheduler(name, optimizer, None, None, dict(kwargs))
    values = [rates(optimizer)]
    for metric in metrics:
        scheduler.step(metric)
        values.append(rates(optimizer))
    return values


def schedules():
    torch.manual_seed(SEED)
    metrics = (torch.rand(26) + torch.linspace(2, 0, 26)).tolist() + [0.5] * 10
    cases = []
    for name, settings in SCHEDULES:
        for kwargs in settings:
            for warmup, total in HORIZONS:
                if name == "polynomial" and warmup == total:
                    continue  # Python divides by zero
                cases.append({"name": name, "kwargs": kwargs, "warmup": warmup, "total": total,
                              "rates": by_steps(name, kwargs, warmup, total)})
    followed = [{"name": name, "kwargs": kwargs, "rates": by_metric(name, kwargs, metrics)}
                for name, settings in METRIC_SCHEDULES for kwargs in settings]
    write("TuneOptimTests/Fixtures/schedules.json", header() | {
        "initial": RATES, "cases": cases, "metrics": metrics, "metric_cases": followed})


# Loss scaling

def scaler():
    settings = {"init_scale": 8.0, "growth_factor": 2.0, "backoff_factor": 0.5,
                "growth_interval": 3}
    scaler = torch.amp.GradScaler("cpu", **settings)
    weight = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.9)
    factors, rows = [1.0, 2.0, float("inf"), 0.5, 1.5, 3.0, 0.25, float("nan"), 1.0, -1.0], []
    for factor in factors:
        loss = (weight * weight).sum() * factor
        optimizer.zero_grad()
        scaled = scaler.scale(loss)
        scaled.backward()
        before = weight.detach().clone()
        scaler.unscale_(optimizer)
        gradient = weight.grad.tolist()
        scaler.step(optimizer)
        scaler.update()
        rows.append({"name": f"factor {factor}", "scaled": scaled.item(), "gradient": gradient,
                     "stepped": bool((weight != before).any()), "weight": weight.tolist(),
                     "state": scaler.state_dict()})
    write("TuneAcceleratorTests/Fixtures/scaler.json", header() | {
        "settings": settings, "factors": factors, "start": [1.0, -2.0], "rows": rows})


if __name__ == "__main__":
    optimizers()
    schedules()
    scaler()
