"""``zhanggui traffic``."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

PATHS = "path,conversions,value,nulls\nA > B,1,10,0\nA,0,0,1\nB,1,20,0\nB > A,0,0,1\n"


@pytest.fixture
def paths(tmp_path: Path) -> Path:
    path = tmp_path / "paths.csv"
    path.write_text(PATHS, encoding="utf-8")
    return path


def test_attribution_answers_in_flat_maps_per_model(zhanggui: Run, paths: Path) -> None:
    found = zhanggui("traffic", "attribution", "--paths", paths, "--json")

    assert (found.exit_code, found.json["conversions"]) == (0, 2)
    assert found.json["models"]["first"] == {"A": 1.0, "B": 1.0}
    assert found.json["models"]["last"] == {"A": 0.0, "B": 2.0}
    assert found.json["values"]["last"] == {"A": 0.0, "B": 30.0}
    assert found.json["removal_effects"]["markov_1"] == pytest.approx({"A": 1 / 3, "B": 1.0})
    assert sum(found.json["models"]["markov_3"].values()) == pytest.approx(2)


def test_the_table_says_that_credit_is_no_cause(zhanggui: Run, paths: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tongue, header, caveat in (
        ("zh_CN.UTF-8", "末次触点", "不证明因果"),
        ("en_GB.UTF-8", "Last touch", "no cause"),
    ):
        monkeypatch.setenv("LC_ALL", tongue)
        found = zhanggui("traffic", "attribution", "--paths", paths, "--models", "last,linear")

        assert header in found.out
        assert caveat in found.err


def test_an_unknown_model_names_those_that_exist(zhanggui: Run, paths: Path) -> None:
    found = zhanggui("traffic", "attribution", "--paths", paths, "--models", "magic")

    assert found.exit_code == 2
    assert "markov_2" in found.err


def test_a_bad_file_is_refused_with_its_row(zhanggui: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("path,conversions\nA,1\nB,oops\n", encoding="utf-8")

    found = zhanggui("traffic", "attribution", "--paths", path)

    assert found.exit_code == 2
    assert "row 3, column conversions" in found.err


def test_a_formula_is_worked_out_on_the_terminal(zhanggui: Run) -> None:
    found = zhanggui("traffic", "calculate", "growth", "before=120", "after=75", "--json")

    assert found.json["results"][0]["text"]["en"] == "-37.5%"


def test_links_are_built_listed_drawn_and_removed(zhanggui: Run, shop_dir: Path, tmp_path: Path) -> None:
    page = "https://shop.example/"
    made = zhanggui(
        "traffic",
        "links",
        "add",
        page,
        "--channel",
        "live",
        "--live",
        "ZB1",
        "--code",
        "zb1",
        "--shop",
        shop_dir,
        "--json",
    )
    assert made.json["address"] == f"{page}?utm_source=douyin&utm_medium=live&utm_content=ZB1"
    assert zhanggui("traffic", "links", "qr", "zb1", "--out", tmp_path / "a.png", "--shop", shop_dir).exit_code == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert zhanggui("traffic", "links", "remove", "zb1", "--shop", shop_dir).exit_code == 0
    assert zhanggui("traffic", "links", "list", "--shop", shop_dir, "--json").json["links"] == []


def test_a_shop_without_visits_is_told_what_attribution_needs(zhanggui: Run, shop_dir: Path) -> None:
    for words in (("attribution",), ("attribution", "--order", "1"), ("channels",)):
        found = zhanggui("traffic", *words, "--shop", shop_dir)

        assert found.exit_code != 0
        assert "next:" in found.err
