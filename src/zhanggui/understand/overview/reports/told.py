"""A report as a chat message: title, figures, lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhanggui.i18n import Text
from zhanggui.pagespec import Number
from zhanggui.understand import wording
from zhanggui.understand.overview.reports.answer import Figure, Report

MOST_STORES = 8
MOST_MISSING = 5
_FIGURES = (
    "gmv_paid",
    "contribution_margin",
    "net_revenue",
    "orders_paid",
    "contribution_profit",
    "ad_spend",
    "blended_return",
    "break_even_roi",
    "refund_amount",
    "refund_rate",
)
"""What a chat shows; paid amount and margin stand first and together."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A report as it is told.

    Attributes
    ----------
    key : str
        What no two reports share: a report of a length, its days and its stores is told once.
    title : Text
        One line.
    facts : tuple of (Text, Text)
        Figures by name.
    lines : tuple of Text
        Sentences.
    path : str
        Where it opens in the workbench.
    """

    key: str
    title: Text
    facts: tuple[tuple[Text, Text], ...]
    lines: tuple[Text, ...]
    path: str


def telling(found: Report, *, remark: Text | None = None, is_late: bool = False) -> Telling:
    """Return a report as it is told.

    Parameters
    ----------
    found : Report
        The report.
    remark : Text, optional
        What to say first, such as that others were missed.
    is_late : bool
        It comes noticeably after its time, which its title says.
    """
    facts = tuple(_fact(found, name) for name in _FIGURES)
    return Telling(
        key=key_of(found),
        title=Text(f"{found.title.zh}（迟到）", f"{found.title.en} (late)") if is_late else found.title,
        facts=facts,
        lines=tuple(each for each in (remark, found.partial, found.text, *_lines(found)) if each is not None),
        path=f"/reports?by={found.length}&to={found.days.last}",
    )


def key_of(found: Report) -> str:
    """Return what names a report: its length, its days and its stores."""
    return report_key(found.length, found.days.first, found.stores)


def report_key(length: str, first: date, stores: tuple[str, ...] = ()) -> str:
    """Return the key of the report whose days begin on `first`.

    Examples
    --------
    >>> report_key("day", date(2026, 11, 15)), report_key("week", date(2026, 11, 9), ("一店",))
    ('report-day-2026-11-15', 'report-week-2026-11-09-一店')
    """
    return "-".join(("report", length, first.isoformat(), *sorted(stores)))


def _fact(found: Report, name: str) -> tuple[Text, Text]:
    figure = found.figure(name)
    value, change = said(figure.value, figure.unit, found.currency), _change(figure)
    if change is None:
        return figure.label, value
    return figure.label, Text(f"{value.zh}（{change}）", f"{value.en} ({change})")


def _change(figure: Figure) -> str | None:
    if figure.change is None:
        return None
    return (
        f"{100 * figure.change:+.1f}pp"
        if figure.change_kind == "pp"
        else wording.percent(figure.change, signed=True).zh
    )


def said(value: Number, unit: str, currency: str | None) -> Text:
    """Return a value as a report says it: money to the fen, so that it can be held against the page.

    Examples
    --------
    >>> said(61774.52, "money", "CNY").zh, said(0.0189, "ratio", None).zh, said(None, "count", None).en
    ('¥61,774.52', '1.9%', 'not known')
    """
    if value is None:
        return wording.NOT_KNOWN
    if unit == "money":
        symbol = wording.SYMBOLS.get(currency or "", f"{currency} " if currency else "")
        return Text.same(f"{'-' if value < 0 else ''}{symbol}{abs(value):,.2f}")
    if unit == "ratio":
        return wording.percent(value)
    return Text.same(f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}")


def _lines(found: Report) -> Iterator[Text]:
    for row in found.by_store.rows[:MOST_STORES]:
        yield _store(row, found.currency)
    for move in found.movements:
        zh, en = (move.cause.zh, move.cause.en) if move.cause is not None else ("", "")
        yield Text(f"▸ {move.text.zh}{zh}", f"▸ {move.text.en} {en}".rstrip())
    for finding in found.stock_outs:
        title = finding.title or finding.text
        yield Text(f"断货 {title.zh}：{finding.text.zh}", f"Out of stock, {title.en}: {finding.text.en}")
    if found.n_alerts:
        yield Text(f"待处理预警 {found.n_alerts} 条", f"{found.n_alerts} alerts wait")
    for text in found.missing[:MOST_MISSING]:
        yield Text(f"缺数据：{text.zh}", f"Missing data: {text.en}")


def _store(row: Mapping[str, object], currency: str | None) -> Text:
    paid, margin, change = (_number(row, name) for name in ("gmv_paid", "contribution_margin", "change"))
    money, rate = said(paid, "money", currency), said(margin, "ratio", None)
    moved = "" if change is None else f" {wording.percent(change, signed=True).zh}"
    return Text(
        f"{row['store']}：{money.zh}{moved}，贡献利润率 {rate.zh}",
        f"{row['store']}: {money.en}{moved}, contribution margin {rate.en}",
    )


def _number(row: Mapping[str, object], name: str) -> Number:
    value = row.get(name)
    return value if isinstance(value, int | float) else None
