"""利润表 The profit statement: every account by month, for the whole and for each platform, store or category.

Amounts are whole minor units from here on, so that lines sum to their totals without rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from zhanggui.calendar import last_of_month
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Answer
from zhanggui.metrics.model import Ratio, Unit
from zhanggui.money import to_minor
from zhanggui.understand.desk import Desk
from zhanggui.understand.figures import shown_period
from zhanggui.understand.finance.accounts import (
    MEMOS,
    REFUNDS_ON_COMPLETION,
    REFUNDS_ON_PAYMENT,
    SPARSE,
    UNCOSTED_HELP,
    UNCOSTED_LABEL,
    Account,
    Line,
    Result,
    Uncosted,
    metrics_of,
    statement_lines,
)
from zhanggui.understand.naming import value_filters, value_names
from zhanggui.understand.view import View

SPLITS = ("platform", "shop", "category", "channel")
"""Dimensions that the statement can be split by: both order lines and what belongs to none reach them."""

COMPLETION = "completion"
UNCOSTED = "uncosted"
OTHER_REFUNDS = "refunded_unnamed"
_OTHER_REFUNDS_LABEL = Text("未写明类型的退款", "Refunds of no stated kind")

Cells = Mapping[str, Mapping[str, int | None]]
"""Value of each metric by month, in minor units; None where it cannot be known."""


@dataclass(frozen=True, slots=True)
class Column:
    """One month, and why it is no whole one."""

    month: date
    first: date
    last: date
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the statement, in minor units with the sign by which it adds to profit.

    Attributes
    ----------
    key : str
        The metric, or what the line is.
    role : str
        ``line``, ``total`` or ``memo``.
    parent : str or None
        Key of the line that it is a part of.
    values : tuple of int or None
        One per month.
    metric : str or None
        The metric that opens behind it; None where no metric holds the number.
    """

    key: str
    label: Text
    role: str
    values: tuple[int | None, ...]
    parent: str | None = None
    metric: str | None = None
    help: Text | None = None

    @property
    def total(self) -> int | None:
        """Over all months; None where it is known in none."""
        known = [value for value in self.values if value is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Part:
    """The statement of one platform, store or category."""

    name: Text
    view: View
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The profit statement of a view.

    Attributes
    ----------
    currency : str or None
        None where several currencies cannot be added.
    columns : tuple of Column
        Months, in order.
    rows : tuple of Row
        The lines; those of a split stand in `parts`.
    parts : tuple of Part
        The same lines by platform, store, category or channel, the largest receivable first.
    ratios : mapping of str to (values, total)
        Memo lines that are ratios.
    warnings : tuple of Text
        What a reader must know.
    """

    view: View
    by_completion: bool
    currency: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    parts: tuple[Part, ...] = ()
    ratios: Mapping[str, tuple[tuple[float | None, ...], float | None]] = field(default_factory=dict)
    warnings: tuple[Text, ...] = ()

    def row(self, key: str) -> Row | None:
        """Return the line called `key`."""
        return next((row for row in self.rows if row.key == key), None)


def profit_statement(desk: Desk, view: View, *, by: str | None = None) -> Statement:
    """Return the statement of what is looked at.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Period, filters, and the basis of refunds.
    by : str, optional
        One of `SPLITS`.
    """
    by_completion = view.basis == COMPLETION
    lines = statement_lines(by_completion=by_completion)
    plain = replace(view, compare=None, grain=None, by=None, page=1)
    asked = tuple(dict.fromkeys((*metrics_of(lines), *_COUNTED, *_MONEY_MEMOS)))
    answers = _ask(desk, plain, (*asked, *_RATIO_PARTS))
    columns = _columns(desk, plain, answers)
    cells = _cells(answers)
    return Statement(
        view=plain,
        by_completion=by_completion,
        currency=answers[0].currency,
        columns=columns,
        rows=_rows(lines, cells, columns, by_completion=by_completion),
        parts=_parts(desk, plain, lines, asked, columns, by) if by in SPLITS else (),
        ratios=_ratios(cells, columns),
        warnings=_warnings(answers, by_completion=by_completion),
    )


_ALONE = ("marked_order_cost", REFUNDS_ON_COMPLETION.metric)
"""Metrics over other rows than all the rest: asked by themselves, so that the rest shares one pass."""

_SUMMED = ("net_receivable", "contribution_profit", "operating_profit")
"""Results: the sum of the lines above them."""

_PROFIT = ("order_contribution", "profit_of_entries")
"""What contribution profit sums."""

_COUNTED = (*_PROFIT, "refunded")
"""What says how much of the sum is profit, and on which basis."""

_MONEY_MEMOS = tuple(name for name in MEMOS if CATALOGUE[name].unit is Unit.MONEY)
_RATIO_MEMOS = {name: found for name in MEMOS if isinstance(found := CATALOGUE[name], Ratio)}
_RATIO_PARTS = tuple(dict.fromkeys(part.name for each in _RATIO_MEMOS.values() for part in each.parts))
"""What the rates of the statement divide, so that they share its one pass over the lines."""


def _ask(desk: Desk, view: View, names: tuple[str, ...], *by: str) -> tuple[Answer, ...]:
    shared = tuple(name for name in names if name not in _ALONE and name not in _SUMMED)
    groups = [shared, *((name,) for name in _ALONE if name in names)]
    return tuple(desk.ask(view.question(*group, by=by, grain="month")) for group in groups)


def _cells(answers: Iterable[Answer], keep: Mapping[str, object] | None = None) -> dict[str, dict[str, int | None]]:
    """Return the values of each metric by month, of the rows that `keep` describes."""
    found: dict[str, dict[str, int | None]] = {}
    for answer in answers:
        for row in answer.rows:
            if keep is not None and any(row.get(name) != value for name, value in keep.items()):
                continue
            for metric in answer.metrics:
                values = found.setdefault(metric.name, {})
                values[str(row["date"])] = _minor(row.get(metric.name), answer.currency)
    return found


def _minor(value: object, currency: str | None) -> int | None:
    if value is None:
        return None
    # The answer's number is the float nearest to the amount, whose shortest text is the amount itself.
    return to_minor(Decimal(repr(float(str(value)))), currency or "CNY", excess="round_half_up")


def _columns(desk: Desk, view: View, answers: Sequence[Answer]) -> tuple[Column, ...]:
    period = shown_period(desk, view)
    found = []
    for text in sorted({str(row["date"]) for answer in answers for row in answer.rows if row.get("date")}):
        first = date.fromisoformat(text)
        last = last_of_month(first)
        shown = (max(first, period.first), min(last, period.last)) if period else (first, last)
        found.append(Column(first, *shown, is_partial=shown != (first, last)))
    return tuple(found)


def _rows(lines: tuple[Line, ...], cells: Cells, columns: Sequence[Column], *, by_completion: bool) -> tuple[Row, ...]:
    """Return the lines with their signed values; results are sums of what stands above them."""
    months = [column.month.isoformat() for column in columns]
    sums = [0] * len(months)
    # Months in which what stands above is not known: refunds without a day of success, then goods without any cost.
    unknown = [False] * len(months)
    rows: list[Row] = []
    for line in lines:
        made: list[Row] = []
        match line:
            case Account():
                made = _account_rows(line, cells, months)
                if line is REFUNDS_ON_COMPLETION:
                    unknown = [value is None for value in made[0].values]
            case Uncosted():
                left = [
                    _counted(cells, month, by_completion) - total for month, total in zip(months, sums, strict=True)
                ]
                made = [Row(UNCOSTED, UNCOSTED_LABEL, "line", tuple(left), help=UNCOSTED_HELP)] if any(left) else []
                unknown = [was or _of(cells, "order_contribution", month) is None
                           for was, month in zip(unknown, months, strict=True)]  # fmt: skip
            case Result():
                values = tuple(None if hidden else total for hidden, total in zip(unknown, sums, strict=True))
                metric = None if by_completion else line.metric
                rows.append(Row(line.metric, CATALOGUE[line.metric].label, "total", values, metric=metric))
        if made:
            sums = [total + (value or 0) for total, value in zip(sums, made[0].values, strict=True)]
            rows += made
    for name in _MONEY_MEMOS:
        rows.append(Row(name, CATALOGUE[name].label, "memo", tuple(_of(cells, name, m) for m in months), metric=name))
    return tuple(row for row in rows if not _is_left_out(row))


def _of(cells: Cells, metric: str, month: str) -> int | None:
    return cells.get(metric, {}).get(month, 0)


def _counted(cells: Cells, month: str, by_completion: bool) -> int:
    """Return the profit of all lines of known cost and of what belongs to no line, on the basis of the statement."""
    amounts = (_of(cells, "order_contribution", month), _of(cells, "profit_of_entries", month))
    moved = (
        (_of(cells, "refunded", month), _of(cells, REFUNDS_ON_COMPLETION.metric, month)) if by_completion else (0, 0)
    )
    return sum(amount or 0 for amount in amounts) + (moved[0] or 0) - (moved[1] or 0)


def _minus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _signed(cells: Cells, account: Account, month: str) -> int | None:
    value = _of(cells, account.metric, month)
    return None if value is None else account.sign * value


def _account_rows(line: Account, cells: Cells, months: Sequence[str]) -> list[Row]:
    values = [_signed(cells, line, month) for month in months]
    rows = [Row(line.metric, line.label, "line", tuple(values), metric=line.metric)]
    rest = values
    for part in line.parts:
        of_part = [_signed(cells, part, month) for month in months]
        rest = [_minus(whole, own) for whole, own in zip(rest, of_part, strict=True)]
        rows.append(Row(part.metric, part.label, "line", tuple(of_part), parent=line.metric, metric=part.metric))
    if line is REFUNDS_ON_PAYMENT and any(rest):
        rows.append(Row(OTHER_REFUNDS, _OTHER_REFUNDS_LABEL, "line", tuple(rest), parent=line.metric))
    return rows


def _is_left_out(row: Row) -> bool:
    is_nothing = not any(row.values) and None not in row.values
    return is_nothing and (row.parent is not None or row.key in SPARSE or row.role == "memo")


def _parts(
    desk: Desk, view: View, lines: tuple[Line, ...], asked: tuple[str, ...], columns: Sequence[Column], by: str
) -> tuple[Part, ...]:
    answers = _ask(desk, view, asked, by)
    key = "shop_id" if by == "shop" else by
    values = {row.get(key): row for answer in answers for row in answer.rows}
    named = value_names(desk, by, list(values.values()))
    by_completion = view.basis == COMPLETION
    parts = [
        Part(
            name,
            view.only(*value_filters(desk, by, row)),
            _rows(lines, _cells(answers, {key: value}), columns, by_completion=by_completion),
        )
        for (value, row), name in zip(values.items(), named, strict=True)
    ]
    return tuple(sorted(parts, key=lambda part: -(part.rows[0].total or 0)))


def _ratios(cells: Cells, columns: Sequence[Column]) -> dict[str, tuple[tuple[float | None, ...], float | None]]:
    """Return each rate by month and over all: ratios of sums of the same cells as the lines."""
    months = [column.month.isoformat() for column in columns]
    return {
        name: (tuple(_rate(each, cells, [month]) for month in months), _rate(each, cells, months))
        for name, each in _RATIO_MEMOS.items()
    }


def _rate(ratio: Ratio, cells: Cells, months: Sequence[str]) -> float | None:
    above, below = (_sum_over(part.name, cells, months) for part in ratio.parts)
    return above / below if above is not None and below else None


def _sum_over(metric: str, cells: Cells, months: Sequence[str]) -> int | None:
    """Return a metric over months, None where none of them knows it."""
    # Contribution profit is known as soon as any line is; what belongs to no line then counts in every month.
    name, *others = _PROFIT if metric == "contribution_profit" else (metric,)
    known = [value for month in months if (value := _of(cells, name, month)) is not None]
    return sum(known) + sum(_of(cells, each, month) or 0 for each in others for month in months) if known else None


def _warnings(answers: Sequence[Answer], *, by_completion: bool) -> tuple[Text, ...]:
    texts = [warning.text for answer in answers for warning in answer.warnings]
    if by_completion:
        texts.insert(
            0,
            Text(
                "退款完成口径：退款记在退款成功的那天，其余各项仍记在付款日。",
                "Refunds stand on the day they succeeded; all other lines on the day of payment.",
            ),
        )
    return tuple(dict.fromkeys(texts))
