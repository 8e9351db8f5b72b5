"""How well the cells of a column fit one of our names, and what they say where the header says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from zhanggui.collect.mapping.guessing.by_header import Hint
from zhanggui.collect.mapping.guessing.content import ColumnContent
from zhanggui.columns import InputColumn, ValueKind
from zhanggui.i18n import Text

_IN_EVERY_ROW = frozenset({"order_id", "line_id", "refund_id", "internal_sku", "member_id", "day"})
_UNKNOWN = 0.85
"""How well a blank column fits anything."""


def _fits_id(content: ColumnContent) -> float:
    if content.moment > 0.5 or content.fraction > 0.5 or content.currency > 0.5:
        return 0.2
    return 0.6 + 0.4 * content.identifier


def _fits_text(content: ColumnContent) -> float:
    if content.moment > 0.8:
        return 0.3
    return 0.55 if content.fraction > 0.8 or content.currency > 0.5 else 1.0


def _fits_word(content: ColumnContent) -> float:
    if content.moment > 0.5 or content.number > 0.8:
        return 0.25
    return 1.0 if content.is_few_words else 0.75


def _fits_status(content: ColumnContent) -> float:
    if content.moment > 0.5 or content.number > 0.8:
        return 0.25
    if max(content.order_word, content.refund_word) > 0.3:
        return 1.0
    return 0.7 if content.is_few_words else 0.5


def _fits_money(content: ColumnContent) -> float:
    if content.percent > 0.5:
        return 0.2
    return 0.2 + 0.8 * content.number if content.number < 0.9 else 1.0


def _fits_whole(content: ColumnContent) -> float:
    if content.currency > 0.5 or content.percent > 0.5:
        return 0.25
    yes_or_no = content.share(lambda cell: cell in {"是", "否", "有", "无", "yes", "no", "Y", "N", "true", "false"})
    return 0.2 + 0.8 * max(content.whole, 0.6 * content.number, yes_or_no)


def _fits_quantity(content: ColumnContent) -> float:
    if content.currency > 0.5 or content.percent > 0.5:
        return 0.25
    return 0.2 + 0.8 * max(content.whole, 0.8 * content.number)


def _fits_ratio(content: ColumnContent) -> float:
    return 0.2 + 0.8 * max(content.number, content.percent)


def _fits_time(content: ColumnContent) -> float:
    return 0.1 + 0.9 * max(content.moment, content.compact_day, content.epoch)


def _fits_hour(content: ColumnContent) -> float:
    is_hour = content.share(lambda cell: cell.isdecimal() and int(cell) < 24)
    return 0.2 + 0.8 * max(is_hour, content.moment)


def _fits_region(content: ColumnContent) -> float:
    if content.number > 0.5 or content.moment > 0.5:
        return 0.1
    return 1.0


_FITS: Mapping[ValueKind, Callable[[ColumnContent], float]] = MappingProxyType(
    {
        ValueKind.ID: _fits_id,
        ValueKind.TEXT: _fits_text,
        ValueKind.WORD: _fits_word,
        ValueKind.STATUS: _fits_status,
        ValueKind.MONEY: _fits_money,
        ValueKind.QUANTITY: _fits_quantity,
        ValueKind.COUNT: _fits_whole,
        ValueKind.RATIO: _fits_ratio,
        ValueKind.TIME: _fits_time,
        ValueKind.DAY: _fits_time,
        ValueKind.HOUR: _fits_hour,
        ValueKind.REGION: _fits_region,
    }
)


def fit(column: InputColumn, content: ColumnContent) -> float:
    """Return how well cells can be read as a column, 0 to 1."""
    if content.is_blank:
        return _UNKNOWN
    if column.name == "phone":
        return 0.4 + 0.6 * content.phone
    if column.name == "email":
        return 0.3 + 0.7 * content.email
    fits = _FITS[column.kind](content)
    # What identifies a row stands in every row.
    return fits * (0.4 + 0.6 * content.n_filled / content.n_rows) if column.name in _IN_EVERY_ROW else fits


_LOOKS: Mapping[str, tuple[Callable[[ColumnContent], float], Text]] = MappingProxyType(
    {
        "order_id": (lambda content: content.numbered, Text("订单号", "order numbers")),
        "phone": (lambda content: content.phone, Text("手机号", "phone numbers")),
        "email": (lambda content: content.email, Text("邮箱", "e-mail addresses")),
        "address": (lambda content: content.address, Text("收货地址", "addresses")),
        "province": (lambda content: content.province - content.address, Text("省份", "provinces")),
        "status": (lambda content: content.order_word, Text("订单状态", "states of orders")),
        "refund_status": (
            lambda content: content.refund_word - content.order_word,
            Text("退款状态", "states of refunds"),
        ),
    }
)
"""What cells may look like of themselves, by the name that they then have."""


def content_hint(column: InputColumn, content: ColumnContent) -> Hint | None:
    """Return what cells say by themselves: only what looks like nothing else."""
    if column.name not in _LOOKS or content.is_blank:
        return None
    share_of, what = _LOOKS[column.name]
    share = share_of(content)
    # Shops have states of their own beside the usual words.
    if share < (0.5 if column.name in ("status", "refund_status") else 0.8):
        return None
    reason = Text(f"{share:.0%} 的单元格像{what.zh}", f"{share:.0%} of the cells look like {what.en}")
    return Hint(0.5 + 0.15 * share, reason)


def date_hint(content: ColumnContent) -> Hint | None:
    """Return what a column of dates says where a file has no other that could be the day of its rows."""
    if max(content.moment, content.compact_day) < 0.9:
        return None
    return Hint(0.5, Text("文件里唯一的日期列", "the only column of dates"))
