"""The browser of the end-to-end tests: the machine's own Chromium, so that no browser is downloaded."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import expect

# What is waited for comes in its time on a busy machine too.
expect.set_options(timeout=30_000)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NO_BROWSER = (
    "no Chromium on this machine: install it (on Debian: apt-get install chromium) or name one in ZHANGGUI_CHROMIUM"
)


def chromium_path() -> str | None:
    """Return the browser named by ZHANGGUI_CHROMIUM, else the first one on the PATH."""
    named = os.environ.get("ZHANGGUI_CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the found browser; without one, skip here and fail where a browser is required."""
    path = chromium_path()
    if path is None and os.environ.get("ZHANGGUI_REQUIRE_BROWSER") == "1":
        pytest.fail(_NO_BROWSER)
    if path is None:
        pytest.skip(_NO_BROWSER)
    # Chromium's own sandbox cannot start as root, which containers commonly are.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = ["--disable-gpu", "--disable-dev-shm-usage", *(["--no-sandbox"] if is_root else [])]
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


@pytest.fixture(autouse=True)
def mark_is_present(request: pytest.FixtureRequest) -> None:
    """Every test that opens a page carries the `browser` mark, so that it can be left out."""
    if "page" in request.fixturenames and request.node.get_closest_marker("browser") is None:
        pytest.fail("a test that opens a page needs the mark `browser`")
