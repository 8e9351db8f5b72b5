"""A watch that is killed at any moment and then repeated raises each alert once and hands each over once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lengths import IS_LONG

ROOT = Path(__file__).parents[2]
N_KILLS = 200 if IS_LONG else 20


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the watches to kill are forked, which Windows cannot do")
def test_watches_killed_at_random_moments_and_repeated_neither_lose_nor_double_an_alert(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.soundness.killed_watches", str(tmp_path), str(N_KILLS), "20260901"]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "PYTHONUTF8": "1"}

    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{N_KILLS} kills" in done.stdout
