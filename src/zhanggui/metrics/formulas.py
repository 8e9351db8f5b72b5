"""The formulas of the source documents, as data: what they say, what they come to, and which metrics answer them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhanggui.i18n import Text


def relative_change(before: float, after: float) -> float:
    """Return by how much something changed, as a share of what it was.

    Examples
    --------
    >>> round(relative_change(180, 235), 4)
    0.3056
    """
    return float((Fraction(str(after)) - Fraction(str(before))) / Fraction(str(before)))


def saved_cost(before: float, after: float, n_customers: int) -> float:
    """Return what is saved when each of so many new customers costs less.

    Examples
    --------
    >>> saved_cost(100, 70, 10_000)
    300000
    """
    return (before - after) * n_customers


def return_on_cost(revenue: float, cost: float) -> float:
    """Return what comes back beyond each yuan spent; of revenue it is no profit.

    Examples
    --------
    >>> return_on_cost(1_000, 250)
    3.0
    """
    return (revenue - cost) / cost


def gross_profit_factor(order_value_change: float, margin_change: float, *, margin: float | None = None) -> float:
    """Return by what gross profit per order is multiplied when order value and margin move.

    Parameters
    ----------
    order_value_change : float
        Relative change of the order value.
    margin_change : float
        Change of the margin: relative, or in points where `margin` is given.
    margin : float, optional
        The margin before.

    Examples
    --------
    >>> round(gross_profit_factor(0.05, -0.08), 3), round(gross_profit_factor(0.05, -0.08, margin=0.4), 2)
    (0.966, 0.84)
    """
    of_margin = 1 + margin_change if margin is None else (margin + margin_change) / margin
    return (1 + order_value_change) * of_margin


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a source prints, and what its formula comes to.

    Attributes
    ----------
    said : str
        As the source prints it.
    value : float
        What we return.
    """

    said: str
    value: float


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of the source documents.

    Attributes
    ----------
    catalogue_id : str
        Its id in the catalogue of requirements.
    text : str
        The formula.
    metrics : tuple of str
        Metrics that answer it from a shop's own ledger.
    note : Text
        How to read it, and where we differ from the source.
    figures : tuple of Figure, default ()
        The figures that the source prints.
    """

    catalogue_id: str
    text: str
    metrics: tuple[str, ...]
    note: Text
    figures: tuple[Figure, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return its JSON shape."""
        return {
            "catalogue_id": self.catalogue_id,
            "formula": self.text,
            "metrics": list(self.metrics),
            "figures": [{"said": each.said, "value": each.value} for each in self.figures],
            "note_zh": self.note.zh,
            "note_en": self.note.en,
        }


