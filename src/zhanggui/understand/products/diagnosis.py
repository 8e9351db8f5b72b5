"""Diagnosis cards: which product is ill, the likely cause, what to check, and the money at stake (T-05, X-07, X-25)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import poisson

from zhanggui.i18n import Text
from zhanggui.methods.association import false_discovery_rates
from zhanggui.understand.products.returns import GoodsReturns, Returns
from zhanggui.understand.products.topics import LABELS, SIZE_LARGE, SIZE_SMALL, SIZES

HIGH_RETURN_RATE, LOW_GOOD_SHARE = 0.20, 0.70
"""Return rate from which, and share of positive reviews to which, a product is ill by both figures together."""

LEAST_LINES, LEAST_REVIEWS = 30, 10
"""Delivered lines and reviews below which nothing is said."""

FAULT_TIMES, FAULT_Q, FAULT_SHARE = 2.5, 0.01, 0.65
"""A size chart is wrong where so many times the usual share of buyers complain, surely, and mostly to one side."""

OWNER = Text("商品运营", "merchandiser")
CHECKS = {
    SIZE_SMALL: (
        Text("量三件大货的胸围、肩宽、衣长，与尺码表逐项对。", "Measure three pieces against the size chart."),
        Text("尺码表改为实测值，详情页写“偏小，建议拍大一码”。", "Correct the chart; say that it runs small."),
        Text("客服话术与智能推荐尺码同步改。", "Tell customer service and the size adviser."),
    ),
    SIZE_LARGE: (
        Text("量三件大货的胸围、肩宽、衣长，与尺码表逐项对。", "Measure three pieces against the size chart."),
        Text("尺码表改为实测值，详情页写“偏大，建议拍小一码”。", "Correct the chart; say that it runs large."),
        Text("客服话术与智能推荐尺码同步改。", "Tell customer service and the size adviser."),
    ),
    "fabric": (
        Text("核对吊牌成分与详情页的面料描述。", "Compare the label with the fabric described."),
        Text("补面料近照、厚度与透光说明。", "Add close pictures, thickness, transparency."),
    ),
    "colour": (
        Text("在自然光下重拍，核对色号。", "Take the pictures again in daylight."),
        Text("抽查批次间的色差。", "Compare the colour of batches."),
    ),
    "quality": (
        Text("按批次与供应商抽检，找出集中的一批。", "Inspect by batch and supplier."),
        Text("向供应商提索赔，停发问题批次。", "Claim from the supplier, stop the batch."),
    ),
    "logistics": (
        Text("查承运商与包装，破损多的换包装。", "Look at carrier and packing."),
    ),
}  # fmt: skip
GENERAL = (
    Text("逐条看差评与退货原因。", "Read the bad reviews and reasons one by one."),
    Text("对照详情页的承诺。", "Compare with what the page promises."),
)


@dataclass(frozen=True, slots=True)
class SizeFault:
    """A size chart that buyers contradict.

    Attributes
    ----------
    direction : str
        ``size_small``: the garment is smaller than the chart says, or ``size_large``.
    n : int
        Orders that say so.
    times : float
        Their share of delivered lines over the usual one.
    q_value : float
        Share of false findings among all at least as sure.
    """

    direction: str
    n: int
    times: float
    q_value: float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One card.

    Attributes
    ----------
    goods : GoodsReturns
        The product.
    cause : str
        Topic that most orders name, or the side to which sizes are off.
    fault : SizeFault or None
        The wrong size chart, where one is found.
    is_t05 : bool
        Whether returns are high and positive reviews few.
    checks : tuple of Text
        What to look at, in order.
    stake_minor : float
        What the returns above the usual rate cost over the days looked at; estimated, NaN where costs are unknown.
    """

    goods: GoodsReturns
    cause: str
    fault: SizeFault | None
    is_t05: bool
    checks: tuple[Text, ...]
    stake_minor: float


def diagnoses(found: Returns) -> tuple[Diagnosis, ...]:
    """Return a card for every product that is ill, the most money first."""
    faults = size_faults(found)
    lines = sum(each.lines for each in found.products)
    usual = sum(each.returned_lines for each in found.products) / lines if lines else 0.0
    cards = []
    for each in found.products:
        fault, is_t05 = faults.get(each.goods.code), _is_ill(each)
        if fault is None and not is_t05:
            continue
        cause = fault.direction if fault else _main_topic(each)
        checks = (*CHECKS.get(cause, ()), *GENERAL)
        cards.append(Diagnosis(each, cause, fault, is_t05, checks, _stake(each, usual)))
    return tuple(sorted(cards, key=lambda card: -np.nan_to_num(card.stake_minor)))


def _is_ill(each: GoodsReturns) -> bool:
    rate, good = each.return_rate, each.good_share
    if rate is None or good is None or each.lines < LEAST_LINES or each.reviews < LEAST_REVIEWS:
        return False
    return rate >= HIGH_RETURN_RATE and good <= LOW_GOOD_SHARE


def _main_topic(each: GoodsReturns) -> str:
    """Return the most named topic that a seller can mend."""
    told = {topic: n for topic, n in each.topics.items() if topic not in ("mind", "other", "described", "price")}
    return max(told, key=lambda topic: (told[topic], -list(LABELS).index(topic))) if told else "other"


def _stake(each: GoodsReturns, usual: float) -> float:
    excess = each.returned_lines - usual * each.lines
    if excess <= 0:
        return 0.0
    if not each.kept_known or not each.back_known:
        return float("nan")
    return excess * (each.kept_minor / each.kept_known - each.back_minor / each.back_known)


def size_faults(found: Returns) -> dict[str, SizeFault]:
    """Return the products whose size chart is wrong, by code.

    Notes
    -----
    Orders that speak of a size, in a reason or a bad review, against delivered lines. The usual share is the median of
    all products of which anybody speaks of sizes, so that a few wrong charts do not hide themselves. One-sided exact
    test of Poisson counts, false discoveries controlled over all these products.
    """
    sized = [each for each in found.products if any(each.topics[topic] for topic in SIZES) and each.lines]
    if len(sized) < 2:
        return {}
    counts = np.array([max(each.topics[SIZE_SMALL], each.topics[SIZE_LARGE]) for each in sized], dtype=float)
    lines = np.array([each.lines for each in sized], dtype=float)
    usual = max(float(np.median(counts / lines)), 1 / float(lines.sum()))
    p_values = np.asarray(poisson.sf(counts - 1, usual * lines), dtype=float)
    q_values = false_discovery_rates(p_values)
    faults = {}
    for each, n, q in zip(sized, counts.tolist(), q_values.tolist(), strict=True):
        direction = SIZE_SMALL if each.topics[SIZE_SMALL] >= each.topics[SIZE_LARGE] else SIZE_LARGE
        told = sum(each.topics[topic] for topic in (SIZE_SMALL, SIZE_LARGE))
        times = n / each.lines / usual
        is_sure = q <= FAULT_Q and times >= FAULT_TIMES and each.lines >= LEAST_LINES
        if is_sure and n / told >= FAULT_SHARE:
            faults[each.goods.code] = SizeFault(direction, int(n), times, float(q))
    return faults
