"""The calculators of marketing: ROI, LTV against CAC, what a lower CAC saves, growth (catalogue F-01 to F-05)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadFilterError
from zhanggui.pagespec import TileAnswer
from zhanggui.understand.traffic.attribution_rules import word_of
from zhanggui.understand.view import Pairs, last_in

Unit = Literal["money", "ratio", "count"]
_LARGEST = 1e15
AMBER_FROM = 1.0


class Line(BaseModel):
    """One result with what it means."""

    name: str
    label: Text
    value: float | None
    unit: Unit
    text: Text


class Calculated(BaseModel):
    """What a calculator answers; `light` is green, amber or red where the formula has a bound."""

    formula: str
    catalogue_id: str
    expression: Text
    inputs: dict[str, float]
    results: tuple[Line, ...]
    light: Literal["green", "amber", "red"] | None = None
    note: Text | None = None


class Input(BaseModel):
    """One number that a calculator asks for; without an example it may be left out."""

    name: str
    label: Text
    unit: Unit
    example: float | None
    least: float = 0.0


def _input(name: str, label: Text, unit: Unit, example: float | None, least: float = 0.0) -> Input:
    return Input(name=name, label=label, unit=unit, example=example, least=least)


@dataclass(frozen=True, slots=True)
class Calculator:
    """One formula: what it asks for, and how it answers."""

    name: str
    catalogue_id: str
    title: Text
    expression: Text
    inputs: tuple[Input, ...]
    answer: Callable[[Mapping[str, float]], tuple[tuple[Line, ...], Literal["green", "amber", "red"] | None]]
    note: Text | None = None


def percent(ratio: float | None) -> Text:
    """Return a ratio as a percentage with one decimal, signed.

    Examples
    --------
    >>> percent(0.5200000000000002).en, percent(-0.375).en
    ('+52.0%', '-37.5%')
    """
    return Text.same("-") if ratio is None else Text.same(f"{100 * ratio:+.1f}%")


def _money(amount: float | None) -> Text:
    return Text.same("-") if amount is None else Text(f"{amount:,.2f} 元", f"{amount:,.2f} yuan")


def _roi(given: Mapping[str, float]) -> tuple[tuple[Line, ...], Literal["green", "amber", "red"] | None]:
    sales, cost, margin = given["sales"], given["cost"], given.get("margin")
    revenue = _divided(sales - cost, cost)
    profit = None if margin is None else _divided(sales * margin - cost, cost)
    earned = None if margin is None else sales * margin - cost
    label = Text("ROI（按销售额，不是利润）", "ROI by sales, not by profit")
    lines = [Line(name="roi", label=label, value=revenue, unit="ratio", text=percent(revenue))]
    if margin is not None:
        text = percent(profit)
        lines.append(
            Line(name="roi_profit", label=Text("ROI（按利润）", "ROI by profit"), value=profit, unit="ratio", text=text)
        )
        label = Text("活动净利润", "Profit of the campaign")
        lines.append(Line(name="profit", label=label, value=earned, unit="money", text=_money(earned)))
    return tuple(lines), None if earned is None else "green" if earned > 0 else "red"


def _health(given: Mapping[str, float]) -> tuple[tuple[Line, ...], Literal["green", "amber", "red"] | None]:
    bound = given.get("threshold", 3.0)
    ratio = _divided(given["ltv"], given["cac"])
    text = Text.same("-" if ratio is None else f"{ratio:.2f}")
    line = Line(name="ltv_per_cac", label=Text("LTV ÷ CAC", "LTV ÷ CAC"), value=ratio, unit="count", text=text)
    if ratio is None:
        return (line,), None
    return (line,), "green" if ratio > bound else "amber" if ratio > AMBER_FROM else "red"


def _saving(given: Mapping[str, float]) -> tuple[tuple[Line, ...], Literal["green", "amber", "red"] | None]:
    saved = (given["old_cac"] - given["new_cac"]) * given["new_users"]
    label = Text("节约成本", "Saved")
    return (Line(name="saved", label=label, value=saved, unit="money", text=_money(saved)),), None


def _growth(given: Mapping[str, float]) -> tuple[tuple[Line, ...], Literal["green", "amber", "red"] | None]:
    change = _divided(given["after"] - given["before"], given["before"])
    label = Text("增幅", "Change")
    return (Line(name="change", label=label, value=change, unit="ratio", text=percent(change)),), None


def _visitor(given: Mapping[str, float]) -> tuple[tuple[Line, ...], Literal["green", "amber", "red"] | None]:
    value = given["conversion_ratio"] * (1 + given["order_value_change"])
    label = Text("每访客价值倍数", "Value per visitor, times")
    return (Line(name="value_ratio", label=label, value=value, unit="count", text=Text.same(f"{value:.2f}×")),), None


def _divided(above: float, below: float) -> float | None:
    return above / below if below else None


_ROUNDING = Text(
    "原文 ¥180→¥235 写作 +30.5%，是截断；四舍五入是 +30.6%。CAC ¥120→¥75 是 -37.5%，正文的“下降了40%”是约数。",
    "The source cuts ¥180→¥235 to +30.5 %; rounded it is +30.6 %. CAC ¥120→¥75 is -37.5 %, said as 40 %.",
)

CALCULATORS: Mapping[str, Calculator] = MappingProxyType(
    {
        each.name: each
        for each in (
            Calculator(
                "roi", "F-01", Text("营销活动 ROI", "ROI of a campaign"),
                Text("(销售额 − 总成本) ÷ 总成本", "(sales − cost) ÷ cost"),
                (
                    _input("sales", Text("活动带来的销售额", "Sales by the campaign"), "money", 150_000),
                    _input("cost", Text("活动总成本", "Cost of the campaign"), "money", 50_000),
                    _input("margin", Text("利润率（可不填）", "Margin (optional)"), "ratio", None, -1.0),
                ),
                _roi,
                Text(
                    "总成本含投放、折扣、赠品、人工与样品。按销售额的 ROI 不看利润：毛利率 30% 时，ROI 200% 也在亏。",
                    "Cost holds media, discounts, gifts, people, samples. ROI by sales ignores profit: at a margin of "
                    "30 %, a ROI of 200 % still loses.",
                ),
            ),
            Calculator(
                "health", "F-02", Text("LTV 与 CAC", "LTV against CAC"), Text("LTV > 3 × CAC", "LTV > 3 × CAC"),
                (
                    _input("ltv", Text("客户终身价值", "LTV"), "money", 310),
                    _input("cac", Text("获客成本", "CAC"), "money", 100),
                    _input("threshold", Text("倍数", "Times"), "count", 3),
                ),
                _health,
            ),
            Calculator(
                "saving", "F-03", Text("降低获客成本省多少", "What a lower CAC saves"),
                Text("(旧 CAC − 新 CAC) × 新用户数", "(old CAC − new CAC) × new users"),
                (
                    _input("old_cac", Text("旧 CAC", "Old CAC"), "money", 100),
                    _input("new_cac", Text("新 CAC", "New CAC"), "money", 70),
                    _input("new_users", Text("新用户数", "New users"), "count", 10_000),
                ),
                _saving,
            ),
            Calculator(
                "growth", "F-04, F-05", Text("增幅", "Change"), Text("(后 − 前) ÷ 前", "(after − before) ÷ before"),
                (
                    _input("before", Text("之前", "Before"), "count", 120),
                    _input("after", Text("之后", "After"), "count", 75),
                ),
                _growth,
                _ROUNDING,
            ),
            Calculator(
                "visitor", "F-08", Text("每访客价值", "Value per visitor"),
                Text("转化率倍数 × (1 + 客单价变化)", "conversion, times × (1 + change of order value)"),
                (
                    _input("conversion_ratio", Text("转化率是几倍", "Conversion, times"), "count", 3),
                    _input("order_value_change", Text("客单价变化", "Change of order value"), "ratio", -0.15, -1.0),
                ),
                _visitor,
                Text("还要减去成本与毛利率的差别。", "Costs and margins still differ."),
            ),
        )
    }
)  # fmt: skip
"""By name, in the order of the page."""


class CalculatorRow(BaseModel):
    """One calculator as its page shows it."""

    name: str
    catalogue_id: str
    title: Text
    expression: Text
    inputs: tuple[Input, ...]
    note: Text | None


class CalculatorsAnswer(TileAnswer):
    """Every calculator, in the order of the page."""

    calculators: tuple[CalculatorRow, ...]


def calculators() -> CalculatorsAnswer:
    """Return what there is to calculate."""
    return CalculatorsAnswer(
        calculators=tuple(
            CalculatorRow(
                name=each.name,
                catalogue_id=each.catalogue_id,
                title=each.title,
                expression=each.expression,
                inputs=each.inputs,
                note=each.note,
            )
            for each in CALCULATORS.values()
        )
    )


def calculated(name: str, given: Mapping[str, float]) -> Calculated:
    """Return what a calculator answers.

    Raises
    ------
    BadFilterError
        A number is missing or out of its bounds, or there is no such calculator.
    """
    calculator = CALCULATORS[word_of("calculator", name, tuple(CALCULATORS))]
    inputs = {}
    for each in calculator.inputs:
        value = given.get(each.name)
        if value is None:
            if each.example is not None and each.name != "threshold":
                raise BadFilterError(each.name, why=f"is needed by the calculator {name}")
            continue
        if not each.least <= value <= _LARGEST:
            raise BadFilterError(f"{each.name}={value:g}", why=f"is no number from {each.least:g} to {_LARGEST:g}")
        inputs[each.name] = value
    results, light = calculator.answer(inputs)
    return Calculated(
        formula=name,
        catalogue_id=calculator.catalogue_id,
        expression=calculator.expression,
        inputs=inputs,
        results=results,
        light=light,
        note=calculator.note,
    )


def calculated_of_pairs(name: str, pairs: Pairs) -> Calculated:
    """Return the same of a query string.

    Raises
    ------
    BadFilterError
        A number cannot be read, is missing or out of its bounds.
    """
    calculator = CALCULATORS[word_of("calculator", name, tuple(CALCULATORS))]
    given = {}
    for each in calculator.inputs:
        text = last_in(pairs, each.name)
        if text is None or not text.strip():
            continue
        try:
            given[each.name] = float(text)
        except ValueError:
            raise BadFilterError(f"{each.name}={text}", why="is no number") from None
    return calculated(name, given)
