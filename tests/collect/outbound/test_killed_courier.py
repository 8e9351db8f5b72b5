"""A courier that is killed at any moment loses no message and sends none twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lengths import IS_LONG

ROOT = Path(__file__).parents[3]
N_KILLS = 200 if IS_LONG else 20


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the couriers to kill are forked, which Windows cannot do")
def test_a_courier_killed_at_random_moments_doubles_nothing_and_loses_nothing(folder: Path) -> None:
    command = [sys.executable, "-m", "tests.collect.outbound.killed_couriers", str(folder), str(N_KILLS), "20260901"]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "PYTHONUTF8": "1"}

    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{N_KILLS} kills" in done.stdout
