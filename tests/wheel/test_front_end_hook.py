"""When the build hook builds the front end, and what it says when it cannot."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with front-end sources and built pages that are up to date but for the stamp."""
    monkeypatch.delenv("ZHANGGUI_SKIP_FRONTEND", raising=False)
    (tmp_path / "frontend/src").mkdir(parents=True)
    (tmp_path / "frontend/package.json").write_text("{}")
    (tmp_path / "frontend/src/main.tsx").write_text("draw()")
    (tmp_path / "src/zhanggui/web").mkdir(parents=True)
    (tmp_path / "src/zhanggui/web/index.html").write_text("<html>")
    return tmp_path


def stamp(hook: ModuleType, project: Path) -> None:
    (project / "src/zhanggui/web/.digest").write_text(hook.source_digest(project / "frontend"))


def test_pages_that_are_up_to_date_are_not_built_again(hook: ModuleType, project: Path) -> None:
    stamp(hook, project)

    assert hook.build_frontend(project) is False


@pytest.mark.parametrize("name", ["src/main.tsx", "package.json", "index.html", "vite.config.ts", "public/icon.svg"])
def test_a_changed_source_calls_for_a_build(hook: ModuleType, project: Path, name: str) -> None:
    stamp(hook, project)
    (project / "frontend" / name).parent.mkdir(exist_ok=True)
    (project / "frontend" / name).write_text("changed")

    # Without a lock file the build is refused, which shows that one was begun.
    with pytest.raises(hook.FrontendError, match="no lock file"):
        hook.build_frontend(project)


def test_without_sources_the_built_pages_are_used(hook: ModuleType, project: Path) -> None:
    (project / "frontend/package.json").unlink()

    assert hook.build_frontend(project) is False


def test_without_sources_and_pages_the_build_is_refused_with_the_way_out(hook: ModuleType, project: Path) -> None:
    (project / "frontend/package.json").unlink()
    (project / "src/zhanggui/web/index.html").unlink()

    with pytest.raises(hook.FrontendError, match="ZHANGGUI_SKIP_FRONTEND=1"):
        hook.build_frontend(project)


def test_a_developer_can_leave_the_front_end_out(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHANGGUI_SKIP_FRONTEND", "1")

    assert hook.build_frontend(project) is False


def test_the_licence_list_holds_what_is_bundled_and_not_the_build_tools(hook: ModuleType, project: Path) -> None:
    for name, text in {"chart": "Permission is granted", "bundler": "Other words"}.items():
        folder = project / "frontend/node_modules" / name
        folder.mkdir(parents=True)
        (folder / "LICENSE").write_text(text)
    packages = {
        "": {"name": "pages"},
        "node_modules/bundler": {"version": "2.0.0", "license": "MIT", "dev": True},
        "node_modules/chart": {"version": "6.1.0", "license": "Apache-2.0"},
        "node_modules/other-system-only": {"version": "1.0.0", "license": "MIT", "optional": True},
    }
    (project / "frontend/package-lock.json").write_text(json.dumps({"packages": packages}))

    text = hook.third_party_licences(project / "frontend")

    assert "chart 6.1.0: Apache-2.0" in text
    assert "Permission is granted" in text
    assert "bundler" not in text
    assert "other-system-only" not in text
