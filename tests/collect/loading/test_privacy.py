"""Nothing personal lies readable anywhere in a shop directory; what is shown of it is masked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.collect.loading.forms import order, report
from tests.collect.loading.shops import Till, csv, layout, till_at

from zhanggui.collect.loading.corrections import move_batch, replay_rows
from zhanggui.collect.loading.source_rows import SourceRowMissingError, read_source_row
from zhanggui.ledger.engine import prepared

NAME, PHONE, STREET = "欧阳金丝雀", "13912345678", "文二西路金丝雀小区七号"
BUYER, ACCOUNT, EMAIL = "canary_buyer_77", "canary.account@pay.example", "canary.mail@home.example"
CANARIES = (NAME, PHONE, STREET, BUYER, ACCOUNT, EMAIL)
PERSONAL = {
    "买家会员名": BUYER,
    "买家支付宝账号": ACCOUNT,
    "收货人姓名": NAME,
    "收货地址 ": f"浙江省 杭州市 西湖区 {STREET}",
    "联系手机": PHONE,
}


def readable_in(directory: Path) -> set[str]:
    """Return the personal words that stand in any byte of any file below `directory`, in any usual encoding."""
    found = set()
    for path in directory.rglob("*"):
        if path.is_file():
            data = path.read_bytes() + str(path).encode()
            for word in CANARIES:
                if any(word.encode(encoding) in data for encoding in ("utf-8", "gb18030", "utf-16-le")):
                    found.add(word)
    return found


@contextmanager
def _statements_of_its_own() -> Iterator[None]:
    """Let a shop keep its statements where shops do, and compile all of them itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHANGGUI_LEDGER_STATEMENTS", "")
        patch.setattr(prepared, "_STATEMENTS", {})
        yield


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """A shop that took personal data in every way there is: good rows, quarantine, rejects, a replay, a move."""
    with _statements_of_its_own(), till_at(tmp_path_factory.mktemp("privacy")) as till:
        faulty = order("3", 总金额="abc", **PERSONAL)
        # The cell at fault is personal itself: a phone where the amount belongs.
        misplaced = order("4", 总金额=PHONE + "元整", **PERSONAL)
        data = report(order("1", **PERSONAL), order("2"), faulty, misplaced)
        ragged = f"5,{NAME},{PHONE}\n".encode("gb18030")
        till.taken("a.csv", data + ragged, store="甲店")
        columns = {"buyer_id": "会员", "name": "姓名", "phone": "手机", "email": "邮箱", "address": "地址"}
        people = csv([*columns.values()], [BUYER, NAME, PHONE, EMAIL, STREET])
        till.taken("people.csv", people, layout=layout("customers", columns))
        issues = till.column("data_issue", "issue_id", column_name="总金额")
        replay_rows(till.shop, till.ledger, {issues[0]: {"总金额": "1.00"}})
        till.load("unknown.csv", f"甲,乙\n{NAME},{PHONE}\n")
        till.load("a.csv", data, store="甲店", is_dry_run=True)
        move_batch(till.shop, till.ledger, 1, "乙店")
        till.ledger.checkpoint()
        yield till


def test_no_byte_of_the_shop_directory_tells_a_name_phone_or_address(loaded: Till) -> None:
    assert readable_in(loaded.desk) >= {NAME, PHONE, STREET, BUYER, ACCOUNT}  # The search finds what is there.
    assert readable_in(loaded.shop.dir) == set()


def test_no_statement_that_is_kept_names_a_buyer(loaded: Till) -> None:
    tokens = {token for token in loaded.column("order_header", "buyer_key") if token}
    kept = [path.read_text("utf-8") for path in (loaded.shop.dir / "cache" / "statements").rglob("*.sql")]

    assert len(kept) > 50
    assert tokens
    assert [token for token in tokens if any(token in text for text in kept)] == []


def test_the_cells_in_quarantine_are_sealed(loaded: Till) -> None:
    sealed = [row["value_sealed"] for row in loaded.rows("data_issue") if row["value_sealed"] is not None]

    assert len(sealed) >= 3
    assert not any(PHONE.encode() in value or NAME.encode() in value for value in sealed)


def test_province_and_city_stay_readable(loaded: Till) -> None:
    assert (loaded.order("1")["province"], loaded.order("1")["city"]) == ("浙江", "杭州市")


def test_equal_personal_cells_have_equal_tokens(loaded: Till) -> None:
    orders = loaded.rows("party_pii", party_kind="order", party_id="1")
    people = loaded.rows("party_pii", party_kind="customer")

    assert orders[0]["phone_token"] == people[0]["phone_token"]
    assert orders[0]["name_token"] == people[0]["name_token"]


def test_a_source_row_is_shown_with_its_personal_cells_masked(loaded: Till) -> None:
    row = read_source_row(loaded.shop, 1, 2)

    shown = {cell.header.strip(): cell.value for cell in row.cells}
    columns = {cell.header.strip(): cell.column for cell in row.cells}
    assert shown["订单编号"] == "1"
    assert shown["总金额"] == "100.00"
    assert columns["订单编号"] == "order_id"
    text = " ".join(value or "" for value in shown.values())
    assert not any(word in text for word in CANARIES)
    assert (shown["收货地址"] or "").startswith("浙江省")


def test_a_row_that_is_not_there_is_said_to_be_missing(loaded: Till) -> None:
    with pytest.raises(SourceRowMissingError):
        read_source_row(loaded.shop, 1, 99)
    with pytest.raises(SourceRowMissingError):
        read_source_row(loaded.shop, 99, 1)
