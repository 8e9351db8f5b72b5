"""``make new-connector``: what it writes fails its contract until it is filled in."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhanggui.collect import connectors
from zhanggui.collect.connectors.new_connector import ConnectorNameError, main, write_connector
from zhanggui.testing import FormatSuite

ROOT = Path(__file__).parents[3]
NAME = "xiaozhu"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project that has what a connector is named in."""
    (tmp_path / "docs").mkdir()
    for name in ("pyproject.toml", "docs/generated.txt", "docs/index.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def importable(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let connectors of the project be imported as if they lay among ours."""
    folder = project / "src" / "zhanggui" / "collect" / "connectors"
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(folder)])
    yield project
    for name in [name for name in sys.modules if name.startswith(f"{connectors.__name__}.{NAME}")]:
        del sys.modules[name]


def suite(tests: Path) -> FormatSuite:
    """Return the suite that a test module holds."""
    spec = importlib.util.spec_from_file_location("xiaozhu_tests", tests)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: FormatSuite = module.TestOrders()
    return found


def failing(tests: FormatSuite) -> set[str]:
    failed = set()
    for name in dir(tests):
        if name.startswith("test_"):
            try:
                getattr(tests, name)()
            except Exception:  # noqa: BLE001 - an error fails a test as well
                failed.add(name)
    return failed


def test_it_is_named_wherever_connectors_are_named(project: Path) -> None:
    written = write_connector(NAME, project)

    points = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert points["zhanggui.connectors"] == {
        **ours["zhanggui.connectors"],
        NAME: f"zhanggui.collect.connectors.{NAME}:FORMATS",
    }
    page = f"docs/connectors/{NAME}.md zhanggui.collect.connectors.documentation {NAME}"
    assert page in (project / "docs" / "generated.txt").read_text(encoding="utf-8").splitlines()
    assert f"(connectors/{NAME}.md)" in (project / "docs" / "index.md").read_text(encoding="utf-8")
    assert all(path.is_file() for path in written)


def test_its_tests_fail_until_it_is_filled_in(importable: Path) -> None:
    *_, tests, _project, _generated, _index = write_connector(NAME, importable)

    failed = failing(suite(tests))

    assert {
        "test_the_format_is_registered_and_speaks_of_known_names_only",
        "test_the_header_is_recognised_in_any_order_and_by_this_format_alone",
        "test_every_row_of_the_sample_is_taken",
    } <= failed


def test_what_is_written_keeps_the_house_style(project: Path) -> None:
    # By these files ruff sees whose the package is.
    for name in ("__init__.py", "testing.py"):
        (project / "src" / "zhanggui").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "src" / "zhanggui" / name, project / "src" / "zhanggui" / name)
    written = [path for path in write_connector(NAME, project) if path.suffix == ".py"]

    for words in (["check"], ["format", "--check"]):
        ran = subprocess.run([sys.executable, "-m", "ruff", *words, *written], capture_output=True, cwd=project)
        assert ran.returncode == 0, ran.stdout.decode()


@pytest.mark.parametrize("name", ["", "有赞", "You Zan", "1688", "jd"])
def test_a_name_that_cannot_be_or_is_taken_is_refused(project: Path, name: str) -> None:
    (project / "src" / "zhanggui" / "collect" / "connectors" / "jd").mkdir(parents=True)

    with pytest.raises(ConnectorNameError, match="next:"):
        write_connector(name, project)

    assert (project / "pyproject.toml").read_bytes() == (ROOT / "pyproject.toml").read_bytes()


def test_the_command_says_what_comes_next(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)

    assert main([NAME]) == 0
    assert "make init" in capsys.readouterr().out
    assert main([NAME]) == 2
    assert "already" in capsys.readouterr().err
