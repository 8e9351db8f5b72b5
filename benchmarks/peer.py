"""Peers that are measured and no dependency: each in an environment of its own inside the benchmark's folder."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

_PATIENCE_SECONDS = 900


def answer_of(folder: Path, packages: tuple[str, ...], script: str, *arguments: str) -> Any | None:
    """Run a script beside these packages and return the JSON that it prints last, None where they cannot be had.

    Parameters
    ----------
    folder : Path
        Where the environment is made.
    packages : tuple of str
        What is installed in it.
    script : str
        Python code.
    arguments : str
        What it finds in ``sys.argv``.
    """
    home = folder / "peer"
    python = str(home / "bin" / "python")
    try:
        venv.create(home, with_pip=True)
        install = [python, "-m", "pip", "install", "-q", *packages]
        subprocess.run(install, check=True, capture_output=True, timeout=_PATIENCE_SECONDS)
        words = [python, "-c", script, *arguments]
        ran = subprocess.run(words, check=True, capture_output=True, text=True, timeout=_PATIENCE_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or ""
        print(f"{packages[0]} is left out: {error} {said[-400:]}", file=sys.stderr)
        return None
    return json.loads(ran.stdout.strip().splitlines()[-1])
