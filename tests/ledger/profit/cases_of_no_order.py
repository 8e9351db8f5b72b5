"""What belongs to no order line: advertising, creators, deposits that were kept, strange fees, costs of a period."""

from __future__ import annotations

from tests.ledger.profit.case import Case
from tests.ledger.profit.trade import Item, Trade

FULL_DOMAIN = "qianchuan.full_domain_live"


def _ad(trade: Trade, day: str, scope: str, spend: str, **more: str) -> None:
    trade.add("ad_spend", day=day, report_scope=scope, spend=spend, **more)


def _reports_of_one_system(trade: Trade) -> None:
    # The same money by plan and by product: the product report lacks 10.00 that went to the whole store.
    _ad(trade, "2026-03-01", "alimama.campaigns", "60.00", campaign_id="K1")
    _ad(trade, "2026-03-01", "alimama.campaigns", "40.00", campaign_id="K2")
    _ad(trade, "2026-03-01", "alimama.items", "90.00", item_id="P1", item_type="商品")
    # Another system's money is other money.
    _ad(trade, "2026-03-01", "qianchuan.standard", "5.00", campaign_id="K3")


def _reports_of_equal_spend(trade: Trade) -> None:
    _ad(trade, "2026-03-02", "alimama.campaigns", "30.00", campaign_id="K1")
    _ad(trade, "2026-03-02", "alimama.items", "10.00", item_id="P1", item_type="商品")
    _ad(trade, "2026-03-02", "alimama.items", "20.00", item_name="独一无二的茶壶", item_type="商品")
    trade.add("products", product_id="P7", product_title="独一无二的茶壶")


def _session(trade: Trade, name: str, at: str, *, store: str = "甲店", **more: str) -> None:
    trade.add("live_sessions", store, live_session_id=name, started_at=at, creator_id="D1", **more)


def _pushes(trade: Trade) -> None:
    _session(trade, "L1", "2026-03-04 20:00:00", spend="50.00")
    _session(trade, "L2", "2026-03-05 20:00:00", spend="70.00")
    # The platform's own report of the fifth says 71.00; it counts, and the session's word does not.
    _ad(trade, "2026-03-05", FULL_DOMAIN, "71.00", campaign_id="L2")


def _advertising_in_the_ledger(trade: Trade) -> None:
    # March has reports, so the first fills the account that they spend from; April has none.
    trade.booked("ad_fee", "-500.00", booked_at="2026-03-06 10:00:00", entry_id="AD-1")
    trade.booked("ad_fee", "-80.00", booked_at="2026-04-06 10:00:00", entry_id="AD-2")


def _slot_fee_of_a_session(trade: Trade) -> None:
    _session(trade, "L3", "2026-03-07 20:00:00", slot_fee="300.00")
    # The store's sessions state their fees, so this agreement's is the same money.
    trade.add("creator_contracts", contract_id="K9", valid_from="2026-03-08", slot_fee="300.00", creator_id="D1")


def _slot_fee_of_an_agreement(trade: Trade) -> None:
    trade.platforms["己店"] = "kuaishou"
    for place, day in enumerate((1, 2, 3)):
        _session(trade, f"LK{place}", f"2026-03-0{day} 20:00:00", store="己店")
    told = {"valid_from": "2026-03-01", "valid_to": "2026-03-31"}
    trade.add("creator_contracts", "己店", contract_id="K1", creator_id="D1", slot_fee="100.00", **told)
    trade.add("creator_contracts", "己店", contract_id="K2", creator_id="D2", slot_fee="55.00", **told)


def _sample(trade: Trade) -> None:
    trade.add("creator_contracts", contract_id="K3", creator_id="D3", valid_from="2026-03-09", sample_cost="88.00")


def _content(trade: Trade) -> None:
    trade.add("content_posts", day="2026-03-10", post_id="N1", content_channel="xiaohongshu", spend="120.00")


def _deposit(trade: Trade) -> None:
    trade.order(
        "presale", Item("presale", "200.00"), paid="0.00", status="closed_unpaid", day="2026-03-11",
        deposit_paid_at="2026-03-11 09:05:00", deposit_amount="20.00", presale="是",
    )  # fmt: skip
    trade.booked("goods", "20.00", "presale", booked_at="2026-03-30 10:00:00")
    # Paid out, and taken a fee of.
    trade.booked("service_fee", "-0.12", "presale", booked_at="2026-03-30 10:00:00")


