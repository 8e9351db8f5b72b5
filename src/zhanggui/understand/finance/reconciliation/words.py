"""What the causes of differences, fees and keys are called, and which of them somebody has to look into."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.ledger.schema.vocabulary import QUIET_CAUSE

CAUSE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "in_transit": Text("在途：未到结算日", "in transit: not due yet"),
        "refund_in_transit": Text("退款在途：未到入账日", "refund in transit: not due yet"),
        "not_covered": Text("结算日早于已导入的账单", "due before the loaded ledger begins"),
        "forfeited_deposit": Text("定金不退", "deposit forfeited"),
        "rounding": Text("分位舍入", "rounding"),
        "not_settled": Text("逾期未结", "due, and not settled"),
        "goods_missing": Text("已结算，缺货款行", "settled, but the goods money is missing"),
        "booked_twice": Text("货款重复入账", "goods money booked twice"),
        "subsidy": Text("补贴差异", "subsidy differs"),
        "refund_not_booked": Text("退款未入账", "refund not booked"),
        "refund_without_case": Text("账上有退款，没有退款单", "refund booked without a case"),
        "fee_missing": Text("缺费用行", "fee missing"),
        "fee_off": Text("费用与本店惯常费率不符", "fee differs from the store's usual one"),
        "unknown": Text("原因未知", "unknown"),
    }
)
"""Why an order and the ledger differ."""

FEE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "commission": Text("平台佣金", "commission"),
        "service_fee": Text("平台服务费", "service fees"),
        "creator_commission": Text("达人佣金", "creators' commission"),
        "insurance": Text("运费险", "insurance"),
        "compensation": Text("赔付", "compensation"),
        "freight": Text("运费", "freight"),
        "ad_fee": Text("推广费", "promotion"),
        "other": Text("其他扣款", "other deductions"),
    }
)
"""What a platform keeps of an order, by kind."""

LINK_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "settlement_to_order": Text("账单行 → 订单", "ledger line → order"),
        "order_to_settlement": Text("应结订单 → 账单", "due order → ledger"),
        "refund_to_settlement": Text("已结订单的退款 → 账单", "refund of a settled order → ledger"),
        "erp_to_order": Text("ERP 订单行 → 平台订单", "ERP order line → platform order"),
    }
)
"""What each link rate is about."""

STOCK_SYSTEM_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "missing_in_erp": Text("平台有、ERP 没有", "on the platform, not in the stock system"),
        "missing_on_platform": Text("ERP 有、平台没有", "in the stock system, not on the platform"),
        "amount_differs": Text("金额不一致", "amounts differ"),
    }
)
"""How platform and stock system disagree about an order."""


def is_open(cause: str) -> bool:
    """Return whether a cause needs somebody's attention.

    Examples
    --------
    >>> is_open("in_transit"), is_open("goods_missing")
    (False, True)
    """
    return cause not in QUIET_CAUSE
