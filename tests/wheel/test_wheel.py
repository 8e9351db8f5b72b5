"""What a user installs: the wheel alone, in an environment that holds nothing else."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--days", "6", "--orders-per-day", "20")
START_SECONDS = 240

pytestmark = [pytest.mark.slow, pytest.mark.wheel]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    is_required = os.environ.get("ZHANGGUI_REQUIRE_WHEEL") == "1"
    if not is_required and not (ROOT / "src/zhanggui/web/index.html").is_file():
        pytest.skip("the front end is not built: run `make web`")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bare_bin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and its locked requirements into a new environment; return the folder of its commands."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=True)
    commands = home / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [str(commands / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-compile"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements/runtime.txt")], check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    return commands


def bare_environment(folder: Path) -> dict[str, str]:
    """Return an environment without Node, this checkout or anyone's settings."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": str(folder), "USERPROFILE": str(folder), "PATH": str(folder / "nothing"), "PYTHONUTF8": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo_address(bare_bin: Path, tmp_path: Path) -> Iterator[str]:
    """Run `zhanggui demo` from the bare environment until the test is over."""
    port = free_port()
    log = tmp_path / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(bare_bin / "zhanggui"), "demo", *SMALL, "--no-browser", "--port", str(port)],
            cwd=tmp_path,
            env=bare_environment(tmp_path),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(address, process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"`zhanggui demo` ended with exit code {process.returncode}:\n{log.read_text()}")
        try:
            urllib.request.urlopen(address + "/api/v1/meta", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"`zhanggui demo` did not answer within {START_SECONDS} s:\n{log.read_text()}")


def test_the_wheel_carries_the_pages_and_their_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        page = archive.read("zhanggui/web/index.html").decode()
        licences = archive.read("zhanggui/web/THIRD-PARTY.txt").decode()

    assert '<div id="root">' in page
    assert "\nreact 19" in licences
    assert {"zhanggui/py.typed"} <= names
    assert not [name for name in names if "node_modules" in name or name.startswith(("tests/", "frontend/"))]


def test_every_page_that_the_start_page_names_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        page = archive.read("zhanggui/web/index.html").decode()
    linked = [part.split('"')[0] for part in page.split('="/')[1:]]

    assert linked
    assert [path for path in linked if path and f"zhanggui/web/{path}" not in names] == []


def test_the_installed_command_says_its_version(bare_bin: Path, tmp_path: Path) -> None:
    command = [str(bare_bin / "zhanggui"), "--version"]
    said = subprocess.run(command, cwd=tmp_path, env=bare_environment(tmp_path), capture_output=True, check=True)

    assert b"0." in said.stdout


def test_the_demo_opens_from_the_wheel_without_node_or_checkout(demo_address: str) -> None:
    with urllib.request.urlopen(demo_address + "/api/v1/meta", timeout=10) as answer:
        meta = json.load(answer)
    with urllib.request.urlopen(demo_address + "/", timeout=10) as answer:
        page = answer.read().decode()

    assert shutil.which("node", path="nothing") is None
    assert meta["is_demo"] is True
    assert meta["is_empty"] is False
    assert '<div id="root">' in page