def _deposit_that_became_an_order(trade: Trade) -> None:
    trade.order(
        "paid-presale", Item("paid-presale", "200.00"), paid="200.00", day="2026-10-01", status="completed",
        shipped="2026-10-02 10:00:00", deposit_paid_at="2026-09-20 09:05:00", deposit_amount="20.00", presale="是",
    )  # fmt: skip
    trade.booked("goods", "200.00", "paid-presale")


def _fee_of_nobody(trade: Trade) -> None:
    trade.booked("service_fee", "-6.00", "no-such-order", booked_at="2026-03-12 10:00:00")
    for category, amount in (("goods", "50.00"), ("refund", "-7.00"), ("subsidy", "3.00"), ("withdrawal", "-40.00")):
        trade.booked(category, amount, booked_at="2026-03-12 10:00:00", entry_id=f"W-{category}")


def _cost_shared_by_orders(trade: Trade) -> None:
    trade.platforms["乙店"] = "taobao"
    for store, name, n_orders, paid in (("甲店", "may-a", 1, "90.00"), ("乙店", "may-b", 2, "5.00")):
        for place in range(n_orders):
            item = Item(f"{name}-{place}", paid)
            trade.order(f"{name}-{place}", item, paid=paid, day="2026-05-05", status="paid", store=store)
    told = {"period_from": "2026-05-05", "period_to": "2026-05-05"}
    trade.add("costs", None, cost_id="X1", cost_kind="packaging", amount="1.00", allocation="orders", **told)
    trade.add("costs", None, cost_id="X2", cost_kind="other", amount="1.00", allocation="paid_amount", **told)
    trade.add("costs", None, cost_id="X3", cost_kind="insurance", amount="0.07", allocation="units", **told)


def _cost_of_several_days(trade: Trade) -> None:
    told = {"period_from": "2026-06-01", "period_to": "2026-06-03", "allocation": "none"}
    trade.add("costs", cost_id="X4", cost_kind="rent", amount="100.00", **told)
    trade.add("costs", None, cost_id="X5", cost_kind="labour", amount="0.02", **told)


def _tax_of_a_period(trade: Trade) -> None:
    trade.add("costs", cost_id="X6", cost_kind="tax", period_from="2026-06-30", amount="321.00", allocation="none")


def _brushing_of_a_period(trade: Trade) -> None:
    trade.add("costs", cost_id="X7", cost_kind="brushing", period_from="2026-06-29", amount="64.00", allocation="none")


