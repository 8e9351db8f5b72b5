"""``zhanggui customers audience``, and the same over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.cli.conftest import Run
from tests.understand.customers.crowd import write_shop

from zhanggui.app.application import create_app
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow

AGAIN = {
    "name": "again",
    "label": "=回头客",
    "condition": {"kind": "metric", "metric": "orders_paid", "compare": ">=", "value": 2},
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shop of the crowd: twelve of 36 buyers came again."""
    return write_shop(tmp_path_factory.mktemp("audience"))


def test_an_audience_goes_from_a_file_to_a_file(
    zhanggui: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    document = tmp_path / "again.json"
    document.write_text(json.dumps(AGAIN), "utf-8")
    toml = tmp_path / "again.toml"
    toml.write_text('name = "again"\n[condition]\nkind = "metric"\nmetric = "orders_paid"\nvalue = 2\n', "utf-8")
    audience = ("customers", "audience")

    previewed = zhanggui(*audience, "preview", toml, "--json", "--shop", shop).json
    assert (previewed["size"], previewed["among"], previewed["reachable"]) == (12, 36, 0)
    assert [(row["reason"], row["people"]) for row in previewed["withheld"]] == [("unknown", 12)]
    saved = zhanggui(*audience, "save", document, "--json", "--shop", shop).json
    assert saved["audience"]["people"] == 12
    out = tmp_path / "out.csv"
    exported = zhanggui(*audience, "export", "again", "--purpose", "analysis", "--out", out, "--shop", shop)
    assert "exports/audience_again_" in exported.out
    assert "for analysis only" in exported.err
    assert len(out.read_text("utf-8-sig").splitlines()) == 2 + 12
    assert "12" in zhanggui(*audience, "list", "--shop", shop).out
    shown = zhanggui(*audience, "show", "again", "--json", "--shop", shop).json
    # The shop is that of the test over HTTP too, which exports an audience of this name.
    assert {use["people"] for use in shown["uses"]} == {12}
    assert zhanggui(*audience, "overlap", "again", "--json", "--shop", shop).json["sizes"] == {"again": 12}
    assert zhanggui(*audience, "remove", "again", "--json", "--shop", shop).json == {"removed": "again"}
    gone = zhanggui(*audience, "show", "again", "--shop", shop)
    assert (gone.exit_code, "There is no audience 'again'" in gone.err) == (2, True)


def test_a_file_that_is_no_audience_is_refused(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    for text, word in (("{", "neither JSON nor TOML"), ('{"name": "A B"}', "cannot be understood")):
        bad.write_text(text, "utf-8")
        found = zhanggui("customers", "audience", "preview", bad, "--shop", shop)
        assert (found.exit_code, word in found.err) == (2, True)


def test_http_builds_saves_and_exports(shop: Path) -> None:
    opened = Shop.open(shop)
    root = "/api/v1/customers"
    with open_ledger(opened.dir, statements=opened.statements) as ledger:
        bench = Workbench(opened, ledger)
        client = TestClient(create_app(bench, port=None), base_url="http://127.0.0.1")
        client.headers["X-Zhanggui-Token"] = bench.page_token
        choices = client.get(f"{root}/audience-choices").json()
        assert "orders_paid" in {each["value"] for each in choices["metrics"]}
        assert client.post(f"{root}/audience-preview", json={"audience": AGAIN}).json()["size"] == 12
        assert client.post(f"{root}/audiences", json={"audience": AGAIN}).json()["audience"]["version"] == 1
        overlap = client.post(f"{root}/audience-overlap", json={"names": ["again"]}).json()
        assert overlap["sizes"] == {"again": 12}
        listed = client.post(f"{root}/suppression", json={"tokens": ["x"], "reason": "asked"}).json()
        assert listed == {"people": 1}
        made = client.post(f"{root}/audiences/again/export", json={"purpose": "analysis", "language": "en"}).json()
        assert made["people"] == 12
        assert client.get(f"{root}/audiences").json()["audiences"][0]["people"] == 12
        bad = client.post(f"{root}/audience-preview", json={"audience": {"name": "A"}})
        assert (bad.status_code, bad.json()["error"]["code"]) == (400, "bad_audience")
        assert client.get(f"{root}/audiences/none").status_code == 404
        assert client.post(f"{root}/audiences/again/remove", json={}).json()["audiences"] == []
    opened.close()


def test_a_shop_that_names_nobody_is_told_so(zhanggui: Run, shop_dir: Path, tmp_path: Path) -> None:
    document = tmp_path / "again.json"
    document.write_text(json.dumps(AGAIN), "utf-8")
    found = zhanggui("customers", "audience", "preview", document, "--shop", shop_dir)

    assert (found.exit_code, "Not identifiable" in found.err) == (2, True)


TAGS = """
[[tag]]
name = "regular"
label = "常来"
at_least = 2
half_life_days = 0
[[tag.signals]]
act = "bought"
"""


def test_tags_go_through_a_file_and_are_counted(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "tags.toml"
    file.write_text(TAGS, "utf-8")
    tags = ("customers", "tags")

    assert zhanggui(*tags, "define", file, "--json", "--shop", shop).json == {"kept": ["regular"]}
    assert zhanggui(*tags, "build", "--json", "--shop", shop).json["sizes"] == {"regular": 12}
    [line] = zhanggui(*tags, "list", "--json", "--shop", shop).json["tags"]
    assert (line["people"], line["source"], line["days"][0]["people"]) == (12, ["orders"], 12)
    # Who came five times scores five.
    assert zhanggui(*tags, "show", "regular", "--json", "--shop", shop).json["strongest"][0]["score"] == 5.0
    again = tmp_path / "again.toml"
    again.write_text(zhanggui(*tags, "file", "--shop", shop).out, "utf-8")
    assert zhanggui(*tags, "define", again, "--json", "--shop", shop).json == {"kept": ["regular"]}
    assert zhanggui(*tags, "preferences", "--json", "--shop", shop).json["people"] == 0
    assert zhanggui(*tags, "remove", "regular", "--json", "--shop", shop).json == {"removed": "regular"}
    assert zhanggui(*tags, "define", tmp_path / "none.toml", "--shop", shop).exit_code == 2


def test_hours_moves_and_clusters_are_printed_and_told_as_json(
    zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    found = zhanggui("customers", "behaviour", "--json", "--shop", shop).json
    # Every order of the file was paid at ten; the one of nobody counts as well.
    assert (found["peak"]["hour"], sum(map(sum, found["counts"]))) == (10, 61)
    for words, said in (
        (("behaviour",), "peak: "),
        (("send-hours",), "10:00"),
        (("migration", "--steps", "1", "--days", "40"), "customers"),
        (("clusters", "--k", "3"), "silhouette"),
    ):
        printed = zhanggui("customers", *words, "--shop", shop)
        assert (printed.exit_code, said in printed.out) == (0, True), printed.err
    refused = zhanggui("customers", "contrasts", "--shop", shop)
    assert (refused.exit_code, "too few to contrast" in refused.err) == (2, True)


def test_orders_followed_are_printed_and_a_shop_without_contacts_is_told_what_to_load(
    zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    found = zhanggui("customers", "order-repurchase", "--days", "35", "--json", "--shop", shop).json
    # Of 4 regulars the orders of February to April are each followed in the next month, of 8 who came twice the first
    # by those who came again within 35 days.
    assert (found["orders"], found["date_to"]) == (24 + 8 + 8 + 4 * 4, "2026-05-26")
    printed = zhanggui("customers", "order-repurchase", "--days", "35", "--shop", shop)
    assert (printed.exit_code, f"{found['followed']} of {found['orders']} orders" in printed.out) == (0, True)
    refused = zhanggui("customers", "private-domain", "--shop", shop)
    assert (refused.exit_code, "0 buyers who are contacts" in refused.err) == (2, True)
    assert "union ids" in refused.err


def test_contacts_are_printed_beside_other_buyers(
    zhanggui: Run, shop_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def load(name: str, table: str, columns: dict[str, str], rows: list[str]) -> None:
        file, toml = tmp_path / f"{name}.csv", tmp_path / f"{name}.toml"
        file.write_text("\n".join([",".join(columns.values()), *rows]) + "\n", "utf-8")
        named = "\n".join(f'{key} = "{value}"' for key, value in columns.items())
        toml.write_text(
            f'table = "{table}"\n[columns]\n{named}\n[constants]\nplatform = "own_site"\nshop = "官网"\n'
            'currency = "CNY"\n',
            "utf-8",
        )
        found = zhanggui("load", file, "--map", toml, "--shop", shop_dir)
        assert found.exit_code == 0, found.err

    at = [f"2026-05-{1 + n % 28:02d} 10:00:00" for n in range(70)]
    columns = {"order_id": "no", "created_at": "at", "paid_at": "paid at", "paid_amount": "paid", "buyer_id": "buyer"}
    load("orders", "orders", columns, [f"o{n},{at[n]},{at[n]},{300 if n < 30 else 100}.00,b{n}" for n in range(70)])
    columns = {"member_id": "no", "buyer_id": "buyer", "union_id": "union", "has_consent": "agreed"}
    load("members", "members", columns, [f"m{n},b{n},u{n},是" for n in range(70)])
    columns = {"contact_id": "no", "union_id": "union", "employee": "by", "added_at": "at"}
    load("contacts", "contacts", columns, [f"c{n},u{n},he,2026-05-01 09:00:00" for n in range(30)])

    printed = zhanggui("customers", "private-domain", "--shop", shop_dir)
    assert printed.exit_code == 0, printed.err
    lines = [line.split() for line in printed.out.splitlines()]
    assert ["contacts", "30", "30", "300.00", "300.00"] in lines
    assert ["others", "40", "40", "100.00", "100.00"] in lines
    assert "3.00 times (95% bounds 3.00 – 3.00)" in printed.out
