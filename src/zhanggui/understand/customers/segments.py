"""The eight segments of RFM, as data: every customer is in exactly one (catalogue SEG-01 to SEG-04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhanggui.i18n import Text

N_LEVELS = 5
HIGH = 4
"""Level from which recency, frequency and money count as high: more than three fifths of the customers are below."""
MIDDLE = 3
"""Level from which money counts where frequency is low: the sources put 潜力用户 at middle money."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One cell of near or long ago, often or seldom, much or little.

    Attributes
    ----------
    name : str
        Stable name.
    label : Text
        What it is called.
    is_near, is_frequent, is_large : bool
        Its cell.
    action : Text
        What to do for these customers.
    catalogue_id : str
        The entry of the catalogue that it answers.
    """

    name: str
    label: Text
    is_near: bool
    is_frequent: bool
    is_large: bool
    action: Text
    catalogue_id: str = "SEG-04"

    @property
    def code(self) -> int:
        """Number of the cell, 0 to 7: near counts 4, frequent 2, large 1."""
        return 4 * self.is_near + 2 * self.is_frequent + self.is_large

    @property
    def rule(self) -> Text:
        """The cell in words."""
        money_zh = (
            ("M高" if self.is_frequent else "M中以上")
            if self.is_large
            else ("M低" if not self.is_frequent else "M不高")
        )
        money_en = (
            ("high M" if self.is_frequent else "middle or high M")
            if self.is_large
            else ("low M" if not self.is_frequent else "M not high")
        )
        return Text(
            f"R{'近' if self.is_near else '远'}、F{'高' if self.is_frequent else '低'}、{money_zh}",
            f"{'recent' if self.is_near else 'long ago'}, {'often' if self.is_frequent else 'seldom'}, {money_en}",
        )


SEGMENTS = (
    Segment(
        "high_value", Text("高价值用户", "High value"), True, True, True,
        Text("黑卡会员、生日礼包；一对一导购，顺丰次日达", "Black card, birthday gift; own guide, next-day delivery"),
        "SEG-01",
    ),
    Segment(
        "regular", Text("常客", "Regulars"), True, True, False,
        Text("凑单满减、关联搭配，提高每单金额", "Thresholds and pairings that raise the value of an order"),
    ),
    Segment(
        "potential", Text("潜力用户", "Potential"), True, False, True,
        Text("满赠、套装优惠，促成下一单", "Gifts from an amount on, bundles: bring the next order"), "SEG-02",
    ),
    Segment(
        "newcomer", Text("新近小单用户", "Recent, small"), True, False, False,
        Text("首单关怀、第二单券", "Care after the first order, a coupon for the second"),
    ),
    Segment(
        "leaving_high_value", Text("高价值流失预警", "High value, leaving"), False, True, True,
        Text("一对一回访、专属折扣，先查售后", "Call in person, own discount; look at their after-sales first"),
    ),
    Segment(
        "leaving_regular", Text("转冷常客", "Regulars, cooling"), False, True, False,
        Text("到期补货提醒、老客券", "Reminder when goods run out, coupon for old customers"),
    ),
    Segment(
        "lapsed_large", Text("大单流失用户", "Large order, lapsed"), False, False, True,
        Text("按上次所购推荐，专属券", "Recommend by what they bought, own coupon"),
    ),
    Segment(
        "dormant", Text("沉睡用户", "Dormant"), False, False, False,
        Text("限时折扣，个性化推荐", "Limited discount, personal recommendation"), "SEG-03",
    ),
)  # fmt: skip
"""The most valuable first."""

BY_NAME: Mapping[str, Segment] = MappingProxyType({segment.name: segment for segment in SEGMENTS})
BY_CODE: Mapping[int, Segment] = MappingProxyType({segment.code: segment for segment in SEGMENTS})
