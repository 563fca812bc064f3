"""The Python interpreter of the other side: with pinned versions, made on first use."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ["torch==2.13.0", "transformers==5.23.0", "datasets==5.2.0", "accelerate==1.15.0", "pyarrow==26.0.1"]


def interpreter():
    """FINETUNE_PYTHON, or that of the environment in .deps/python."""
    if "FINETUNE_PYTHON" in os.environ:
        return os.environ["FINETUNE_PYTHON"]
    folder = ROOT / ".deps/python"
    python = folder / "bin/python"
    stamp = folder / "requirements"
    if not stamp.exists() or stamp.read_text() != "\n".join(REQUIREMENTS):
        print("making the Python environment in .deps/python …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        stamp.write_text("\n".join(REQUIREMENTS))
    return str(python)
