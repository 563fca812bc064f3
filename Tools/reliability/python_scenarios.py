"""What the Python Trainer does when a run is killed, damaged or interrupted.

    python Tools/reliability/python_scenarios.py [--kills 30] [--signals 10] [--seed 0] [--json FILE]

Needs torch, transformers and accelerate; downloads nothing. A tiny BERT with dropout is trained for a
few steps in child processes (forked, so that Python's imports are paid once), with a checkpoint after
each; a scenario harms the child or its files, and a second child resumes with
`resume_from_checkpoint=True`. "Right" means: it ends with the weights of an uninterrupted run, bit for
bit. `make reliability` runs the same scenarios on this project's Trainer.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch  # noqa: E402
import transformers  # noqa: E402
from transformers import (  # noqa: E402
    BertConfig, BertForSequenceClassification, Trainer, TrainerCallback, TrainingArguments, set_seed)

STEPS = 6
FILES = ["config.json", "model.safetensors", "optimizer.pt", "scheduler.pt", "rng_state.pth",
         "trainer_state.json", "training_args.bin"]
DAMAGES = ["deleted", "emptied", "halved", "one bit flipped"]


class Rows(torch.utils.data.Dataset):
    """Random token ids with labels."""

    def __init__(self, count):
        generator = torch.Generator().manual_seed(1)
        self.ids = torch.randint(0, 100, (count, 12), generator=generator)
        self.labels = torch.randint(0, 2, (count,), generator=generator)

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, index):
        return {"input_ids": self.ids[index], "labels": self.labels[index]}


class Reporter(TrainerCallback):
    """Tells the parent where the run is, and calls a hook at the end of a step."""

    def __init__(self, pipe, hook):
        self.pipe, self.hook = pipe, hook

    def on_step_end(self, args, state, control, model=None, **kwargs):
        if self.hook:
            self.hook(state.global_step, model)
        os.write(self.pipe, b"step %d\n" % state.global_step)

    def on_save(self, args, state, control, **kwargs):
        os.write(self.pipe, b"saved %d\n" % state.global_step)


def train(directory, pipe, resume, hook, hidden, pause):
    """Runs in a child: trains to the end and writes the digest of the weights."""
    set_seed(0)
    torch.set_num_threads(1)
    model = BertForSequenceClassification(BertConfig(
        vocab_size=100, hidden_size=hidden, intermediate_size=2 * hidden, num_hidden_layers=2,
        num_attention_heads=2, max_position_embeddings=16))
    arguments = TrainingArguments(
        str(directory), max_steps=STEPS, per_device_train_batch_size=4, save_strategy="steps", save_steps=1,
        logging_steps=1, report_to=[], use_cpu=True, disable_tqdm=True, seed=0)

    def wait(step, model):
        time.sleep(pause)
        if hook:
            hook(step, model)

    trainer = Trainer(model, arguments, train_dataset=Rows(64), callbacks=[Reporter(pipe, wait)])
    trainer.train(resume_from_checkpoint=True if resume else None)
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode() + tensor.contiguous().numpy().tobytes())
    losses = [row["loss"] for row in trainer.state.log_history if "loss" in row]
    (directory / "result.json").write_text(json.dumps({"digest": digest.hexdigest(), "losses": losses}))


class Child:
    """A forked process that trains."""

    def __init__(self, directory, resume=False, hook=None, hidden=32, pause=0.0):
        self.directory = pathlib.Path(directory)
        reader, writer = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            code = 1
            try:
                os.close(reader)
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, 1)
                os.dup2(null, 2)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                train(self.directory, writer, resume, hook, hidden, pause)
                code = 0
            finally:
                os._exit(code)
        os.close(writer)
        self.lines = os.fdopen(reader)

    def wait_for(self, line):
        """Whether the child reports `line` before it ends."""
        return any(got.strip() == line for got in self.lines)

    def kill(self, number=signal.SIGKILL):
        os.kill(self.process, number)

    def outcome(self):
        """The digest of the weights, or None when the child failed."""
        for _ in self.lines:
            pass
        _, status = os.waitpid(self.process, 0)
        result = self.directory / "result.json"
        if status != 0 or not result.exists():
            return None
        return json.loads(result.read_text())["digest"]


def checkpoints(directory):
    return sorted(int(p.name.split("-")[1]) for p in pathlib.Path(directory).glob("checkpoint-*"))


def resumed(directory, reference):
    """How a resumed run ends: right, wrong (other weights), or error."""
    (pathlib.Path(directory) / "result.json").unlink(missing_ok=True)
    digest = Child(directory, resume=True).outcome()
    return "error" if digest is None else "right" if digest == reference else "wrong"


def save_seconds(scratch):
    """How long a save lasts, from the messages of a run."""
    child, began, times = Child(scratch / "timing"), 0.0, []
    for line in child.lines:
        word = line.split()[0]
        if word == "step":
            began = time.monotonic()
        else:
            times.append(time.monotonic() - began)
    child.outcome()
    return sorted(times)[len(times) // 2]


def kills(scratch, reference, count):
    """SIGKILL at a random time inside the third save."""
    lasting, counts = save_seconds(scratch), collections.Counter()
    while sum(counts.values()) < count:
        directory = scratch / f"kill-{sum(counts.values())}"
        child = Child(directory)
        child.wait_for("step 3")
        time.sleep(random.uniform(0, lasting))
        child.kill()
        child.outcome()
        counts[resumed(directory, reference)] += 1
        shutil.rmtree(directory)
    return {"kills": count, "resumed and right": counts["right"], "resumed but wrong": counts["wrong"],
            "cannot resume": counts["error"], "seconds of a save": round(lasting, 3)}


def damage(file, how):
    content = file.read_bytes()
    if how == "deleted":
        file.unlink()
    elif how == "emptied":
        file.write_bytes(b"")
    elif how == "halved":
        file.write_bytes(content[: len(content) // 2])
    else:
        middle = len(content) // 2
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 16]) + content[middle + 1:])


def corruptions(scratch, reference):
    """One file of the newest checkpoint is damaged before the run is resumed."""
    prepared = scratch / "prepared"
    child = Child(prepared, pause=0.05)
    child.wait_for("saved 4")
    child.kill()
    child.outcome()
    for step in checkpoints(prepared):
        if step > 4:
            shutil.rmtree(prepared / f"checkpoint-{step}")
    counts, details = collections.Counter(), {}
    for name in FILES:
        for how in DAMAGES:
            directory = scratch / "damaged"
            shutil.copytree(prepared, directory)
            damage(directory / "checkpoint-4" / name, how)
            details[f"{name}, {how}"] = result = resumed(directory, reference)
            counts[result] += 1
            shutil.rmtree(directory)
    return {"corruptions": len(details), "cannot resume": counts["error"],
            "resumed silently, other weights": counts["wrong"], "resumed, right weights": counts["right"],
            "fell back to an earlier checkpoint": 0, "details": details}


def signals(scratch, reference, count):
    """A signal after a step that no checkpoint holds: is the work kept?"""
    counts = collections.Counter()
    for index in range(count):
        number = [signal.SIGINT, signal.SIGTERM][index % 2]
        directory = scratch / f"signal-{index}"
        child = Child(directory, pause=0.05)
        step = random.randint(1, STEPS - 1)
        child.wait_for(f"step {step}")
        # Between saves: what the last step did is on no disk yet.
        shutil.rmtree(directory / f"checkpoint-{step}", ignore_errors=True)
        child.kill(number)
        child.outcome()
        saved = [found for found in checkpoints(directory) if found >= step]
        counts["saved" if saved else "lost"] += 1
        shutil.rmtree(directory, ignore_errors=True)
    return {"signals": count, "checkpoint written on the signal": counts["saved"],
            "work since the last checkpoint lost": counts["lost"]}


def not_a_number(scratch):
    """One weight becomes NaN at step 3."""

    def poison(step, model):
        if step == 3:
            with torch.no_grad():
                next(model.parameters())[5, 0] = float("nan")

    directory = scratch / "nan"
    digest = Child(directory, hook=poison).outcome()
    losses = json.loads((directory / "result.json").read_text())["losses"] if digest else []
    from safetensors.torch import load_file

    poisoned = [step for step in checkpoints(directory) if any(
        bool(tensor.isnan().any())
        for tensor in load_file(directory / f"checkpoint-{step}" / "model.safetensors").values())]
    return {"ends as a success": digest is not None, "losses logged": losses,
            "checkpoints with NaN": poisoned}


def disk_full(scratch):
    """A disk (tmpfs) that has room for two and a half checkpoints."""
    probe = scratch / "probe"
    Child(probe).outcome()
    size = sum(f.stat().st_size for f in (probe / "checkpoint-1").iterdir())
    volume = scratch / "volume"
    volume.mkdir()
    options = f"size={(size * 5 // 2 + (1 << 16)) >> 10}k"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", volume], capture_output=True)
    if mounted.returncode != 0:
        return {"skipped": "mounting a tmpfs is not permitted"}
    try:
        ended = Child(volume / "run").outcome() is not None
        left = checkpoints(volume / "run")
        subprocess.run(["mount", "-o", "remount,size=1g", volume], check=True)
        again = Child(volume / "run", resume=True).outcome() is not None
        return {"run goes on": ended, "checkpoints left": left, "resumes with space again": again}
    finally:
        subprocess.run(["umount", volume], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--signals", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", help="where to write the results")
    options = parser.parse_args()
    random.seed(options.seed)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="python-scenarios-"))
    try:
        reference = Child(scratch / "reference").outcome()
        if reference is None:
            sys.exit("The uninterrupted run failed.")
        results = {
            "versions": {"python": sys.version.split()[0], "torch": torch.__version__,
                         "transformers": transformers.__version__},
            "killed inside a save": kills(scratch, reference, options.kills),
            "damaged checkpoint": corruptions(scratch, reference),
            "SIGINT and SIGTERM": signals(scratch, reference, options.signals),
            "a weight becomes NaN": not_a_number(scratch),
            "disk full": disk_full(scratch),
        }
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    text = json.dumps(results, indent=2)
    if options.json:
        pathlib.Path(options.json).write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
