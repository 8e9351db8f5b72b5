"""What files say about who is who: numbers, points, union ids and phones, never names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.metrics.ledgers import Row, batch, ledger_of, order, store

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.identity import refresh_identity

LOADED = datetime(2026, 7, 1, tzinfo=UTC)


def member(key: str, **more: object) -> Row:
    return {"shop_id": 1, "fact_key": key, "member_key": key, "currency": "CNY", "batch_id": 2, "row_no": 1} | more


def contact(name: str, **more: object) -> Row:
    return {"shop_id": 3, "fact_key": name, "contact_name_token": name, "employee": "he", "added_at": LOADED,
            "currency": "CNY", "batch_id": 3, "row_no": 1} | more  # fmt: skip


def bought(buyer: str, order_id: str, shop_id: int = 1) -> Row:
    return order(order_id, "2026-06-01", 10_00, paid="2026-06-01", buyer_key=buyer, shop_id=shop_id, batch_id=1)


def points(member_key: str, order_id: str) -> Row:
    return {"shop_id": 1, "fact_key": order_id + member_key, "points_entry_id": order_id + member_key,
            "member_key": member_key, "occurred_at": LOADED, "points": 1, "order_id": order_id, "currency": "CNY",
            "batch_id": 4, "row_no": 1}  # fmt: skip


def party(kind: str, name: str, phone: str, shop_id: int = 1) -> Row:
    return {"shop_id": shop_id, "party_kind": kind, "party_id": name, "phone_token": phone, "batch_id": 1}


def tables(**rows: Sequence[Row]) -> dict[str, Sequence[Row]]:
    stores = [store(1, "商城", "own_site"), store(2, "小程序", "own_site"), store(3, "公司", "company")]
    batches = [batch(n, 1, LOADED, name) for n, name in enumerate(("orders", "members", "contacts", "points"), 1)]
    return {"store": stores, "source_batch": batches, **rows}


def people(folder: Path, rows: Mapping[str, Sequence[Row]], undone: Sequence[str] = ()) -> dict[str, str]:
    """Return the person of each id that evidence ties to another."""
    with ledger_of(folder, rows) as ledger:
        refresh_identity(ledger, undone)
        return _people(ledger)


def _people(ledger: Ledger) -> dict[str, str]:
    return {row["id_key"]: row["person_key"] for row in ledger.query(ledger.table("identity")).to_pylist()}


def _states(ledger: Ledger) -> dict[tuple[str, str], str]:
    rows = ledger.query(ledger.table("identity_merge")).to_pylist()
    return {(row["left_key"], row["rule"]): row["state"] for row in rows}


def test_a_member_file_that_names_the_buyer_ties_both(tmp_path: Path) -> None:
    found = people(tmp_path, tables(member=[member("m", buyer_key="1-b")], order_header=[bought("1-b", "o")]))

    assert found == {"1-m": "1-b", "1-b": "1-b"}


def test_points_for_an_order_name_member_and_buyer(tmp_path: Path) -> None:
    rows = tables(member=[member("m")], order_header=[bought("1-b", "o")], points_entry=[points("m", "o")])

    assert people(tmp_path, rows) == {"1-m": "1-b", "1-b": "1-b"}


def test_points_for_orders_of_two_buyers_name_nobody(tmp_path: Path) -> None:
    rows = tables(
        member=[member("m")], order_header=[bought("1-b", "o"), bought("1-c", "p")],
        points_entry=[points("m", "o"), points("m", "p")],
    )  # fmt: skip

    assert people(tmp_path, rows) == {}


@pytest.mark.parametrize(("n_proven", "expected"), [(5, "1-n9"), (4, None)])
def test_equal_numbers_count_once_five_members_prove_that_the_store_numbers_alike(
    tmp_path: Path, n_proven: int, expected: str | None
) -> None:
    members = [member(f"m{n}", account_key=f"1-n{n}") for n in range(10)]
    rows = tables(
        member=members,
        order_header=[bought(f"1-n{n}", f"o{n}") for n in range(10)],
        points_entry=[points(f"m{n}", f"o{n}") for n in range(n_proven)],
    )

    assert people(tmp_path, rows).get("1-m9") == expected


def test_equal_numbers_mean_nothing_where_proof_says_the_store_numbers_otherwise(tmp_path: Path) -> None:
    # Member n bought as buyer n + 1: that the numbers overlap is chance.
    rows = tables(
        member=[member(f"m{n}", account_key=f"1-n{n}") for n in range(8)],
        order_header=[bought(f"1-n{n}", f"o{n}") for n in range(8)],
        points_entry=[points(f"m{n}", f"o{n + 1}") for n in range(6)],
    )

    with ledger_of(tmp_path, rows) as ledger:
        refresh_identity(ledger)
        assert _people(ledger)["1-m0"] == "1-n1"
        assert _states(ledger)["1-m7", "same_number"] == "unproven"
        assert "1-m7" not in _people(ledger)


def test_a_union_id_ties_a_member_to_a_contact(tmp_path: Path) -> None:
    rows = tables(member=[member("m", union_key="u")], contact=[contact("anna", union_key="u")])

    assert people(tmp_path, rows)["anna@he"] == "1-m"


def test_equal_names_tie_nothing(tmp_path: Path) -> None:
    rows = tables(
        member=[member("m")],
        contact=[contact("anna"), contact("anna", employee="sui", fact_key="anna2")],
        party_pii=[party("order", "o", "p") | {"name_token": "anna"}],
        order_header=[bought("1-b", "o")],
    )

    assert people(tmp_path, rows) == {}


@pytest.mark.parametrize(("consent", "expected"), [(1, "1-m"), (0, None), (None, None)])
def test_a_phone_ties_only_where_the_member_agreed(tmp_path: Path, consent: int | None, expected: str | None) -> None:
    rows = tables(
        member=[member("m", phone_token="p", has_consent=consent)], contact=[contact("anna", phone_token="p")]
    )

    assert people(tmp_path, rows).get("anna@he") == expected


def test_a_buyer_of_another_store_is_known_by_a_phone_given_every_time(tmp_path: Path) -> None:
    rows = tables(
        member=[member("m", phone_token="p", has_consent=1)],
        order_header=[bought("2-b", "o", 2), bought("2-c", "q", 2), bought("2-c", "r", 2)],
        # c had one parcel sent to this phone and one to another: a gift, perhaps.
        party_pii=[party("order", "o", "p", 2), party("order", "q", "p", 2), party("order", "r", "z", 2)],
    )

    assert people(tmp_path, rows) == {"1-m": "2-b", "2-b": "2-b", "p": "2-b"}


def test_a_merge_that_was_undone_stays_in_the_log_and_ties_nothing(tmp_path: Path) -> None:
    rows = tables(member=[member("m", buyer_key="1-b")], order_header=[bought("1-b", "o")])

    with ledger_of(tmp_path, rows) as ledger:
        refresh_identity(ledger)
        before = _people(ledger)
        [name] = ledger.query(ledger.table("identity_merge")).column("merge_id").to_pylist()

        assert refresh_identity(ledger, [name])
        assert _people(ledger) == {}
        assert _states(ledger) == {("1-m", "buyer_stated"): "undone"}

        refresh_identity(ledger)
        assert _people(ledger) == before


def test_nothing_is_made_anew_while_nothing_changed(tmp_path: Path) -> None:
    with ledger_of(tmp_path, tables(member=[member("m", buyer_key="1-b")])) as ledger:
        assert refresh_identity(ledger)
        assert not refresh_identity(ledger)
