"""``zhanggui customers people|person|merges|undo-merge|portrait``, and the same over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.cli.conftest import Run
from tests.collect.loading.shops import csv, layout, till_at
from tests.understand.customers.crowd import crowd, write_shop

from zhanggui.app.application import create_app
from zhanggui.app.guard import TOKEN_HEADER
from zhanggui.app.workbench import Workbench
from zhanggui.cli.opened import owned_ledger
from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shop of :func:`write_shop` with a member file that names the buyers of two members."""
    folder = tmp_path_factory.mktemp("people")
    found = write_shop(folder)
    rows = [("m1", "often0", "金会员"), ("m2", "often1", "普通"), ("m3", "", "普通")]
    with till_at(folder) as till:
        columns = {"member_id": "id", "buyer_id": "buyer", "tier": "tier"}
        till.taken("members.csv", csv(("id", "buyer", "tier"), *rows), layout=layout("members", columns))
    return found


def test_people_are_counted_with_what_ties_them(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("customers", "people", "--json", "--shop", shop).json

    assert [(row["kind"], row["ids"], row["tied"]) for row in found["ids"]] == [("member", 3, 2), ("contact", 0, 0)]
    assert [(row["rule"], row["state"], row["links"]) for row in found["evidence"]] == [("buyer_stated", "used", 2)]
    shown = zhanggui("customers", "people", "--shop", shop).out
    assert "自有网站" in shown
    assert "own_site" not in shown


def test_a_merge_is_listed_undone_and_restored(zhanggui: Run, shop: Path) -> None:
    merge = zhanggui("customers", "merges", "--json", "--shop", shop).json["merges"][0]["merge_id"]

    undone = zhanggui("customers", "undo-merge", merge, "--reason", "two sisters", "--json", "--shop", shop).json
    again = zhanggui("customers", "undo-merge", merge, "--reason", "two sisters", "--json", "--shop", shop).json
    listed = zhanggui("customers", "merges", "--state", "undone", "--json", "--shop", shop).json
    zhanggui("customers", "undo-merge", merge, "--reason", "one after all", "--restore", "--shop", shop)
    after = zhanggui("customers", "merges", "--json", "--shop", shop).json

    assert (undone["changed"], undone["still_one"], again["changed"]) == (True, False, False)
    assert [row["merge_id"] for row in listed["merges"]] == [merge]
    assert {row["state"] for row in after["merges"]} == {"used"}
    assert [row["action"] for row in after["decisions"] if row["reason"].startswith("one")] == ["restore"]
    shown = zhanggui("customers", "merges", "--shop", shop).out
    assert "会员 #" in shown
    assert "店铺买家 #" in shown
    assert f"恢复 {merge}: one after all (店主)" in shown


def test_a_customer_is_shown_by_the_end_of_her_token(zhanggui: Run, shop: Path) -> None:
    [row] = [
        row for row in zhanggui("customers", "merges", "--json", "--shop", shop).json["merges"]
        if row["right_kind"] == "buyer"
    ][:1]  # fmt: skip
    found = zhanggui("customers", "person", row["right"][-12:], "--json", "--shop", shop).json

    assert found["person"] == row["right"]
    assert found["orders_paid"] == len(crowd()["often0"])
    assert found["tier"] in ("金会员", "普通")
    assert all(field["is_masked"] for field in found["personal"])
    assert found["orders"][0]["order_id"] in zhanggui("customers", "person", row["right"], "--shop", shop).out
    unknown = zhanggui("customers", "person", "zzzzzzz", "--shop", shop)
    assert (unknown.exit_code, "nobody's id" in unknown.err) == (2, True)


def test_a_portrait_of_too_small_a_group_says_so(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("customers", "portrait", "--group", "segment=high_value", "--shop", shop)

    assert (found.exit_code, "below 30" in found.err) == (2, True)


def test_http_gives_the_same_and_refuses_a_clear_view(shop: Path) -> None:
    held = Shop.open(shop)
    with owned_ledger(held) as ledger:
        bench = Workbench(held, ledger)
        client = TestClient(create_app(bench, port=8765), base_url="http://127.0.0.1:8765")
        root = "/api/v1/customers"
        token = {TOKEN_HEADER: bench.page_token}
        merge = client.get(f"{root}/merges").json()["merges"][0]
        key = merge["right"].replace("h1:", "")

        assert client.get(f"{root}/people").json()["ids"][0]["tied"] == 2
        assert client.get(f"{root}/person/{key}").json()["person"] == merge["right"]
        assert client.get(f"{root}/person/nobody-here").status_code == 404
        assert client.get(f"{root}/portrait?group=shoe%3Dlarge").status_code == 400
        refused = client.post(f"{root}/person/{key}/clear", json={"reason": "call back"}, headers=token)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "clear_view_refused")
        said = {"reason": "two people"}
        assert client.post(f"{root}/merges/none/undo", json=said, headers=token).status_code == 404
        assert client.post(f"{root}/merges/{merge['merge_id']}/undo", json=said, headers=token).json()["changed"]
        assert client.post(f"{root}/merges/{merge['merge_id']}/restore", json=said, headers=token).json()["still_one"]
        assert client.get(f"/api/v1/tiles/person/{key}/figures").json()["items"][0]["metric"] == "person_orders"
    held.close()