CASES = (
    Case(
        "ads_by_report",
        "of_the_reports_of_one_system_the_one_with_the_largest_spend_counts",
        _reports_of_one_system,
        entries={("甲店", "2026-03-01"): (
            ("ad_spend", -60_00, "counted"), ("ad_spend", -40_00, "counted"), ("ad_spend", -5_00, "counted"),
        )},
    ),
    Case(
        "ads_by_report",
        "of_equal_spends_the_report_that_names_products_counts_by_id_or_by_a_title_of_one_product",
        _reports_of_equal_spend,
        entries={("甲店", "2026-03-02"): (("ad_spend", -20_00, "counted"), ("ad_spend", -10_00, "counted"))},
        products={("甲店", "2026-03-02"): ("P7", "P1")},
    ),
    Case(
        "ads_of_live",
        "push_of_a_session_counts_unless_the_platforms_report_has_the_day",
        _pushes,
        entries={
            ("甲店", "2026-03-04"): (("ad_spend", -50_00, "counted"),),
            ("甲店", "2026-03-05"): (("ad_spend", -71_00, "counted"),),
        },
    ),
    Case(
        "ads_by_ledger",
        "advertising_in_the_ledger_counts_in_months_without_any_report",
        _advertising_in_the_ledger,
        entries={
            ("甲店", "2026-03-06"): (),
            ("甲店", "2026-04-06"): (("ad_spend", -80_00, "counted"),),
        },
    ),
    Case(
        "slot_fee",
        "fee_of_a_session_stands_on_its_day_and_its_agreement_is_no_second_one",
        _slot_fee_of_a_session,
        entries={("甲店", "2026-03-07"): (("slot_fee", -300_00, "counted"),), ("甲店", "2026-03-08"): ()},
    ),
    Case(
        "slot_fee",
        "fee_of_an_agreement_is_spread_over_its_sessions_or_stands_on_its_first_day",
        _slot_fee_of_an_agreement,
        # 100.00 by three, and 55.00 of a creator without any session.
        entries={
            ("己店", "2026-03-01"): (("slot_fee", -55_00, "estimated"), ("slot_fee", -33_34, "estimated")),
            ("己店", "2026-03-02"): (("slot_fee", -33_33, "estimated"),),
            ("己店", "2026-03-03"): (("slot_fee", -33_33, "estimated"),),
        },
    ),
    Case(
        "sample", "samples_stand_on_the_day_their_agreement_begins", _sample,
        entries={("甲店", "2026-03-09"): (("sample", -88_00, "counted"),)},
    ),
    Case(
        "content", "note_costs_on_its_day", _content,
        entries={("甲店", "2026-03-10"): (("content", -120_00, "counted"),)},
    ),
    Case(
        "forfeited_deposit",
        "deposit_that_was_kept_is_income_of_the_day_of_the_order_and_its_fee_a_line_of_the_day_it_was_booked",
        _deposit,
        entries={
            ("甲店", "2026-03-11"): (("forfeited_deposit", 20_00, "counted"),),
            ("甲店", "2026-03-30"): (("unmatched_settlement", -12, "counted"),),
        },
    ),
    Case(
        "forfeited_deposit",
        "deposit_of_an_order_that_was_paid_is_part_of_its_price",
        _deposit_that_became_an_order,
        {"paid-presale": {
            "list": 200_00, "paid": 200_00, "receivable": 200_00, "listed_cost": 40_00, "goods_cost": 40_00,
            "contribution": 160_00,
        }},
        entries={("甲店", "2026-09-20"): (), ("甲店", "2026-10-01"): ()},
    ),
    Case(
        "unmatched_settlement",
        "fee_without_an_order_is_a_line_of_its_own_and_money_that_only_moves_is_none",
        _fee_of_nobody,
        entries={("甲店", "2026-03-12"): (("unmatched_settlement", -6_00, "counted"),)},
    ),
    Case(
        "cost_of_period",
        "companys_cost_is_shared_among_stores_by_orders_units_or_paid_amount",
        _cost_shared_by_orders,
        # One order of 90.00 and one unit beside two of 5.00: 1/3 and 2/3, 9/10 and 1/10; 7 fen by units are 2 and 5.
        entries={
            ("甲店", "2026-05-05"): (
                ("other_cost", -90, "estimated"), ("packaging", -33, "estimated"), ("insurance", -2, "estimated"),
            ),
            ("乙店", "2026-05-05"): (
                ("packaging", -67, "estimated"), ("other_cost", -10, "estimated"), ("insurance", -5, "estimated"),
            ),
            ("公司", "2026-05-05"): (),
        },
    ),
    Case(
        "cost_of_period",
        "cost_that_is_not_shared_stays_with_its_store_or_the_company_over_its_days",
        _cost_of_several_days,
        # 100.00 by three days; 2 fen by three days are one, one and none.
        entries={
            ("甲店", "2026-06-01"): (("fixed_cost", -33_34, "estimated"),),
            ("甲店", "2026-06-02"): (("fixed_cost", -33_33, "estimated"),),
            ("甲店", "2026-06-03"): (("fixed_cost", -33_33, "estimated"),),
            ("公司", "2026-06-01"): (("fixed_cost", -1, "estimated"),),
            ("公司", "2026-06-02"): (("fixed_cost", -1, "estimated"),),
            ("公司", "2026-06-03"): (),
        },
    ),
    Case(
        "tax", "tax_of_a_period_is_a_line_of_its_own", _tax_of_a_period,
        entries={("甲店", "2026-06-30"): (("tax", -321_00, "counted"),)},
    ),
    Case(
        "brushing", "brushing_entered_as_a_cost_is_a_line_of_its_own", _brushing_of_a_period,
        entries={("甲店", "2026-06-29"): (("brushing", -64_00, "counted"),)},
    ),
)  # fmt: skip
