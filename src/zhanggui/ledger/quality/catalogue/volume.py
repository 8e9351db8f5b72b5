"""Checks of volume and freshness: days unlike the store's own, and sources that fall behind its orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.columns import FACTS
from zhanggui.i18n import Text
from zhanggui.ledger.quality.model import Aspect, Check, Rows, Shared, finding
from zhanggui.ledger.quality.patterns import SURE, is_promotion

LOW_SHARE, LOW_DEVIATIONS = 0.35, 4.0
HIGH_FACTOR, BEYOND_THE_MOST = 3.0, 1.5
LATE_DAYS = 3
RECENT_DAYS = 28
NEAR_DAYS, FEWEST_MACHINES = 14, 4
LEAST_EXCESS, MACHINE_DEVIATIONS, VISITS_OF_A_MACHINE = 5.0, 4.0, 3.0
"""Marked visits above the usual that are told: the least, and deviations of machines that come several times."""
_VOLUME = ("source_table", "series", "day", "n_rows", "money_minor", "currency")


@dataclass(frozen=True, slots=True)
class OddDays(Shared):
    """Days with far less or far more rows than the store's own pattern.

    Less: under 35% of both the weekday's and the days' next to it, and 4 standard deviations of a count below. More:
    over three times both, more than half above anything in the weeks around, and in no promotion of the trade. First
    and last day are left out: a history may begin with what was there before, and end before its last day was over.

    Attributes
    ----------
    table : str
        One of the tables that follow the days.
    """

    table: str

    @classmethod
    def together(cls, rows: Rows, members: Mapping[str, OddDays]) -> ir.Table:
        """Return the findings of these checks."""
        of_table = {member.table: name for name, member in members.items()}
        volume = rows("day_volume", *_VOLUME, "near_rows", "most_rows", "usual_rows", "usual_money_minor")
        series = ["shop_id", "source_table", "series"]
        days = volume.filter(volume.source_table.isin(list(of_table)))
        days = days.mutate(
            first=days.day.min().over(group_by=series),
            last=days.day.max().over(group_by=series),
            low=ibis.least(days.usual_rows, days.near_rows).cast("float64"),
            high=ibis.greatest(days.usual_rows, days.near_rows).cast("float64"),
        )
        is_inside = (days.day > days["first"]) & (days.day < days["last"])
        is_low = (days.n_rows < LOW_SHARE * days.low) & (days.low - days.n_rows > LOW_DEVIATIONS * days.low.sqrt())
        is_high = (
            (days.n_rows > HIGH_FACTOR * days.high)
            & (days.n_rows > BEYOND_THE_MOST * days.most_rows)
            & (days.n_rows - days.high > SURE)
            & ~is_promotion(days.day)
        )
        odd = days.filter(is_inside & days.usual_rows.notnull() & (days.n_rows > 0) & (is_low | is_high))
        named = odd.mutate(check_name=odd.source_table.substitute(of_table))
        return finding(
            named,
            subject=named.series,
            n_rows=(named.n_rows - named.usual_rows).abs(),
            measured=named.n_rows,
            expected=named.usual_rows,
            money_minor=(named.money_minor - named.usual_money_minor).abs().nullif(0),
        )


def falls_behind(rows: Rows) -> ir.Table:
    """Return the source tables of a store that end days before its orders do, though rows would have come since.

    A file that is loaded once a week or a month is behind only when it misses its own rhythm: the longest step so far
    between the last days of its imports.
    """
    volume, batches = rows("day_volume", *_VOLUME), rows("source_batch", "dataset", "period_end")
    ends = volume.group_by(["shop_id", "source_table"]).aggregate(last=volume.day.max(), currency=volume.currency.max())
    newest = ends.filter(ends.source_table == "order_header").select("shop_id", newest="last")
    both = ends.filter(ends.source_table != "order_header").inner_join(newest, "shop_id")
    late = both.mutate(late_days=(both.newest.delta(both["last"], unit="day")))
    late = late.filter(late.late_days > LATE_DAYS)
    recent = volume.inner_join(late, ["shop_id", "source_table"])
    recent = recent.filter(
        (recent.day <= recent["last"]) & (recent.day > recent["last"] - ibis.interval(days=RECENT_DAYS))
    )
    rate = recent.group_by(["shop_id", "source_table"]).aggregate(
        a_day=recent.n_rows.sum() / recent.day.nunique(), money=recent.money_minor.sum() / recent.day.nunique()
    )
    late = late.left_join(rate, ["shop_id", "source_table"]).drop("shop_id_right", "source_table_right")
    ended = batches.filter(batches.period_end.notnull()).select("shop_id", "dataset", "period_end").distinct()
    steps = ended.mutate(before=ended.period_end.lag().over(group_by=["shop_id", "dataset"], order_by="period_end"))
    steps = steps.mutate(step=steps.period_end.delta(steps.before, unit="day"), source_table=_table_of(steps.dataset))
    rhythm = steps.group_by(["shop_id", "source_table"]).aggregate(rhythm=steps.step.max())
    late = late.left_join(rhythm, ["shop_id", "source_table"])
    late = late.filter(
        (late.late_days > ibis.coalesce(late.rhythm, 0)) & (late.late_days * ibis.coalesce(late.a_day, 0) >= SURE)
    )
    return finding(
        late,
        day=late["last"] + ibis.interval(days=1),
        last_day=late.newest,
        subject=late.source_table,
        n_rows=late.late_days * late.a_day,
        measured=late.late_days,
        expected=ibis.coalesce(late.rhythm, 1),
        money_minor=(late.late_days * late.money).round().nullif(0),
    )


def crawled_days(rows: Rows) -> ir.Table:
    """Return days and channels with far more visits by machines than usual; most that come with them are not marked."""
    visits = rows("session", "session_date", "channel", "is_bot")
    days = visits.group_by(["shop_id", "session_date", "channel"]).aggregate(
        n=visits.count(), machines=visits.is_bot.sum()
    )
    # On a day of a promotion more machines come too: they are held against the visits of the whole site.
    days = days.mutate(share=days.machines / days.n.sum().over(group_by=["shop_id", "session_date"]))
    near = ibis.window(
        group_by=["shop_id", "channel"], order_by=days.session_date, preceding=NEAR_DAYS, following=NEAR_DAYS
    )
    days = days.mutate(usual_share=days.share.median().over(near), usual_visits=days.n.median().over(near))
    days = days.mutate(usual=days.usual_share * days.machines / days.share.nullif(0))
    found = days.filter(
        (days.machines >= FEWEST_MACHINES)
        # Where none come on most days, a few on one day are luck still.
        & (
            days.machines
            > days.usual + ibis.greatest(MACHINE_DEVIATIONS * (VISITS_OF_A_MACHINE * days.usual).sqrt(), LEAST_EXCESS)
        )
        & (days.n > days.usual_visits)
    )
    return finding(
        found,
        day=found.session_date,
        subject=found.channel,
        n_rows=found.n - found.usual_visits,
        measured=found.machines,
        expected=found.usual,
    )


def _table_of(dataset: ir.StringColumn) -> ir.StringValue:
    named = [(dataset == fact.name, fact.table) for fact in FACTS.values()]
    return ibis.cases(*named, (dataset == "refunds", "refund"), else_="order_header")


_LOOK = Text(
    "看看当天的文件是否完整、是否导入了两次；如果确实如此，可以忽略",
    "see whether the file of that day is whole and was loaded once; if the day really was so, there is nothing to do",
)


def _odd(name: str, zh: str, en: str, table: str) -> Check:
    return Check(
        name=f"{name}.volume",
        label=Text(f"{zh}数量异常", f"Unusual number of {en}"),
        promise=Text(
            f"每天的{zh}与该店自己同一星期几、前后几天相近；大促期间不算异常",
            f"a day brings about as many {en} as the store's own weekdays and the days around; promotions may differ",
        ),
        aspect=Aspect.VOLUME,
        table=table,
        broken="warning",
        said=Text(
            "{day} 有 {measured} 行，通常有 {expected} 行", "{day} has {measured} rows; usually there are {expected}"
        ),
        next_step=_LOOK,
        findings=OddDays(table),
    )


CHECKS: tuple[Check, ...] = (
    _odd("orders", "订单", "orders", "order_header"),
    _odd("traffic", "流量报表", "rows of the traffic report", "shop_metric_daily"),
    _odd("stock", "出入库流水", "stock movements", "stock_movement"),
    Check(
        name="sessions.crawlers",
        label=Text("爬虫访问", "Visits by crawlers"),
        promise=Text("访问来自人，爬虫不比平时多", "visits are people's; machines come no more often than usual"),
        aspect=Aspect.VOLUME,
        table="session",
        broken="warning",
        said=Text(
            "{day} 渠道 {subject} 有 {measured} 次访问来自爬虫（通常 {expected}），当天访问多出 {n} 次",
            "{day}, channel {subject}: {measured} visits by machines (usually {expected}), {n} visits more than usual",
        ),
        next_step=Text(
            "看转化率时去掉这几天的该渠道；必要时在网站拦截这些来源",
            "leave the channel's days out when reading conversion; block these visitors on the site if they stay",
        ),
        findings=crawled_days,
        version=2,
    ),
    Check(
        name="sources.behind",
        label=Text("数据落后", "Sources that fall behind"),
        promise=Text(
            "每家店的结算、流量、推广、库存等文件和订单一样新",
            "a store's settlement, traffic, advertising and other files are as new as its orders",
        ),
        aspect=Aspect.FRESHNESS,
        table="day_volume",
        broken="warning",
        said=Text("{subject}只到 {measured} 天前，比订单旧", "{subject} ends {measured} days before the orders do"),
        next_step=Text("导入缺少的这几天", "load the days that are missing"),
        findings=falls_behind,
        also_reads=("source_batch",),
    ),
)
"""Adding a check is adding an entry."""