FORMULAS: tuple[Formula, ...] = (
    Formula(
        "F-01",
        "ROI = (revenue − cost) ÷ cost",
        ("marketing_roi", "marketing_roi_profit"),
        Text(
            "按销售额算的 ROI 不是利润，利润版列在旁边；活动单独带来的销售额要有对照组。",
            "ROI of revenue is no profit: that of profit stands beside it. What a campaign caused takes a "
            "control group.",
        ),
    ),
    Formula(
        "F-02",
        "LTV > 3 × CAC",
        ("lifetime_value_to_cost", "lifetime_value", "acquisition_cost"),
        Text("大于 3 为健康；生命周期价值需要 cohort 表。", "Healthy above 3; lifetime value needs the table cohort."),
    ),
    Formula(
        "F-03",
        "saved = (CAC before − CAC after) × new customers",
        ("acquisition_cost", "new_buyers"),
        Text("与原文一致。", "As the source prints it."),
        (Figure("300,000元", saved_cost(100, 70, 10_000)),),
    ),
    Formula(
        "F-04",
        "change = (after − before) ÷ before",
        ("payment_conversion", "average_order_value", "returning_buyer_share"),
        Text(
            "原文把 180→235 截断为 30.5%，应为 30.6%。",
            "The source cuts 180 to 235 down to 30.5%; it is 30.6%.",
        ),
        (
            Figure("+52%", relative_change(0.025, 0.038)),
            Figure("+30.5%", relative_change(180, 235)),
            Figure("+46.7%", relative_change(0.15, 0.22)),
        ),
    ),
    Formula(
        "F-05",
        "change of CAC = (75 − 120) ÷ 120",
        ("acquisition_cost",),
        Text(
            "原文正文写“下降 40%”，表格是 −37.5%；以表格为准。",
            "The source's text says 40%, its table −37.5%, which is right.",
        ),
        (Figure("−37.5%", relative_change(120, 75)),),
    ),
    Formula(
        "F-06",
        "repurchase, conversion, order value as defined in words",
        ("repurchase_rate", "visitor_order_rate", "payment_conversion", "average_order_value", "average_buyer_value"),
        Text(
            "原文的客单价是每笔订单的金额（笔单价）；按买家算的另有其名。",
            "The source's 客单价 is per order, our average_order_value; per buyer is average_buyer_value.",
        ),
    ),
    Formula(
        "F-07",
        "UV → PV → cart → order → payment",
        ("visitors", "page_views", "cart_visitors", "ordering_visitors", "buyers"),
        Text(
            "支付转化率 = 加购率 × 下单率（加购）× 支付买家与下单访客之比，恒等。",
            "Payment conversion = add-to-cart rate × order rate of carts × buyers per visitor who ordered, always.",
        ),
    ),
    Formula(
        "F-08",
        "value per visitor = conversion × order value",
        ("value_per_visitor",),
        Text(
            "原文的 3 倍转化、客单价低 15%（相对值）合起来是 2.55 倍，再扣成本与费用。",
            "Three times the conversion at 15% less per order (relative) is 2.55 times the value, before costs "
            "and fees.",
        ),
        (Figure("3 × 0.85", 3 * 0.85),),
    ),
    Formula(
        "F-09",
        "gross profit × (1 + change of order value) × (1 + change of margin)",
        ("average_order_value", "gross_margin", "discount_rate"),
        Text(
            "原文没有说明毛利率降 8% 是相对值还是百分点：相对值时为 0.966；百分点时取决于原来的毛利率，40% 时为 0.84。",
            "The source does not say whether the margin falls by 8% of itself, which makes 0.966, or by 8 points, "
            "which depends on the margin before: at 40% it makes 0.84.",
        ),
        (
            Figure("+5%, −8%", gross_profit_factor(0.05, -0.08)),
            Figure("+5%, −8 pp of 40%", gross_profit_factor(0.05, -0.08, margin=0.4)),
        ),
    ),
    Formula(
        "F-10",
        "orders and profit per exposure of each banner",
        (),
        Text(
            "需要实验数据：曝光与分组；点击率与转化率不能各取一个赢家。",
            "Needs exposures and arms of an experiment; click rate and conversion do not each name a winner.",
        ),
    ),
    Formula(
        "F-11",
        "RFM = recency, frequency, monetary",
        (),
        Text("需要 buyer_state 表。", "Needs the table buyer_state."),
    ),
    Formula(
        "F-12",
        "CAC of private domain ÷ CAC of advertising",
        ("acquisition_cost",),
        Text("按渠道拆分获客成本后相除。", "Acquisition cost by channel, one divided by the other."),
        (Figure("1/5", 1 / 5),),
    ),
    Formula(
        "F-13",
        "GMV = visitors × conversion × orders per buyer × order value",
        ("gmv_paid", "visitors", "payment_conversion", "orders_per_buyer", "average_order_value"),
        Text(
            "影响之和等于变化，见 zhanggui metrics tree gmv_paid。",
            "Effects sum to the change: zhanggui metrics tree gmv_paid.",
        ),
    ),
    Formula(
        "F-14",
        "profit = revenue − costs − expenses",
        ("operating_profit", "contribution_profit", "order_contribution"),
        Text(
            "每一行成本都在树里，见 zhanggui metrics tree operating_profit。",
            "Every cost is in the tree: zhanggui metrics tree operating_profit.",
        ),
    ),
)
"""All fourteen, in their order."""
