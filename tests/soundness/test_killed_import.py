"""An import that is killed at any moment and then repeated leaves the ledger of one that was not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lengths import IS_LONG

ROOT = Path(__file__).parents[2]
N_KILLS = 100 if IS_LONG else 2


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the imports to kill are forked, which Windows cannot do")
def test_an_import_killed_at_random_moments_and_repeated_gives_the_same_ledger(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.soundness.killed_imports", str(tmp_path), str(N_KILLS), "20260901"]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "PYTHONUTF8": "1"}

    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{N_KILLS} kills" in done.stdout
