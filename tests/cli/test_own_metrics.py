"""``zhanggui metrics define``, ``remove`` and ``history`` in a shop without data."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

from zhanggui.ledger.shop import Shop

FILE = """\
[[metric]]
kind = "filter"
name = "west_sales"
label = "西部支付金额"
of = "gmv_paid"
where = [{ field = "province", value = ["四川", "西藏"] }]
"""


def test_a_file_is_defined_listed_asked_and_taken_away(zhanggui: Run, tmp_path: Path) -> None:
    Shop.create(tmp_path / "shop").close()
    file, shop = tmp_path / "own.toml", ("--shop", tmp_path / "shop")
    file.write_text(FILE, "utf-8")

    assert zhanggui("metrics", "define", file, *shop, "--json").json == {"kept": ["west_sales"]}
    assert (tmp_path / "shop" / "metrics.toml").read_text("utf-8") == FILE
    assert zhanggui("metrics", "list", *shop, "--json").json["metrics"][-1]["catalogue_id"] == "C-QUAL-06"
    assert zhanggui("metrics", "show", "west_sales", *shop, "--json").json["version"] == 1
    assert zhanggui("query", "west_sales", *shop, "--json").json["rows"] == [{"west_sales": 0.0}]
    # The file of the shop directory is what is read when none is named; it says what is known already.
    assert zhanggui("metrics", "define", *shop).exit_code == 0
    zhanggui("metrics", "remove", "west_sales", *shop)
    history = zhanggui("metrics", "history", "west_sales", *shop, "--json").json
    assert [(each["version"], each["document"] is None) for each in history["versions"]] == [(1, False), (2, True)]
    assert zhanggui("query", "west_sales", *shop).exit_code == 2


def test_a_wrong_file_names_metric_and_field_and_keeps_nothing(zhanggui: Run, tmp_path: Path) -> None:
    Shop.create(tmp_path / "shop").close()
    file = tmp_path / "own.toml"
    file.write_text(FILE + FILE.replace("west_sales", "other").replace("province", "moon"), "utf-8")

    refused = zhanggui("metrics", "define", file, "--shop", tmp_path / "shop")

    assert refused.exit_code == 2
    assert "metric 'other', field where.0.field" in refused.err
    assert "west_sales" not in zhanggui("metrics", "list", "--shop", tmp_path / "shop").out


def test_a_metric_of_the_product_says_its_version(zhanggui: Run, tmp_path: Path) -> None:
    Shop.create(tmp_path / "shop").close()

    found = zhanggui("metrics", "history", "gmv_paid", "--shop", tmp_path / "shop", "--json").json
    assert found["origin"] == "built_in"
    assert [each["version"] for each in found["versions"]] == [1]
