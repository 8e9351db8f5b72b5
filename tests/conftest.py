"""What holds for every test: no settings of the person who runs them, and no clock in property tests."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings
from tests.statements import VARIABLE

# Test machines are shared and slow by turns; a deadline there fails for no fault of the code.
settings.register_profile("zhanggui", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zhanggui")

pytest_plugins = ["tests.sharing_out"]

_FROM_OUTSIDE = ("ZHANGGUI_SHOP", "ZHANGGUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def pytest_configure(config: pytest.Config) -> None:
    """Let all shops of a run, in whichever process, share the statements that they compile; collect undisturbed."""
    gc.disable()
    if VARIABLE not in os.environ:
        folder = tempfile.mkdtemp(prefix="zhanggui-statements-")
        os.environ[VARIABLE] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_finish() -> None:
    """Take what collecting made, which stays to the end, out of the collector's rounds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)  # A round over a million remembered expressions takes a third of a second.
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the shop and the language of whoever runs the tests."""
    for variable in _FROM_OUTSIDE:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PYTHONUTF8", "1")
