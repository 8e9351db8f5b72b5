"""可识别率 How much of each platform's trade names its buyer, and which file would raise it (catalogue M-CUST-13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.money import major
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand import wording
from zhanggui.understand.customers.people import in_stores, known_until, paid_orders
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

_MEMBERS = Text(
    "会员或 ERP 客户资料、企业微信客户：映射为带买家编号的订单",
    "member or ERP customer files, WeCom customers: orders mapped with a buyer id",
)
RAISED_BY: Mapping[str, Text] = MappingProxyType(
    {
        "taobao": Text("ERP 或开放平台订单里的买家 open id；导出的昵称是脱敏的",
                       "the buyer's open id in orders of ERP or the open platform; exported names are masked"),
        "tmall": Text("ERP 或开放平台订单里的买家 open id；导出的昵称是脱敏的",
                      "the buyer's open id in orders of ERP or the open platform; exported names are masked"),
        "jd": Text("ERP 订单里的买家标识；京东导出的账号是脱敏的",
                   "the buyer id in orders of ERP; the account that JD exports is masked"),
        "pinduoduo": Text("订单导出不带买家标识；企业微信客户或会员资料可认出一部分",
                          "exports carry no buyer id; WeCom customers or members make some known"),
        "douyin": Text("订单导出不带买家标识；ERP 或开放平台订单里的 open id",
                       "exports carry no buyer id; the open id in orders of ERP or the open platform"),
    }
)  # fmt: skip
"""What would make buyers of a platform known, as far as the trade knows (k)."""


@dataclass(frozen=True, slots=True)
class Share:
    """Identified orders of one platform, of all its paid orders.

    Attributes
    ----------
    platform : str
        The platform.
    n_orders, n_identified : int
        Paid orders, and those with a stable buyer id.
    money, identified_money : float
        What they paid, in major units; of one currency.
    currency : str
        Its code.
    declared_share : float or None
        Returning buyers of all paying buyers as the platform itself declares them, day by day; its own definition.
    """

    platform: str
    n_orders: int
    n_identified: int
    money: float
    identified_money: float
    currency: str
    declared_share: float | None

    @property
    def share(self) -> float:
        """Share of the paid orders that name their buyer."""
        return self.n_identified / self.n_orders

    @property
    def raised_by(self) -> Text | None:
        """Which file would raise the share; None where nothing is missing."""
        return None if self.n_identified == self.n_orders else RAISED_BY.get(self.platform, _MEMBERS)


class PlatformShare(BaseModel):
    """How much of one platform names its buyer."""

    platform: str
    orders: int
    identified: int
    share: float
    money_share: float | None
    declared_returning_share: float | None
    raised_by: Text | None


def shares(desk: Desk, view: View) -> tuple[Share, ...]:
    """Return the identifiable share of each platform, the largest platform first."""
    return desk.kept(("identifiable", view.where, view.date_to), lambda: _shares(desk, view))


def _shares(desk: Desk, view: View) -> tuple[Share, ...]:
    orders = paid_orders(desk, view)
    until = min(filter(None, (known_until(desk), view.date_to)), default=None)
    if until is not None:
        orders = orders.filter(orders.paid_date <= until)
    stores = desk.ledger.table("store").select("shop_id", "platform")
    orders = orders.inner_join(stores, "shop_id")
    has_buyer = orders.buyer_key.notnull()
    asked = orders.group_by(["platform", "currency"]).aggregate(
        n=orders.count(),
        n_identified=has_buyer.sum(),
        paid=orders.paid_minor.sum(),
        identified=orders.paid_minor.sum(where=has_buyer),
    )
    declared = _declared(desk, view)
    found = [
        Share(
            platform=row["platform"],
            n_orders=row["n"],
            n_identified=int(row["n_identified"] or 0),
            money=major(row["paid"] or 0, row["currency"]) or 0.0,
            identified_money=major(row["identified"] or 0, row["currency"]) or 0.0,
            currency=row["currency"],
            declared_share=declared.get(row["platform"]),
        )
        for row in desk.ledger.query(asked).to_pylist()
    ]
    return tuple(sorted(found, key=lambda each: (-each.n_orders, each.platform, each.currency)))


def _declared(desk: Desk, view: View) -> dict[str, float]:
    """Return what platforms declare of returning buyers, where they do."""
    daily = desk.ledger.table("shop_metric_daily")
    daily = in_stores(desk, daily, [each for each in view.where if each.dim in ("platform", "shop")])
    daily = daily.filter(daily.returning_buyers.notnull(), daily.paid_buyers.notnull())
    daily = daily.inner_join(desk.ledger.table("store").select("shop_id", "platform"), "shop_id")
    asked = daily.group_by("platform").aggregate(old=daily.returning_buyers.sum(), all=daily.paid_buyers.sum())
    rows = desk.ledger.query(asked).to_pylist()
    return {row["platform"]: float(row["old"]) / float(row["all"]) for row in rows if row["all"]}


def platform_name(platform: str) -> Text:
    """Return what a platform is called."""
    return DIMENSIONS["platform"].names.get(platform, Text.same(platform))


def coverage_answer(desk: Desk, view: View) -> tuple[PlatformShare, ...]:
    """Return the shares as programs read them."""
    return tuple(
        PlatformShare(
            platform=each.platform,
            orders=each.n_orders,
            identified=each.n_identified,
            share=each.share,
            money_share=each.identified_money / each.money if each.money else None,
            declared_returning_share=each.declared_share,
            raised_by=each.raised_by,
        )
        for each in shares(desk, view)
    )


def coverage_said(desk: Desk, view: View) -> tuple[Text, ...]:
    """Return in a sentence what share of each platform's orders names its buyer; nothing where all do."""
    found = shares(desk, view)
    if not found or all(each.n_identified == each.n_orders for each in found):
        return ()
    parts = [(platform_name(each.platform), wording.percent(each.share)) for each in found]
    zh, en = (
        "、".join(f"{name.zh} {part.zh}" for name, part in parts),
        ", ".join(f"{name.en} {part.en}" for name, part in parts),
    )
    return (
        Text(
            f"只看得到有稳定买家标识的支付订单，各平台占比：{zh}。其余订单不知道是谁，不以订单数代替人数。",
            f"Only paid orders with a stable buyer id are seen, by platform: {en}. Who paid the rest is unknown, and "
            "orders do not stand in for people.",
        ),
    )


