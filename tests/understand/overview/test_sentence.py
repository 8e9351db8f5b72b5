from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.metrics.ledgers import ledger_of

from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.findings import findings
from zhanggui.understand.overview.sentence import sentence, told_period
from zhanggui.understand.view import View


def test_sentence_tells_the_last_whole_month_its_change_and_where_it_lies(desk: Desk) -> None:
    text = sentence(desk, View()).text

    # February: 2,000 paid − 500 refunded = 1,500 from 40 orders; the 29 days before: 2,800. 四川 rose by all of it.
    assert "2020年2月净支付金额 ¥1,500.00（40 单）" in text.zh
    assert "-46.4%" in text.zh
    assert "¥1.500K from 40 paid orders" in text.en


def test_sentence_names_what_moved_most_in_the_direction_of_the_whole(desk: Desk) -> None:
    text = sentence(desk, View()).text

    # Net revenue fell; January's 江苏, store and product fell by the same 2,800, and the store is told first.
    assert "变化最大的店铺是一店（-¥2,800.00）" in text.zh


def test_chosen_period_is_told_instead(desk: Desk) -> None:
    chosen = View(date_from=date(2020, 1, 1), date_to=date(2020, 1, 15))

    assert sentence(desk, chosen).text.zh.startswith("2020年1月1日至1月15日净支付金额 ¥1,400.00（15 单）")


def test_empty_shop_is_told_what_to_do(tmp_path: Path) -> None:
    shop = Shop.create(tmp_path / "shop")
    with ledger_of(shop.dir, {}) as ledger:
        empty = Desk(shop, ledger)

        assert told_period(empty, View()) is None
        assert "导入" in sentence(empty, View()).text.zh
        assert findings(empty, View()).items == ()


def test_findings_are_priced_and_lead_to_their_proof(desk: Desk) -> None:
    found = findings(desk, View()).items

    assert len(found) == 3
    assert all(item.money and item.href and item.currency == "CNY" for item in found)


def test_refunds_above_the_average_are_priced_by_what_is_above(desk: Desk) -> None:
    item = findings(desk, View()).items[0]

    # 600 of 5,000 is 12%; the cups' 500 of 2,000 is 25%: 500 − 12% × 2,000 = 260 more.
    assert item.money == 260.0
    assert "25.0%" in item.text.zh
    assert "12.0%" in item.text.zh
    assert item.href is not None
    assert "shop%3D" in item.href


def test_unpaid_orders_are_counted_in_money(desk: Desk) -> None:
    # 2 × 70 of 3,000 + 2,000 + 140 created.
    assert findings(desk, View()).items[1].money == 140.0


def test_few_orders_find_nothing(desk: Desk) -> None:
    few = View(date_from=date(2020, 1, 1), date_to=date(2020, 1, 3))

    assert [item.title.zh if item.title else "" for item in findings(desk, few).items] == []
