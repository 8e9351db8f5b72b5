"""Making a report: from the days asked for to everything that it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.metrics.question import Filter
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.overview.patrol.stock import stock_outs
from zhanggui.understand.overview.reports.answer import Report, Span
from zhanggui.understand.overview.reports.days import days_of, held_against
from zhanggui.understand.overview.reports.figures import by_store, groups_of, young_share
from zhanggui.understand.overview.reports.missing import missing
from zhanggui.understand.overview.reports.movements import movements, waiting_alerts
from zhanggui.understand.overview.reports.promotions import promotion
from zhanggui.understand.overview.reports.spec import REPORTS, Length
from zhanggui.understand.overview.reports.targets import to_target
from zhanggui.understand.view import View

MOST_STOCK_OUTS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report is wanted.

    Attributes
    ----------
    length : {"day", "week", "month"}
        Its length.
    day : date
        Any of its days.
    where : tuple of Filter
        What it is narrowed to, such as one store.
    """

    length: Length
    day: date
    where: tuple[Filter, ...] = ()

    @property
    def stores(self) -> tuple[str, ...]:
        """Names of the stores that it is narrowed to."""
        return tuple(str(value) for each in self.where if each.dim == "shop" for value in each.values)


def only_stores(desk: Desk, names: Sequence[str]) -> tuple[Filter, ...]:
    """Return the filter that keeps these stores, none where none is named.

    Raises
    ------
    BadChoiceError
        There is no such store.
    """
    known = tuple(store_names(desk).values())
    for name in names:
        if name not in known:
            raise BadChoiceError(name, where="store", allowed=known)
    return (Filter("shop", tuple(names)),) if names else ()


def asked_of(desk: Desk, length: Length, day: date | None, where: tuple[Filter, ...] = (), *, today: date) -> Asked:
    """Return which report is wanted; without a day the last one that the data fill, of an empty shop yesterday's."""
    if day is not None:
        return Asked(length, day, where)
    span = desk.span()
    if span is None:
        return Asked(length, today - timedelta(days=1), where)
    found = days_of(length, span.last)
    # A week or month that is still running is told when it is asked for; by itself the last whole one is.
    is_whole = found.last <= span.last or found.first <= span.first
    return Asked(length, span.last if is_whole else found.first - timedelta(days=1), where)


def report(desk: Desk, asked: Asked) -> Report:
    """Return a report; the same is made once until the ledger changes.

    Days after the last one with data are left out and said, so that what it is held against is as long.
    """
    made: Report = desk.kept(("report", asked), lambda: _made(desk, asked))
    # Alerts are raised, taken and resolved without the ledger changing.
    alerts, n_alerts = waiting_alerts(desk)
    return made.model_copy(update={"alerts": alerts, "n_alerts": n_alerts})


def _made(desk: Desk, asked: Asked) -> Report:
    whole = days_of(asked.length, asked.day)
    period = _filled(desk, whole)
    before = held_against(asked.length, period)
    view = View(date_from=period.first, date_to=period.last, where=asked.where)
    groups, currency = groups_of(desk, view, before)
    young = young_share(next(each for group in groups for each in group.items if each.metric == "unsettled_share"))
    spec = REPORTS[asked.length]
    title = wording.period(period.first, period.last)
    found = Report(
        length=asked.length,
        title=Text(f"{spec.title.zh} {title.zh}", f"{spec.title.en}, {title.en}"),
        days=Span(first=period.first, last=period.last),
        against=Span(first=before.first, last=before.last),
        against_label=spec.against,
        stores=asked.stores,
        currency=currency,
        partial=_partial(whole, period),
        text=title,
        groups=groups,
        by_store=by_store(desk, view, before),
        to_target=to_target(desk, view, period),
        movements=movements(desk, view, period, before, is_young=young is not None),
        stock_outs=stock_outs(desk, asked.where, period.last)[:MOST_STOCK_OUTS],
        alerts=(),
        n_alerts=0,
        promotion=promotion(desk, view, period),
        missing=missing(desk, view, whole.last),
    )
    return found.model_copy(update={"text": _sentence(found, young)})


def _filled(desk: Desk, whole: Period) -> Period:
    span = desk.span()
    if span is None or not whole.first <= span.last < whole.last:
        return whole
    return Period(whole.first, span.last)


def _partial(whole: Period, period: Period) -> Text | None:
    if whole == period:
        return None
    return Text(
        f"数据只到 {period.last}，之后的 {(whole.last - period.last).days} 天还没有；对比期取同样多天。",
        f"Data reach {period.last}; the {(whole.last - period.last).days} days after it are still to come, and as many "
        "days are compared.",
    )


def _against_break_even(found: Report, young: float | None) -> Text:
    """Return what all sales brought for the money spent, and whether that is above the ROI at which it breaks even."""
    brought, even = found.figure("blended_return").value, found.figure("break_even_roi").value
    if brought is None or even is None:
        return Text("保本 ROI 未知", "break-even ROI not known")
    if young is not None:
        state = Text("保本 ROI 未成熟", "break-even not mature yet")
    else:
        above, below = Text("高于保本", "above break-even"), Text("低于保本", "below break-even")
        state = above if brought >= even else below
    return Text(
        f"全店投产比 {brought:,.2f}，保本 {even:,.2f}：{state.zh}",
        f"all sales {brought:,.2f} times it, break-even {even:,.2f}: {state.en}",
    )


def _sentence(found: Report, young: float | None) -> Text:
    """Return the report in one sentence: what was paid, how that compares, and what it left."""
    paid, profit, margin = (found.figure(name) for name in ("gmv_paid", "contribution_profit", "contribution_margin"))
    spend, refunds = found.figure("ad_spend"), found.figure("refund_rate")
    if paid.value is None:
        return Text("这些天没有可以给出的支付金额。", "No paid amount can be given for these days.")
    money = wording.money(paid.value, found.currency)
    zh, en = [f"支付金额 {money.zh}"], [f"GMV {money.en}"]
    if paid.change is not None:
        change = wording.percent(paid.change, signed=True).zh
        zh[0], en[0] = (
            f"{zh[0]}（比{found.against_label.zh} {change}）",
            f"{en[0]} ({change} on {found.against_label.en})",
        )
    if profit.value is not None:
        said = wording.money(profit.value, found.currency)
        rate = "" if margin.value is None or profit.evidence == "estimated" else wording.percent(margin.value).zh
        zh.append(f"{profit.label.zh} {said.zh}" + (f"（{rate}）" if rate else ""))
        en.append(f"{profit.label.en.lower()} {said.en}" + (f" ({rate})" if rate else ""))
    if spend.value:
        said = wording.money(spend.value, found.currency)
        against = _against_break_even(found, young)
        zh.append(f"广告费 {said.zh}（{against.zh}）")
        en.append(f"advertising {said.en} ({against.en})")
    if refunds.value is not None:
        rate = wording.percent(refunds.value).zh
        zh.append(f"退款率 {rate}")
        en.append(f"refund rate {rate}")
    text = Text("，".join(zh) + "。", ", ".join(en) + ".")
    if young is None:
        return text
    share = wording.percent(young).zh
    return Text(
        f"{text.zh}利润与退款还不成熟：{share} 的应收没有结算，没发货的成本还没入账。",
        f"{text.en} Profit and refunds are not mature yet: {share} of the receivable is not settled, and goods that "
        "have not left are not in the costs.",
    )
