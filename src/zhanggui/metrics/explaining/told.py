"""An explanation in plain sentences, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhanggui.i18n import Text
from zhanggui.metrics.cards import TIME_UNITS, UNIT_NAMES
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.metrics.explaining.drivers import Driver
from zhanggui.metrics.explaining.segments import Segment
from zhanggui.metrics.marks import SOURCE_FAILED
from zhanggui.metrics.model import Metric, Ratio, Unit
from zhanggui.money import format_money

if TYPE_CHECKING:
    from zhanggui.metrics.explaining.explain import Explanation

MOST_TOLD = 3
"""Drivers and segments that are told; the rest stands in the table."""

_FAILED = Text(
    "先看数据：{n} 项数据检查没有通过，下面的变化可能只是数据问题",
    "The data first: its sources fail checks of data quality ({n}), so the change may be one of the data alone",
)
_MOVED = Text(
    "{label}从 {before} 到 {after}，变化 {change}{relative}",
    "{label} went from {before} to {after}: {change}{relative}",
)
_STILL = Text("{label}没有变化，都是 {after}", "{label} did not move: {after} in both periods")
_NOISE = Text(
    "这个变化在平时的波动之内（平时两期之差在 ±{normal} 以内），不必据此行动",
    "That is within what it does anyway (two such periods differ by up to ±{normal}); it is no reason to act",
)
_BEYOND = Text(
    "超出平时的波动（平时两期之差在 ±{normal} 以内）",
    "That is beyond what it does anyway (±{normal} between two such periods)",
)
_UNTOLD = Text(
    "历史太短，无法判断是否在平时的波动之内", "History is too short to tell whether that is out of the ordinary"
)
_DRIVERS = Text("按驱动因素：{parts}", "By driver: {parts}")
_SEGMENTS = Text("变化集中在：{parts}", "It lies with: {parts}")
_AGAINST = Text("与整体方向相反的是：{parts}", "Moved the other way: {parts}")
_LARGEST = Text("没有哪一段明显不同，变化最大的是：{parts}", "No segment stands out; these moved most: {parts}")
_BACKGROUND = Text("其余部分整体变为原来的 {factor}", "Everything else moved alike, to {factor} of what it was")
_BESIDE = Text("同时看：{parts}；不要只凭一个指标下结论", "Beside it: {parts}; one metric alone is no verdict")
_NOT_KNOWN = Text("未知", "not known")


def sentences_of(found: Explanation, *, is_judged: bool = False) -> tuple[Text, ...]:
    """Return what an explanation says, the most important first.

    Parameters
    ----------
    found : Explanation
        The explanation.
    is_judged : bool, default False
        Something else has found the change out of the ordinary, so only its causes are told and no verdict on it.
    """
    return tuple(_sentences(found, is_judged=is_judged))


def _sentences(found: Explanation, *, is_judged: bool) -> Iterator[Text]:
    n_failed = sum(warning.code == SOURCE_FAILED for warning in found.data_warnings)
    if n_failed:
        yield _FAILED.format(n=n_failed)
    metric, currency = found.asked.metric, found.currency
    say = _Figures(metric, currency)
    if found.change == 0:
        yield _both(_STILL, label=metric.label, after=say.value(found.after))
        return
    relative = f"（{found.change / abs(found.before):+.1%}）" if found.before and not _is_rate(metric) else ""
    yield _both(
        _MOVED,
        label=metric.label,
        before=say.value(found.before),
        after=say.value(found.after),
        change=say.change(found.change),
        relative=Text(relative or " ", relative.replace("（", " (").replace("）", ")") or " "),
    )
    if not is_judged:
        yield _verdict(found, say)
    if is_judged or not found.within_noise:
        yield from _causes(found, say)
    others = [_beside(other, before, after, currency) for other, before, after in found.beside]
    if others:
        yield _both(_BESIDE, parts=_listed(others))


def _verdict(found: Explanation, say: _Figures) -> Text:
    if found.normal_change is None:
        return _UNTOLD
    return _both(_NOISE if found.within_noise else _BEYOND, normal=say.value(found.normal_change))


def _causes(found: Explanation, say: _Figures) -> Iterator[Text]:
    """Tell drivers and segments; of noise there is no cause to tell, and shares of next to nothing say nothing."""
    told = [each for each in found.drivers if each.amount][:MOST_TOLD]
    if len(found.drivers) > 1:
        yield _both(_DRIVERS, parts=_listed([_driver(each, say) for each in told]))
    segments = found.segments.segments[:MOST_TOLD]
    if any(each.where for each in segments):
        # Of a general fall, what rose stands out without carrying it.
        against = [each for each in segments if found.stands_out and each.amount / found.change < 0]
        carrying = [each for each in segments if each not in against]
        for text, named in ((_SEGMENTS if found.stands_out else _LARGEST, carrying), (_AGAINST, against)):
            if named:
                yield _both(text, parts=_listed([_segment(each, found.change, say) for each in named]))
        if found.segments.background != 1.0:
            yield _BACKGROUND.format(factor=f"{found.segments.background:.1%}")


class _Figures:
    """Writes values of one metric, money from minor units."""

    def __init__(self, metric: Metric, currency: str | None) -> None:
        self._metric, self._currency = metric, currency

    def value(self, number: float) -> Text:
        if self._metric.unit is Unit.MONEY and self._currency:
            minor = round(number)
            return Text(format_money(minor, self._currency, "zh"), format_money(minor, self._currency, "en"))
        if self._metric.unit is Unit.RATIO:
            return Text.same(f"{number:.2%}")
        plain = f"{number:,.0f}" if number == round(number) else f"{number:,.2f}"
        if self._metric.unit in TIME_UNITS:
            unit = UNIT_NAMES[self._metric.unit]
            return Text(f"{plain} {unit.zh}", f"{plain} {unit.en}")
        return Text.same(plain)

    def change(self, number: float) -> Text:
        text = self.value(number)
        if self._metric.unit is Unit.RATIO:
            return Text(f"{100 * number:+.2f} 个百分点", f"{100 * number:+.2f} points")
        return text if number < 0 else Text(f"+{text.zh}", f"+{text.en}")


def _is_rate(metric: Metric) -> bool:
    return isinstance(metric, Ratio) and metric.unit is Unit.RATIO


def _driver(driver: Driver, say: _Figures) -> Text:
    amount = say.change(driver.amount)
    return Text(f"{driver.metric.label_zh} {amount.zh}", f"{driver.metric.label_en} {amount.en}")


def _segment(segment: Segment, change: float, say: _Figures) -> Text:
    amount, place = say.change(segment.amount), place_of(segment)
    share = segment.amount / change
    if share < 0:
        return Text(f"{place.zh} {amount.zh}", f"{place.en} {amount.en}")
    return Text(f"{place.zh} {amount.zh}（占 {share:.0%}）", f"{place.en} {amount.en} ({share:.0%} of it)")


def place_of(segment: Segment) -> Text:
    """Return where a segment is: its values by name, with their dimensions."""
    pieces = []
    for name, value in segment.where.items():
        dimension = DIMENSIONS[name]
        plain = Text.same(segment.labels.get(name) or str(value))
        known = dimension.names.get(str(value), plain) if value not in (None, "") else _NOT_KNOWN
        label = dimension.label
        pieces.append(Text(f"{label.zh}“{known.zh}”", f"{label.en.lower()} “{known.en}”"))
    if not pieces:
        return Text("整体", "the whole")
    return Text("、".join(each.zh for each in pieces), ", ".join(each.en for each in pieces))


def _beside(metric: Metric, before: float | None, after: float | None, currency: str | None) -> Text:
    say = _Figures(metric, currency)
    first = _NOT_KNOWN if before is None else say.value(before)
    last = _NOT_KNOWN if after is None else say.value(after)
    return Text(f"{metric.label_zh} {first.zh} → {last.zh}", f"{metric.label_en} {first.en} → {last.en}")


def _both(text: Text, **words: Text) -> Text:
    zh = text.zh.format(**{name: word.zh for name, word in words.items()}).strip()
    en = text.en.format(**{name: word.en for name, word in words.items()}).strip()
    return Text(zh, en)


def _listed(texts: list[Text]) -> Text:
    return Text("；".join(each.zh for each in texts) or "无", "; ".join(each.en for each in texts) or "none")
