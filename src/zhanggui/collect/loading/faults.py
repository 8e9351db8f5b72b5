"""Why a row was kept aside, and what a person reads about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhanggui.collect.events.rules import EVENT_RULES
from zhanggui.collect.reading import ROW_RULES
from zhanggui.collect.reading.values import VALUE_RULES
from zhanggui.i18n import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be taken as it is."""

    row_no: int
    column: str | None
    rule: str
    value: str | None
    is_rejected: bool = False


_OWN_RULES: Mapping[str, tuple[str, str]] = {
    "missing_order_id": ("订单编号为空", "the order id is empty"),
    "missing_product_id": ("商品编号为空", "the product id is empty"),
    "missing_buyer_id": ("买家编号为空", "the buyer id is empty"),
    "missing_refund_id": ("退款编号和订单编号都为空", "both refund id and order id are empty"),
    "missing_created_at": ("订单创建时间为空", "the time the order was created is empty"),
    "missing_line_id": ("子订单编号为空", "the order line id is empty"),
    "missing_value": ("必填的单元格为空", "a cell that must be filled is empty"),
    "not_a_count": ("不是整数", "this is not a whole number"),
    "missing_refund_amount": ("退款金额为空", "the refund amount is empty"),
    "currency_not_usable": (
        "不认识的币种，或小数位数与文件其他行不同",
        "the currency is unknown, or its amounts have other decimals than the rest of the file",
    ),
    "negative_amount": ("金额为负数", "the amount is negative"),
    "refund_above_paid": ("退款金额大于实付金额", "more was refunded than was paid"),
    "created_at_differs": (
        "同一订单编号已有另一个创建时间：可能是另一家店铺的文件",
        "the ledger holds this order id with another creation time: the file may be another store's",
    ),
    "unknown_status": (
        "不认识的状态词：订单状态不明的不计入已付款指标，售后状态不明的不计退款",
        "an unknown status word: such orders stay out of paid metrics, such refunds are not counted",
    ),
    "unknown_word": (
        "不认识的词：按“其他”或“未知”入账，原词保留",
        "an unknown word: it counts as other or unknown, and is kept as it was written",
    ),
    "refund_estimated": (
        "订单文件写明已退款但没有金额：暂按实付全额计退款（预估），导入售后文件后以其为准",
        "money went back, the file does not say how much: all that was paid counts as refunded until a case is loaded",
    ),
    "order_values_differ": (
        "同一订单各行的订单级字段不一致，以第一行为准",
        "rows of one order disagree about order-level values; the first row counts",
    ),
    "lines_left_out": (
        "较新的文件没有列出同一订单的这些行，按已不存在处理；若两个文件是同一次导出的两部分，金额会偏少",
        "a newer file lists the order without them, so they count no more: money is missing if both are one export",
    ),
    "rounded": ("金额小数位多于币种，已按四舍五入记账", "amounts with excess digits were rounded half-up"),
    "identical_lines": ("完全相同的行，全部保留", "identical lines, all kept"),
    "masked_buyer": ("买家信息已打码，无法识别买家", "buyers are masked and cannot be told apart"),
    "no_payment_column": (
        "文件没有付款时间也没有状态，已付款指标无法计算",
        "the file has neither paid time nor status, so paid metrics cannot be computed",
    ),
    "not_sold_lines": ("已归类为非销售行", "lines classed as something else than a sold product"),
    "not_rebuilt": (
        "重建账本时读不到这次导入的原始文件，账本里没有它的数据",
        "the source file of this import could not be read when the ledger was rebuilt, which lacks its rows",
    ),
    "no_created_day": ("文件没有创建时间", "the file has no creation times"),
}

RULES: Mapping[str, Text] = MappingProxyType(
    {rule: Text.of(zh, en) for rule, (zh, en) in {**ROW_RULES, **VALUE_RULES, **EVENT_RULES, **_OWN_RULES}.items()}
)
"""Every rule that can speak about a row or a file, in both languages."""
