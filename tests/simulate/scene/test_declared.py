"""What platforms declare agrees with the orders and the visitors of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.records import (
    AD_ROWS,
    DECLARED_HOURS,
    DECLARED_PRODUCTS,
    DECLARED_SOURCES,
    DECLARED_WORDS,
    LINES,
    LIVE_SESSIONS,
    NOTES,
    ORDERS,
    REFUNDS,
    VISITS,
)
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.stores import CHANNEL_OF, STORES

if TYPE_CHECKING:
    from tests.simulate.conftest import Lived

OWN = 6
SAMPLE = (0, 10, 38, 49)
"""Days looked at one by one: the first, an ordinary one, one of the promotion, the last."""


def paid_on(lived: Lived, records: DayRecords) -> Rows:
    orders = lived.all(ORDERS)
    return orders.where((orders["paid_at"] >= records.midnight) & (orders["paid_at"] < records.midnight + 86_400))


def test_sources_count_the_buyers_and_the_money_of_the_day_of_payment(lived: Lived) -> None:
    for records in (lived.days[day] for day in SAMPLE):
        paid, declared = paid_on(lived, records), records[DECLARED_SOURCES]
        for store in range(OWN):
            own, rows = paid.where(paid["store"] == store), declared.where(declared["store"] == store)
            assert rows["paid_minor"].sum() == own["due_minor"].sum()
            for channel, buyers in zip(rows["channel"].tolist(), rows["buyers"].tolist(), strict=True):
                assert buyers == len(np.unique(own["person"][own["channel"] == channel]))


def test_hours_count_the_buyers_and_the_money_of_each_hour(lived: Lived) -> None:
    for records in (lived.days[day] for day in SAMPLE):
        paid, declared = paid_on(lived, records), records[DECLARED_HOURS]
        for store in range(OWN):
            own, rows = paid.where(paid["store"] == store), declared.where(declared["store"] == store)
            hour = (own["paid_at"] - records.midnight) // 3_600
            assert rows["hour"].tolist() == list(range(24))
            assert rows["paid_minor"].tolist() == np.bincount(hour, own["due_minor"], 24).astype(int).tolist()
            assert rows["buyers"].tolist() == [len(np.unique(own["person"][hour == one])) for one in range(24)]


def test_products_count_their_units_buyers_money_and_refunds(lived: Lived) -> None:
    product_of = lived.world.shelf.product
    lines, refunds = lived.all(LINES), lived.all(REFUNDS)
    for records in (lived.days[day] for day in SAMPLE):
        paid, declared = paid_on(lived, records), records[DECLARED_PRODUCTS]
        bought = lines.where(np.isin(lines["order"], paid["order"]) & ~lines["is_gift"])
        back = refunds.where(
            (refunds["refunded_at"] >= records.midnight) & (refunds["refunded_at"] < records.midnight + 86_400)
        )
        for store in range(OWN):
            own, rows = bought.where(bought["store"] == store), declared.where(declared["store"] == store)
            returned = back.where((back["store"] == store) & (back["sku"] != NEVER))
            shown = rows["product"]
            assert rows["units"].tolist() == _sums(product_of[own["sku"]], own["quantity"], shown)
            assert rows["paid_minor"].tolist() == _sums(product_of[own["sku"]], own["due_minor"], shown)
            assert rows["refunded_minor"].tolist() == _sums(
                product_of[returned["sku"]], returned["refunded_minor"], shown
            )
            assert rows["paid_minor"].sum() == own["due_minor"].sum()


def _sums(product: Ints, values: Ints, shown: Ints) -> list[int]:
    """Return the sum of each shown product."""
    n = max(product.max(initial=0), shown.max(initial=0)) + 1
    sums: list[int] = np.bincount(product, values, n).astype(int)[shown].tolist()
    return sums


def test_nobody_buys_without_having_come(lived: Lived) -> None:
    for table in (DECLARED_SOURCES, DECLARED_HOURS, DECLARED_PRODUCTS, DECLARED_WORDS):
        rows = lived.all(table)
        assert len(rows) > 0
        assert (rows["visitors"] >= rows["buyers"]).all()
    for table in (DECLARED_SOURCES, DECLARED_HOURS, DECLARED_PRODUCTS):
        rows = lived.all(table)
        assert (rows["views"] >= rows["visitors"]).all()


def test_declared_visitors_hold_all_who_came_for_the_first_time(lived: Lived) -> None:
    for records in lived.days:
        visits, declared = records[VISITS], records[DECLARED_SOURCES]
        for store in range(OWN):
            own = visits.where(visits["store"] == store)
            came = np.bincount(own["channel"], own["visitors"], 15)
            rows = declared.where(declared["store"] == store)
            counted = np.bincount(rows["channel"], rows["visitors"], 15)
            assert (counted >= came).all()


def test_search_words_tell_part_of_the_search(lived: Lived) -> None:
    for records in (lived.days[day] for day in SAMPLE):
        words, sources = records[DECLARED_WORDS], records[DECLARED_SOURCES]
        for store in range(OWN):
            told = words.where(words["store"] == store)
            search = sources.where((sources["store"] == store) & (sources["channel"] == CHANNEL_OF["search"]))
            assert told["paid_minor"].sum() <= search["paid_minor"].sum()
            assert len(np.unique(told["word"])) == len(told)


def test_ad_reports_hold_the_orders_that_followed_a_click(lived: Lived) -> None:
    ads, orders = lived.all(AD_ROWS), lived.all(ORDERS)
    followed = orders.where((orders["creative"] != NEVER) & (orders["paid_at"] != NEVER))
    n = len(lived.world.scene.creatives)

    direct = np.bincount(ads["creative"], ads["claimed_direct_orders"], n)
    assert direct.tolist() == np.bincount(followed["creative"], minlength=n).tolist()
    assert ads["claimed_direct_minor"].sum() == followed["due_minor"].sum()
    assert (ads["clicks"] <= ads["impressions"]).all()
    assert (ads["claimed_net_minor"] <= ads["claimed_minor"]).all()
    store_of = np.array([group.store for group in lived.world.scene.ad_groups])
    assert (store_of[ads["ad_group"]] == ads["store"]).all()


def test_live_sessions_and_notes_have_the_visitors_they_brought(lived: Lived) -> None:
    visits, sessions, notes = lived.all(VISITS), lived.all(LIVE_SESSIONS), lived.all(NOTES)
    live = visits.where(visits["live_session"] != NEVER)

    assert np.isin(live["live_session"], sessions["live_session"]).all()
    assert len(np.unique(sessions["live_session"])) == len(sessions)
    place = np.searchsorted(sessions["live_session"], live["live_session"])
    assert (sessions["viewers"][place] >= live["visitors"]).all()
    assert np.isin(visits["note"][visits["note"] != NEVER], notes["note"]).all()
    assert (notes["impressions"] >= notes["clicks"]).all()
    assert {-1, 0, 1} == set(notes["sentiment"].tolist())
    # Notes are paid for once, on the day of publishing.
    paid = notes.where(notes["cost_minor"] > 0)
    assert len(np.unique(paid["note"])) == len(paid)
    assert (paid["published_at"] >= lived.days[0].midnight).all()


def test_creators_ask_for_money_and_hosts_do_not(lived: Lived) -> None:
    creators, sessions = lived.world.scene.creators, lived.all(LIVE_SESSIONS)
    is_host = np.array([creator.is_host for creator in creators])[sessions["creator"]]

    assert (sessions["slot_fee_minor"][is_host] == 0).all()
    assert (sessions["commission_bp"][~is_host] >= 1_000).all()
    assert (sessions["slot_fee_minor"][~is_host] > 0).all()
    assert (sessions["ended_at"] > sessions["started_at"]).all()
    assert all(creator.return_factor > 1.0 for creator in creators)


def test_the_own_site_declares_nothing(lived: Lived) -> None:
    for table in (DECLARED_SOURCES, DECLARED_HOURS, DECLARED_PRODUCTS, DECLARED_WORDS):
        assert OWN not in lived.all(table)["store"]
    assert STORES[OWN].platform.value == "own_site"
