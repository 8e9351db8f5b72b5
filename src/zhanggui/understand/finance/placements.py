"""What advertising reports say of each plan, product and live room, set beside the ROI at which it would break even."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.margins import FEWEST_LINES, Margin, Margins
from zhanggui.understand.finance.scope import JsonRow, asked, scope_of, whole
from zhanggui.understand.view import View

Kind = Literal["plan", "product", "creative", "live", "store"]
State = Literal["above", "below", "unknown"]

SCOPE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "alimama.plans": Text("万相台·计划", "Alimama plans"),
        "alimama.items > 商品": Text("万相台·商品", "Alimama products"),
        "alimama.items > 创意": Text("万相台·创意", "Alimama creatives"),
        "jd.ads": Text("京准通", "JD Jingzhuntong"),
        "pinduoduo.ads": Text("拼多多推广", "Pinduoduo ads"),
        "qianchuan.standard": Text("千川·标准推广", "Qianchuan standard"),
        "qianchuan.creatives": Text("千川·素材", "Qianchuan creatives"),
        "qianchuan.full_domain_live": Text("千川·全域直播", "Qianchuan live rooms"),
    }
)
"""What the reports are called; others go by the name that their map gives."""

CREATIVE_REPORTS = ("qianchuan.creatives",)
"""Reports whose rows are creatives though they name the plan."""

_CREATIVE, _PRODUCT = "创意", "商品"


@dataclass(frozen=True, slots=True)
class Placement:
    """One object of one advertising report over the period, in minor units of `currency`.

    Attributes
    ----------
    gmv_minor, net_gmv_minor : int or None
        What the platform claims; None where the report does not say.
    margin : Margin or None
        What its sales leave before advertising; None where not known well enough.
    """

    shop_id: int
    scope: str
    kind: Kind
    name: str
    product_id: str | None
    currency: str
    spend_minor: int
    impressions: int
    clicks: int
    gmv_minor: int | None
    net_gmv_minor: int | None
    margin: Margin | None

    @property
    def system(self) -> str:
        """Whose money it is: reports of one system tell of the same spend."""
        return "live" if self.kind == "live" else self.scope.split(".")[0]

    @property
    def roi(self) -> float | None:
        """Claimed sales per yuan spent."""
        return ratio(self.gmv_minor, self.spend_minor)

    @property
    def net_roi(self) -> float | None:
        """Claimed sales less claimed returns per yuan spent."""
        return ratio(self.net_gmv_minor, self.spend_minor)

    @property
    def profit_minor(self) -> int | None:
        """What the claimed sales leave after advertising, if it caused all of them."""
        if self.margin is None or self.gmv_minor is None:
            return None
        return round(self.gmv_minor * self.margin.rate) - self.spend_minor

    @property
    def state(self) -> State:
        """Whether the claimed ROI lies above the one at which nothing is lost."""
        profit = self.profit_minor
        if profit is None or self.spend_minor == 0:
            return "unknown"
        return "above" if profit >= 0 else "below"

    @property
    def basis(self) -> Text:
        """By what its state is known, or why it is not."""
        if self.margin is None:
            return Text(
                f"利润率未知：已过退款期且知道成本的明细不足 {FEWEST_LINES} 行",
                f"margin not known: fewer than {FEWEST_LINES} lines with a known cost whose refunds have come in",
            )
        basis = self.margin.basis
        if self.margin.rate <= 0:
            return Text(f"广告前已亏损：{basis.zh}", f"loses money before any advertising: {basis.en}")
        return basis


def ratio(above: int | None, below: int) -> float | None:
    """Return one amount per unit of another, or None where it has no meaning."""
    return None if above is None or below == 0 else above / below


def placements(desk: Desk, view: View) -> tuple[Placement, ...]:
    """Return one row per object of each advertising report, largest spend first; scopes stand apart."""

    def found() -> tuple[Placement, ...]:
        scope = scope_of(desk, view, "ad_spend", day="day")
        margins = Margins(desk, view)
        made = (_placement(row, margins) for row in asked(desk, _grouped(scope.rows), scope))
        kept = [each for each in made if each.spend_minor or each.gmv_minor]
        return tuple(sorted(kept, key=lambda each: (-each.spend_minor, each.scope, each.name, each.shop_id)))

    return desk.kept(("placements", view.date_from, view.date_to, view.where), found)


def _grouped(rows: ir.Table) -> ir.Table:
    scope = ibis.coalesce(rows.report_scope, "")
    is_creative = (
        (rows.item_type == _CREATIVE).fill_null(False) | rows.creative_id.notnull() | scope.isin(CREATIVE_REPORTS)
    )
    plan = ibis.coalesce(rows.campaign_name, rows.campaign_id)
    product = (ibis.coalesce(rows.item_type, _PRODUCT) == _PRODUCT).ifelse(rows.item_id, None)
    kind = ibis.cases(
        (is_creative, "creative"),
        (plan.notnull(), "plan"),
        (rows.creator_name.notnull(), "live"),
        (product.notnull(), "product"),
        else_="store",
    )
    item = ibis.coalesce(rows.item_name, rows.item_id)
    name = ibis.cases(
        (is_creative, ibis.coalesce(rows.creative_name, item, rows.creative_id, plan)),
        (plan.notnull(), plan),
        else_=ibis.coalesce(rows.creator_name, item, ""),
    )
    rows = rows.mutate(scope=scope, kind=kind, shown_name=name, product=product)
    return rows.group_by(["shop_id", "scope", "kind", "shown_name", "currency"]).aggregate(
        # A plan that advertises several products is measured by its store.
        product=(rows["product"].nunique() == 1).ifelse(rows["product"].min(), None),
        spend=rows.spend_minor.sum().cast("int64"),
        impressions=rows.impressions.sum().cast("int64"),
        clicks=rows.clicks.sum().cast("int64"),
        gmv=rows.attributed_gmv_minor.sum().cast("int64"),
        net_gmv=rows.net_gmv_minor.sum().cast("int64"),
    )


def _placement(row: JsonRow, margins: Margins) -> Placement:
    shop_id = whole(row["shop_id"])
    product_id = None if row["product"] is None else str(row["product"])
    kinds: tuple[Kind, ...] = get_args(Kind)
    return Placement(
        shop_id=shop_id,
        scope=str(row["scope"]),
        kind=next(kind for kind in kinds if kind == row["kind"]),
        name=str(row["shown_name"]),
        product_id=product_id,
        currency=str(row["currency"]),
        spend_minor=whole(row["spend"]),
        impressions=whole(row["impressions"]),
        clicks=whole(row["clicks"]),
        gmv_minor=None if row["gmv"] is None else whole(row["gmv"]),
        net_gmv_minor=None if row["net_gmv"] is None else whole(row["net_gmv"]),
        margin=margins.of(shop_id, product_id),
    )


def scope_name(scope: str) -> Text:
    """Return what a report is called.

    Examples
    --------
    >>> scope_name("jd.ads").zh, scope_name("我的报表").en
    ('京准通', '我的报表')
    """
    if not scope:
        return Text("未写明口径的报表", "report that names no scope")
    return SCOPE_NAMES.get(scope, Text.same(scope))


def one_level(rows: Iterable[Placement]) -> list[Placement]:
    """Return one level of each advertising system of each store, so that no money stands there twice.

    Products come before plans, as they lead to their sales; creatives are left out.
    """
    order: tuple[Kind, ...] = ("product", "plan", "live", "store")
    kept = [each for each in rows if each.kind in order]
    first: dict[tuple[int, str], int] = {}
    for each in kept:
        place = order.index(each.kind)
        first[each.shop_id, each.system] = min(first.get((each.shop_id, each.system), place), place)
    return [each for each in kept if order.index(each.kind) == first[each.shop_id, each.system]]
