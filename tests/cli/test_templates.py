"""``zhanggui load --template``."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from zhanggui.columns import INPUT_TABLES


def test_all_templates_are_listed_in_both_languages(zhanggui: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = zhanggui("load", "--template", "list", "--json").json

    assert [entry["template"] for entry in listed] == [*INPUT_TABLES]
    for tongue, word in (("zh_CN.UTF-8", "盘点单"), ("en_GB.UTF-8", "Stock counts")):
        monkeypatch.setenv("LC_ALL", tongue)
        assert word in zhanggui("load", "--template", "list").out


def test_a_template_needs_no_shop_and_goes_where_it_is_told(zhanggui: Run, tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"

    found = zhanggui("load", "--template", "盘点单", "--out", path, "--json")

    assert (found.exit_code, found.json) == (0, {"template": "stock_counts", "path": str(path)})
    assert path.read_bytes()[:2] == b"PK"


def test_without_a_place_it_goes_to_the_current_directory_once(
    zhanggui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert zhanggui("load", "--template", "costs").exit_code == 0
    again = zhanggui("load", "--template", "costs")

    assert (again.exit_code, "already" in again.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["costs.xlsx"]


@pytest.mark.parametrize("words", [["--template", "nothing"], ["--template", "costs", "a.csv"]])
def test_a_wrong_name_and_a_path_beside_it_are_refused(zhanggui: Run, words: list[str]) -> None:
    found = zhanggui("load", *words)

    assert (found.exit_code, found.out) == (2, "")
    assert "template" in found.err
