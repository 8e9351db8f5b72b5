"""Nothing of the machine that wrote a file stays in it, and no lock file names a host."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.promises.conftest import Checkout

# Written in halves, so that this file does not hold what it looks for.
FOREIGN = (
    "/wor" + "k/",
    "/roo" + "t/",
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
)
LOCKS = ("requirements/runtime.txt", "requirements/dev.txt", "requirements/build.txt")


def test_no_file_names_a_path_of_a_machine_or_a_package_registry(checkout: Checkout) -> None:
    found = []
    for path in checkout.files:
        content = (checkout.root / path).read_bytes()
        if b"\0" in content[:8000]:
            continue
        text = content.decode("utf-8", errors="replace")
        found += [f"{path}: {trace}" for trace in FOREIGN if re.search(rf"(?<![\w.~])/?{re.escape(trace)}", text)]

    assert found == []


def test_the_front_end_lock_names_no_download_address(checkout: Checkout) -> None:
    packages = json.loads(checkout.text("frontend/package-lock.json"))["packages"]

    assert [place for place, entry in packages.items() if "resolved" in entry] == []
    assert [place for place, entry in packages.items() if place and "integrity" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_with_a_hash_and_no_address(checkout: Checkout, lock: str) -> None:
    text = checkout.text(lock)
    entries = [block for block in re.split(r"\n(?=[a-z0-9])", text) if re.match(r"[a-z0-9]", block)]

    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?://\S+|file:\S+|--index\S*|--find-links\S*|@ \S+", text) == []


def test_the_three_locks_agree_on_every_version(checkout: Checkout) -> None:
    runtime, dev, build = (pins(checkout.text(lock)) for lock in LOCKS)

    assert runtime <= dev
    assert build <= dev


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9][\w.\-\[\],]*==[\w.+!]+", lock, flags=re.MULTILINE))


def test_the_lock_of_one_tool_with_addresses_stays_untracked(checkout: Checkout) -> None:
    assert "uv.lock" not in {path.name for path in checkout.files}
