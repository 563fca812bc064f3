#!/usr/bin/env python3
"""Brings FineTune's native dependencies into .deps/.

libtorch and Arrow C++ are published as Python wheels; this script downloads the pinned wheels with pip,
checks each one against the SHA-256 in wheels.json, and unpacks headers and libraries. Nothing is installed into
Python, and no code of a wheel runs. Running it again does nothing; after an interruption it goes on where it
stopped.

    python3 Tools/bootstrap.py                 # everything the build and the demo need
    python3 Tools/bootstrap.py torch pyarrow   # only these parts
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPS = ROOT / ".deps"
WHEELS = json.loads((ROOT / "Tools" / "wheels.json").read_text())


def fail(message, remedy):
    sys.exit(f"bootstrap: error: {message}\n           {remedy}")


def say(message):
    print(f"bootstrap: {message}", flush=True)


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def pip_download(part, destination):
    """Downloads the wheel of `part`; the CPU-only build of libtorch is preferred where pip can find one."""
    system = f"{platform.system()}-{platform.machine()}"
    platforms = part["platforms"].get(system, [])
    if part["platforms"] and not platforms:
        fail(f"{part['requirement']} is not available for {system}.",
             f"Supported: {', '.join(part['platforms'])}.")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--no-deps",
               "--only-binary=:all:", "--python-version", part["python"], "--implementation", "cp",
               "--abi", "cp" + part["python"].replace(".", ""), "--abi", "none", "--dest", str(destination)]
    for tag in platforms or ["any"]:
        command += ["--platform", tag]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    name, version = part["requirement"].split("==")
    requirements = [part["requirement"]]
    if name == "torch" and system.startswith("Linux"):
        requirements.insert(0, f"{name}=={version}+cpu")
    for requirement in requirements:
        last = requirement == requirements[-1]
        result = subprocess.run(command + quiet + [requirement], stderr=None if last else subprocess.DEVNULL)
        if result.returncode == 0:
            return next(destination.glob("*.whl"))
    fail(f"pip could not download {part['requirement']}.",
         "Check the network connection and `python3 -m pip --version`, then run the same command again; "
         "parts already in .deps/ are kept.")


def unpack(part, wheel, staging):
    """Extracts the wanted members into `staging`, refusing names that would leave it."""
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if member.is_dir() or any(word in member.filename for word in part["exclude"]):
                continue
            for prefix, target in part["extract"].items():
                if not member.filename.startswith(prefix):
                    continue
                path = (staging / (target + member.filename[len(prefix):])).resolve()
                if not path.is_relative_to(staging.resolve()):
                    fail(f"{wheel.name} holds the unsafe path '{member.filename}'.", "Do not use this file.")
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source, open(path, "wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)


def link_unversioned(folder):
    """Adds the `libX.so` names that the linker looks for beside the versioned libraries of the wheel."""
    for library in folder.glob("lib*.so.*"):
        link = folder / (library.name.split(".so.")[0] + ".so")
        if not link.exists():
            link.symlink_to(library.name)
    for library in folder.glob("lib*.*.dylib"):
        link = folder / (library.name.split(".")[0] + ".dylib")
        if not link.exists():
            link.symlink_to(library.name)


def stamp_of(part):
    """What marks a part as installed: a change of version or hashes brings it anew."""
    return part["requirement"] + "\n" + "\n".join(part["sha256"]) + "\n"


def is_installed(name):
    stamp = DEPS / "installed" / name
    return stamp.exists() and stamp.read_text() == stamp_of(WHEELS[name])


def is_needed(part):
    """The CUDA libraries are needed only where the CUDA build of libtorch was unpacked."""
    return not part.get("only_with_cuda_torch") or (DEPS / "torch/lib/libtorch_cuda.so").exists()


def install(name):
    part = WHEELS[name]
    say(f"fetching {part['requirement']} ({part['provides']})")
    with tempfile.TemporaryDirectory(dir=DEPS, prefix=".bootstrap-") as scratch:
        scratch = Path(scratch)
        wheel = pip_download(part, scratch)
        digest = sha256(wheel)
        if digest not in part["sha256"]:
            fail(f"{wheel.name} has SHA-256 {digest}, which is not one of the pinned values.",
                 "The download was damaged or replaced. Run the command again; if it stays, report it.")
        say(f"unpacking {wheel.name}")
        staging = scratch / "staging"
        staging.mkdir()
        unpack(part, wheel, staging)
        for target in set(part["extract"].values()):
            source = staging / target.rstrip("/") if target.endswith("/") else staging / Path(target).parent
            place_folder(source, DEPS / source.relative_to(staging))
        if name == "pyarrow":
            link_unversioned(DEPS / "arrow/lib")
    stamp = DEPS / "installed" / name
    stamp.parent.mkdir(exist_ok=True)
    temporary = stamp.with_suffix(".tmp")
    temporary.write_text(stamp_of(part))
    os.replace(temporary, stamp)


def place_folder(source, destination):
    """Moves the files of `source` below `destination`, each by a rename, so that none is ever half-written."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            target = destination / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)


def check_pip():
    result = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True)
    if result.returncode != 0:
        fail("this Python has no pip.", "Install pip (for example `python3 -m ensurepip`), then run this again.")


def main():
    names = sys.argv[1:] or list(WHEELS)
    for name in names:
        if name not in WHEELS:
            fail(f"unknown part '{name}'.", f"Known parts: {', '.join(WHEELS)}.")
    DEPS.mkdir(exist_ok=True)
    for leftover in DEPS.glob(".bootstrap-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for name in names:
        if not is_installed(name) and is_needed(WHEELS[name]):
            check_pip()
            install(name)
    say(f"ready: {', '.join(sorted(path.name for path in (DEPS / 'installed').iterdir()))}")


if __name__ == "__main__":
    main()