def coverage_table(desk: Desk, view: View) -> TableData:
    """Return the identifiable share of each platform, with the file that would raise it."""
    found = shares(desk, view)
    columns = (
        ColumnSpec(key="platform", label=Text("平台", "Platform")),
        ColumnSpec(key="orders", label=Text("支付订单", "Paid orders"), unit="count"),
        ColumnSpec(key="identified", label=Text("可识别", "Identified"), unit="count"),
        ColumnSpec(key="share", label=Text("可识别率", "Share"), unit="ratio"),
        ColumnSpec(key="money_share", label=Text("占金额", "Of the money"), unit="ratio"),
        ColumnSpec(
            key="declared", label=Text("平台声明的老客占比", "Returning, as declared"), unit="ratio",
            evidence="declared",
            help=Text("平台自己的口径，按日老买家数之和除以支付买家数之和。",
                      "By the platform's own definition: returning over paying buyers, days added up."),
        ),
        ColumnSpec(key="raised_by", label=Text("导入什么可以提高", "What would raise it")),
    )  # fmt: skip
    rows = tuple(
        {
            "platform": platform_name(each.platform),
            "orders": each.n_orders,
            "identified": each.n_identified,
            "share": each.share,
            "money_share": each.identified_money / each.money if each.money else None,
            "declared": each.declared_share,
            "raised_by": each.raised_by,
        }
        for each in found
    )
    empty = None if rows else Text("还没有已付款的订单。", "There is no paid order yet.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=empty)
