"""What was spent on each touch point and what the platforms claim for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import _

from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution_rules import Level
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.scope import in_view
from zhanggui.understand.view import View

Key = tuple[str, ...]
"""Channel, and where asked for campaign and creative."""

_ACCOUNTS = ("ad_spend", "slot_fee", "content")
_REPORTED = "ad_spend"
"""Table whose rows the advertising reports count already."""


@dataclass(frozen=True, slots=True)
class Outlay:
    """Money and claims, in minor units; a claim is None where no report makes one."""

    spend_minor: int = 0
    claimed_orders: int | None = None
    claimed_minor: int | None = None

    def __add__(self, other: Outlay) -> Outlay:
        return Outlay(
            self.spend_minor + other.spend_minor,
            _both(self.claimed_orders, other.claimed_orders),
            _both(self.claimed_minor, other.claimed_minor),
        )


def _both(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def outlays(desk: Desk, view: View, level: Level, stores: Iterable[int] | None = None) -> dict[Key, Outlay]:
    """Return spend and claims by touch point; one report of each system counts, so no money stands here twice."""
    found: dict[Key, Outlay] = {}
    for key, outlay in (*_reports(desk, view, level, stores), *_others(desk, view, level, stores)):
        found[key] = found.get(key, Outlay()) + outlay
    return found


def _reports(desk: Desk, view: View, level: Level, stores: Iterable[int] | None) -> Iterable[tuple[Key, Outlay]]:
    columns = {"channel": ["channel"], "campaign": ["channel", "campaign"]}.get(
        level, ["channel", "campaign", "creative"]
    )
    rows = _ads(desk, view, stores)
    sums = rows.group_by(["shop_id", *columns]).aggregate(
        spend=_.spend_minor.sum().cast("int64"),
        n=_.attributed_orders.sum().cast("int64"),
        gmv=_.attributed_gmv_minor.sum().cast("int64"),
    )
    names = channel_names(desk)
    found = desk.ledger.query(sums).to_pylist()
    scenes = _scenes(desk, view) if level == "channel" else {}
    for row in found:
        spend, shop = int(row["spend"] or 0), row["shop_id"]
        by_scene = scenes.get(shop, {}) if row["channel"] is None else {}
        if spend and sum(by_scene.values()) == spend:
            yield from (((names.of_visit(scene),), Outlay(money)) for scene, money in by_scene.items())
            spend = 0
        key = (names.of_visit(row["channel"]), *(row[column] or "" for column in columns[1:]))
        yield key, Outlay(spend, _whole(row["n"]), _whole(row["gmv"]))


def _ads(desk: Desk, view: View, stores: Iterable[int] | None) -> ir.Table:
    """Return the rows of reports that count; where one names no channel, it may follow from the report itself."""
    rows = in_view(desk, view, "ad_result", day="day")
    rows = rows if stores is None else rows.filter(rows.shop_id.isin(list(stores)))
    said = desk.ledger.table("ad_spend").select("shop_id", "fact_key", "report_scope", "creator_name")
    rows = rows.left_join(said, ["shop_id", "fact_key"])
    of_report = ibis.cases(
        (rows.creator_name.notnull(), "直播"), (rows.report_scope.startswith("qianchuan."), "千川"), else_=None
    )
    return rows.mutate(channel=ibis.coalesce(rows.channel, of_report))


def _scenes(desk: Desk, view: View) -> dict[int, dict[str, int]]:
    """Return the spend of each store by scene, of reports that name one: the same money as other reports show."""
    rows = in_view(desk, view, "ad_spend", day="day")
    rows = rows.filter(rows.scene_name.notnull(), rows.report_scope.notnull())
    sums = rows.group_by(["shop_id", "scene_name"]).aggregate(spend=_.spend_minor.sum().cast("int64"))
    found: dict[int, dict[str, int]] = {}
    for row in desk.ledger.query(sums).to_pylist():
        found.setdefault(row["shop_id"], {})[row["scene_name"]] = int(row["spend"] or 0)
    return found


def ad_claims(desk: Desk, view: View) -> dict[int, int]:
    """Return the orders that advertising reports claim in each store, live rooms left out."""
    rows = _ads(desk, view, None)
    rows = rows.filter(rows.creator_name.isnull(), rows.attributed_orders.notnull())
    sums = rows.group_by("shop_id").aggregate(n=_.attributed_orders.sum().cast("int64"))
    return {row["shop_id"]: int(row["n"]) for row in desk.ledger.query(sums).to_pylist()}


def _others(desk: Desk, view: View, level: Level, stores: Iterable[int] | None) -> Iterable[tuple[Key, Outlay]]:
    """Yield content, slot fees and rewards, which no report of an ad platform holds."""
    rows = in_view(desk, view, "profit_entry", day="day")
    rows = rows.filter(rows.account.isin(_ACCOUNTS), rows.source_table != _REPORTED)
    rows = rows if stores is None else rows.filter(rows.shop_id.isin(list(stores)))
    sums = rows.group_by("channel").aggregate(spend=_.outlay_minor.sum().cast("int64"))
    names = channel_names(desk)
    empty = ("",) * {"channel": 0, "campaign": 1, "creative": 2}[level]
    for row in desk.ledger.query(sums).to_pylist():
        yield (names.of_visit(row["channel"]), *empty), Outlay(int(row["spend"] or 0))
