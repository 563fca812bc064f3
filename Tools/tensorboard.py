#!/usr/bin/env python3
"""Brings TensorBoard into .deps/tensorboard, a Python environment that a test reads event files with.

Running it again does nothing. Where it cannot be installed, the test is skipped; nothing else needs it.

    python3 Tools/tensorboard.py
"""

import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENT = "tensorboard==2.20.0"
FOLDER = Path(__file__).resolve().parent.parent / ".deps" / "tensorboard"


def install():
    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", FOLDER], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", FOLDER / "bin/python"]
    subprocess.run(pip + ["install", "--quiet", REQUIREMENT], check=True)


def main():
    stamp = FOLDER / "installed"
    if stamp.exists() and stamp.read_text() == REQUIREMENT:
        return
    print(f"fetching {REQUIREMENT} (reads event files in a test)", flush=True)
    try:
        install()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"TensorBoard is not available ({error}); the test that needs it will be skipped.")
        return
    stamp.write_text(REQUIREMENT)


if __name__ == "__main__":
    main()
