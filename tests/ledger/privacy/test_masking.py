"""Masks and the detector of personal values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.columns import INPUT_COLUMNS
from zhanggui.ledger.privacy import MaskKind, looks_personal, mask_cell, personal_kind
from zhanggui.ledger.privacy.masking import KIND_OF_COLUMN


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        ("13800138000", "phone", "138****8000"),
        ("+86 138-0013-8000", "phone", "138****8000"),
        ("138****8000", "phone", "138****8000"),
        ("110", "phone", "***"),
        ("张三", "name", "张*"),
        ("欧阳娜娜", "name", "欧**"),
        ("张", "name", "张*"),
        ("li.lei@example.com", "email", "l***@example.com"),
        ("not a mail", "email", "n***l"),
        ("taobao_user", "account", "t***r"),
        ("abc", "account", "a***"),
        ("li@example.com", "account", "l***@example.com"),
        ("江苏省 南京市 玄武区 中山路1号", "address", "江苏省 南京市 ***"),
        ("内蒙古自治区呼和浩特市新城区", "address", "内蒙古自治区呼和浩特市 ***"),
        ("上海市 浦东新区 世纪大道100号", "address", "上海市 ***"),
        ("12 High Street", "address", "***"),
        ("张三 13800138000 江苏省南京市中山路1号", "address", "***"),
        ("11010519491231002X", "id_card", "110*************2X"),
        ("", "phone", ""),
        (None, "name", None),
    ],
)
def test_a_cell_is_shown_with_its_mask(cell: str | None, kind: MaskKind, shown: str | None) -> None:
    assert mask_cell(cell, kind) == shown


def test_an_unmapped_cell_loses_only_what_is_personal_in_it() -> None:
    assert mask_cell("请打 13800138000 或写 li@example.com", "none") == "请打 138****8000 或写 l***@example.com"
    assert mask_cell("张三 13800138000 江苏省南京市中山路1号", "none") == "***"
    assert mask_cell("江苏省南京市中山路1号", "none") == "江苏省南京市 ***"
    assert mask_cell("红色 XL 2件", "none") == "红色 XL 2件"


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("13800138000", "phone"),
        ("电话：+86 138 0013 8000。", "phone"),
        ("１３８００１３８０００", "phone"),
        ("a.b+c@mail.example.cn", "email"),
        ("身份证11010519491231002X", "id_card"),
        ("江苏省南京市玄武区中山路1号", "address"),
    ],
)
def test_personal_values_are_found(cell: str, kind: str) -> None:
    assert personal_kind(cell) == kind


@pytest.mark.parametrize(
    "cell",
    [
        "889900112233445566",  # an order number of 18 digits
        "1380013800012345678",  # an order number that begins like a mobile
        "110105194912310021",  # an ID card's form with a wrong check digit
        "138****8000",
        "2020-02-01 12:00:00",
        "102.75",
        "5号电池",
        "",
        None,
    ],
)
def test_numbers_of_the_trade_are_not_taken_for_people(cell: str | None) -> None:
    assert not looks_personal(cell)


def test_every_personal_input_column_has_a_mask() -> None:
    assert set(KIND_OF_COLUMN) == {name for name, column in INPUT_COLUMNS.items() if column.personal == "personal"}


@given(st.text(max_size=60))
def test_no_mobile_number_survives_a_mask(text: str) -> None:
    shown = mask_cell(f"{text} 13800138000 {text}", "none")

    assert shown is not None
    assert "13800138000" not in shown
