"""An alert in plain sentences, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from zhanggui.calendar import last_of_month
from zhanggui.i18n import Text
from zhanggui.metrics import Metric, Unit
from zhanggui.metrics.cards import TIME_UNITS, UNIT_NAMES
from zhanggui.metrics.model import Chain
from zhanggui.understand import wording
from zhanggui.understand.monitoring.conditions import (
    Above,
    Band,
    Below,
    Change,
    ChangePoint,
    Condition,
    Forecast,
    Missing,
    ToTarget,
)
from zhanggui.understand.monitoring.courses import last_day_of_step
from zhanggui.understand.monitoring.detecting import Direction, Kind, Sighting
from zhanggui.understand.monitoring.episodes import Episode
from zhanggui.understand.monitoring.rules import StepGrain

_AGAINST: Mapping[str, Text] = MappingProxyType(
    {
        "step": Text("上一期", "the step before"),
        "week": Text("上周同日", "the same weekday a week before"),
        "year": Text("去年同期", "a year before"),
    }
)
_SIDE: Mapping[Direction, Text] = MappingProxyType(
    {Direction.UP: Text("高于", "above"), Direction.DOWN: Text("低于", "below")}
)
_ON = Text("{place}的{label}：{when}为 {value}", "{label} of {place}: {value} on {when}")
_SILENT = Text("{place}的{label}：{when}没有数据", "{label} of {place}: no data for {when}")
_LATE = Text("{place}的{label}：自 {when} 起没有新数据", "{label} of {place}: no data since {when}")
_LIMIT = Text("，{side}设定的 {bound}", ", {side} the limit of {bound}")
_CHANGED = Text(
    "，比{against}的 {expected} {moved}（允许 {allowed}）",
    ", {moved} against {expected} {against} ({allowed} is allowed)",
)
_TARGET = Text("，是目标 {expected} 的 {share}", ", {share} of the target of {expected}")
_FORESEEN = Text(
    "{place}的{label}：按目前走势，{when}将到 {value}", "{label} of {place}: {when} is heading for {value}"
)
_BAND = Text(
    "，{side}按本店历史应有的 {low} 至 {high}（中间值 {expected}）",
    ", {side} the {low} to {high} that the shop's own history lets expect (middle {expected})",
)
_TOGETHER = Text(
    "，单日仍在本店历史应有的 {low} 至 {high} 之内（中间值 {expected}），但与前几天合起来{side}应有的范围",
    ", within the {low} to {high} that the shop's own history lets expect of one day (middle {expected}), but with the "
    "days before it {side} what it lets expect",
)
_SHIFT = Text("；水平自 {since} 起从 {expected} 变了", "; its level has left {expected} since {since}")
_LASTED = Text("，前后共 {n} 天", ", over {n} days")
_STAKE = Text("，涉及约 {money}", "; about {money} of paid amount is at stake")

_FIRST_OF_TRAFFIC = (
    Text(
        "先查流失在哪里，再谈投放：看下面的渠道和页面是哪一段少了",
        "Find where visitors were lost before spending on more: see below which channels and pages lost them",
    ),
    Text(
        "核对数据：访问统计代码、报表日期是否完整",
        "Check the data: is the tracking code in place, are the reports of all days loaded",
    ),
    Text(
        "核对商品：主推商品是否下架、断货、改价或改了主图",
        "Check the goods: did a leading product go off shelf, out of stock, change its price or its main picture",
    ),
    Text(
        "核对入口：搜索排名、活动资源位、推广计划是否停了或超了预算",
        "Check the entrances: did search rank, a campaign slot or an ad plan stop or run out of budget",
    ),
)
_NO_VERDICT = Text(
    "不要只凭这一个指标下结论：同时看旁边的指标", "One metric alone is no verdict: look at those beside it"
)


def value_text(metric: Metric, value: float | None, currency: str | None) -> Text:
    """Return a value of a metric as a person reads it.

    Examples
    --------
    >>> from zhanggui.metrics import CATALOGUE
    >>> value_text(CATALOGUE["refund_rate"], 0.1234, None).en, value_text(CATALOGUE["gmv_paid"], 12000.0, "CNY").zh
    ('12.34%', '¥1.200 万')
    """
    if value is None:
        return wording.NOT_KNOWN
    if metric.unit is Unit.MONEY:
        return wording.money(value, currency)
    if metric.unit is Unit.RATIO:
        return Text.same(f"{value:.2%}")
    plain = f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:,.2f}"
    if metric.unit in TIME_UNITS:
        unit = UNIT_NAMES[metric.unit]
        return Text(f"{plain} {unit.zh}", f"{plain} {unit.en}")
    return Text.same(plain)


def step_text(day: date, grain: StepGrain) -> Text:
    """Return the step that begins on a day, in words."""
    return wording.period(day, last_day_of_step(day, grain))


def sentence_of(
    episode: Episode,
    metric: Metric,
    place: Text,
    condition: Condition,
    *,
    grain: StepGrain = "day",
    currency: str | None = None,
    money: float | None = None,
) -> Text:
    """Return what an episode is, in one sentence with its numbers."""
    seen = episode.latest
    pieces = [_begun(seen, metric, place, grain, currency), _beyond(seen, metric, condition, currency)]
    n_days = (last_day_of_step(seen.day, grain) - episode.first_day).days + 1
    if len(episode.sightings) > 1 and seen.kind not in (Kind.LATE, Kind.CHANGE_POINT):
        pieces.append(_LASTED.format(n=n_days))
    if money:
        said = wording.money(money, currency)
        pieces.append(Text(_STAKE.zh.format(money=said.zh), _STAKE.en.format(money=said.en)))
    told = [each for each in pieces if each is not None]
    return Text("".join(each.zh for each in told) + "。", "".join(each.en for each in told) + ".")


def _begun(seen: Sighting, metric: Metric, place: Text, grain: StepGrain, currency: str | None) -> Text:
    when = step_text(seen.day, grain)
    text = _ON
    if seen.kind is Kind.FORECAST:
        text, when = _FORESEEN, wording.period(seen.day.replace(day=1), last_of_month(seen.day))
    elif seen.kind is Kind.LATE:
        text, when = _LATE, wording.period(seen.since or seen.day, seen.since or seen.day)
    elif seen.kind is Kind.MISSING:
        text = _SILENT
    return _filled(text, place=place, label=metric.label, when=when, value=value_text(metric, seen.value, currency))


def _beyond(seen: Sighting, metric: Metric, condition: Condition, currency: str | None) -> Text | None:
    def say(value: float | None) -> Text:
        return value_text(metric, value, currency)

    side, bound = _SIDE[seen.direction], seen.low if seen.direction is Direction.DOWN else seen.high
    match seen.kind:
        case Kind.THRESHOLD:
            return _filled(_LIMIT, side=side, bound=say(bound))
        case Kind.CHANGE if seen.expected and seen.value is not None and isinstance(condition, Change):
            allowed = condition.fall if seen.direction is Direction.DOWN else condition.rise
            return _filled(
                _CHANGED,
                against=_AGAINST[condition.against],
                expected=say(seen.expected),
                moved=wording.percent(seen.value / seen.expected - 1, signed=True),
                allowed=wording.percent((allowed or 0.0) * (1 if seen.direction is Direction.UP else -1), signed=True),
            )
        case Kind.TARGET | Kind.FORECAST if seen.expected and seen.value is not None:
            return _filled(_TARGET, expected=say(seen.expected), share=wording.percent(seen.value / seen.expected))
        case Kind.BAND if seen.low is not None or seen.high is not None:
            text = _TOGETHER if _is_within(seen) else _BAND
            return _filled(text, side=side, low=say(seen.low), high=say(seen.high), expected=say(seen.expected))
        case Kind.CHANGE_POINT if seen.since is not None:
            return _filled(_SHIFT, since=wording.period(seen.since, seen.since), expected=say(seen.expected))
        case _:
            return None


def _is_within(seen: Sighting) -> bool:
    """Whether a day lies in its own band: it is told for what it is together with the days before it."""
    if seen.value is None:
        return False
    return (seen.low is None or seen.low <= seen.value) and (seen.high is None or seen.value <= seen.high)


def condition_text(metric: Metric, condition: Condition, currency: str | None) -> Text:
    """Return what a rule looks for, in words."""
    match condition:
        case Above(limit=limit):
            said = value_text(metric, limit, currency)
            return Text(f"高于 {said.zh}", f"above {said.en}")
        case Below(limit=limit):
            said = value_text(metric, limit, currency)
            return Text(f"低于 {said.zh}", f"below {said.en}")
        case Change(fall=fall, rise=rise, against=against):
            moves = [(fall, "下降", "falls by"), (rise, "上升", "rises by")]
            zh = "或".join(f"{word} {share:.0%}" for share, word, _ in moves if share is not None)
            en = " or ".join(f"{word} {share:.0%}" for share, _, word in moves if share is not None)
            return Text(f"比{_AGAINST[against].zh}{zh}以上", f"{en} or more against {_AGAINST[against].en}")
        case ToTarget(target=target, below=below, above=above):
            said = value_text(metric, target, currency)
            bounds = [(below, "不到", "less than"), (above, "超过", "more than")]
            zh = "或".join(f"{word}目标 {said.zh} 的 {share:.0%}" for share, word, _ in bounds if share is not None)
            en = " or ".join(f"{word} {share:.0%} of the target {said.en}" for share, _, word in bounds if share)
            return Text(zh, en)
        case Band(side=side):
            return _learned(side, "偏离本店历史应有的范围", "outside of what the shop's own history lets expect")
        case ChangePoint(side=side):
            return _learned(side, "水平发生变化", "its level has shifted")
        case Forecast(target=target, side=side):
            said = value_text(metric, target, currency)
            return _learned(side, f"月底将偏离目标 {said.zh}", f"heading off the month's target of {said.en}")
        case Missing(after_days=n):
            return Text(f"没有数据满 {n} 天", f"without data for {n} days")


def _learned(side: str, zh: str, en: str) -> Text:
    only = {"up": Text("（只看偏高）", " (upwards)"), "down": Text("（只看偏低）", " (downwards)")}.get(side)
    return Text(zh + (only.zh if only else ""), en + (only.en if only else ""))


def first_checks(metric: Metric, direction: Direction) -> tuple[Text, ...]:
    """Return what to look at before anything is done, the most important first; spending is never among it."""
    if metric.chain is Chain.TRAFFIC and direction is Direction.DOWN:
        return (*_FIRST_OF_TRAFFIC, _NO_VERDICT)
    return (_NO_VERDICT,)


def _filled(text: Text, **words: Text) -> Text:
    return Text(
        text.zh.format(**{name: word.zh for name, word in words.items()}),
        text.en.format(**{name: word.en for name, word in words.items()}),
    )
