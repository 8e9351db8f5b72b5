"""What the documentation says is there, and what is there is in the documentation."""

from __future__ import annotations

import io
import os
import re
import runpy
import sys
import warnings
from contextlib import redirect_stdout
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.promises.conftest import Checkout

ROOT = Path(__file__).resolve().parents[2]
GENERATED = [line.split(maxsplit=1) for line in (ROOT / "docs/generated.txt").read_text(encoding="utf-8").splitlines()]
SECTIONS = ["Numbers that change", "Removed", "Deprecated", "Added", "Changed", "Fixed"]
LINK = re.compile(r"(?<!`)\[[^\]]+\]\(([^)\s]+)\)")
MENTIONED_PAGE = re.compile(r"\b(?:docs|examples)/[\w./-]+\.(?:md|toml)\b")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_its_two_commands_on_the_first_screen(checkout: Checkout, readme: str) -> None:
    first_screen = "\n".join(checkout.text(readme).splitlines()[:30])

    assert "\nmake demo\n" in first_screen
    assert "\nmake test\n" in first_screen
    assert "docs/images/overview.png" in first_screen


def test_the_changelog_keeps_its_sections_in_order(checkout: Checkout) -> None:
    releases = re.split(r"^## ", checkout.text("CHANGELOG.md"), flags=re.MULTILINE)[1:]

    assert releases
    for release in releases:
        found = re.findall(r"^### (.+)$", release, flags=re.MULTILINE)
        assert found == [section for section in SECTIONS if section in found], release.splitlines()[0]
        assert "Numbers that change" in found


def test_every_term_of_the_glossary_stands_in_both_languages(checkout: Checkout) -> None:
    rows = [line.strip("| ").split(" | ") for line in checkout.text("docs/glossary.md").splitlines() if "|" in line]
    terms = [row for row in rows if len(row) >= 3 and row[0] != "term" and not row[0].startswith("-")]

    assert len(terms) >= 60
    assert [row for row in terms if not re.search(r"[\u4e00-\u9fff]|RFM|ROI|SKU|GMV", row[1])] == []
    assert [row for row in terms if not re.match(r"[A-Za-z0-9]", row[0]) or not row[2].strip()] == []
    assert len({row[0] for row in terms}) == len(terms)


def heading_anchor(heading: str) -> str:
    """Return the anchor that Markdown viewers give a heading."""
    words = re.sub(r"[`*_]", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def test_every_link_of_the_documentation_leads_somewhere(checkout: Checkout) -> None:
    broken = []
    for page in (path for path in checkout.files if path.suffix == ".md"):
        for target in LINK.findall(checkout.text(page)):
            address, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", address):
                continue
            led = PurePosixPath(os.path.normpath(page.parent / address)) if address else page
            if not (checkout.root / led).exists() and led.suffix != ".png":
                broken.append(f"{page}: {target}")
            elif anchor and anchor not in map(heading_anchor, re.findall(r"^#+ (.+)$", checkout.text(led), re.M)):
                broken.append(f"{page}: {target} (no such heading)")

    assert broken == []


def test_every_page_that_the_code_points_to_exists(checkout: Checkout) -> None:
    missing = {
        f"{path}: {mentioned}"
        for path in checkout.under("src")
        for mentioned in MENTIONED_PAGE.findall(checkout.text(path))
        if not (checkout.root / mentioned).is_file()
    }

    assert missing == set()


def test_every_page_can_be_reached_from_the_index(checkout: Checkout) -> None:
    seen: set[str] = set()
    todo = ["docs/index.md"]
    while todo:
        page = todo.pop()
        if page in seen or not (checkout.root / page).is_file():
            continue
        seen.add(page)
        linked = (link.partition("#")[0] for link in LINK.findall(checkout.text(page)))
        todo += [os.path.normpath(PurePosixPath(page).parent / link).replace(os.sep, "/") for link in linked if link]
    pages = {str(path) for path in checkout.files if path.parts[0] == "docs" and path.suffix == ".md"}

    assert pages - seen == set()


def test_decisions_are_numbered_without_a_gap_and_have_their_headings(checkout: Checkout) -> None:
    pages = [path for path in checkout.files if path.parts[:2] == ("docs", "adr")]

    assert [int(path.name[:4]) for path in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        headings = re.findall(r"^## (.+)$", checkout.text(page), flags=re.MULTILINE)
        assert headings == ["Context", "Decision", "What we gave up", "Alternatives"], page


@pytest.mark.parametrize(("document", "command"), GENERATED, ids=[page for page, _ in GENERATED])
def test_a_generated_page_is_in_step_with_the_code(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, document: str, command: str
) -> None:
    module, *arguments = command.split()
    monkeypatch.setattr(sys, "argv", [module, *arguments])
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with redirect_stdout(printed), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'zhanggui", RuntimeWarning)  # It is imported already, by other tests.
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    printed.seek(0)

    assert checkout.text(document) == printed.read().replace("\r\n", "\n"), "run `make docs`"


def test_the_architecture_page_has_a_line_for_every_room(checkout: Checkout) -> None:
    rooms = {path.parts[2].removesuffix(".py") for path in checkout.under("src") if path.parts[2] != "__init__.py"}
    described = set(re.findall(r"^\s*(\w+)(?:\.py|/)\s", checkout.text("ARCHITECTURE.md"), flags=re.MULTILINE))

    assert rooms - described == set()
