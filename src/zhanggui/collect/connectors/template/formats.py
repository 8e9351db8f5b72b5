"""One template per input table, made from the declarations of its columns.

The last header names the template. No platform writes it: a template is never taken for a platform's file, nor a
platform's file for a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhanggui.collect.connectors.template.words import EXAMPLES, HOW, NOTES_ZH, STATUS_EXAMPLES, WORDS
from zhanggui.collect.mapping.layout import Layout, Options
from zhanggui.collect.mapping.status_words import ORDER_WORDS, REFUND_WORDS
from zhanggui.columns import (
    FACTS,
    INPUT_COLUMNS,
    INPUT_TABLES,
    SALES_TABLES,
    ValueKind,
    columns_of,
    is_of_company,
    required_columns,
)
from zhanggui.i18n import Text

_SALES_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "orders": Text.of("订单", "Orders"),
        "order_lines": Text.of("订单明细", "Order lines"),
        "refunds": Text.of("退款", "Refunds"),
        "products": Text.of("商品", "Products"),
        "customers": Text.of("客户", "Customers"),
    }
)
_LEFT_OUT = frozenset({"modified_at", "currency", "platform", "shop", "source_shop_id"})
"""What files of platforms may say and nobody fills in by hand."""
_STORE = "store_name"
_STORE_NOTE = Text.of("有多家店铺时填写", "Needed where there are several stores.")
_AMOUNTS = "As the columns say; excess digits are rounded half up and the difference is shown."


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of a template.

    Attributes
    ----------
    name : str
        Its canonical name.
    label : Text
        Its header is the Chinese of it.
    kind : ValueKind
        How its cells are read.
    how : Text
        How to fill it.
    words : tuple of str
        What it may hold, for a closed set.
    example : str
        A cell of it.
    is_required : bool
        The row cannot be taken without it.
    """

    name: str
    label: Text
    kind: ValueKind
    how: Text
    words: tuple[str, ...]
    example: str
    is_required: bool

    @property
    def header(self) -> str:
        """The header in the workbook."""
        return self.label.zh


def label_of(table: str) -> Text:
    """Return what a shopkeeper calls an input table."""
    return FACTS[table].label if table in FACTS else _SALES_LABELS[table]


def mark_of(table: str) -> str:
    """Return the header that names a template.

    Examples
    --------
    >>> mark_of("stock_snapshots")
    '掌柜模板:库存快照'
    """
    return f"掌柜模板:{label_of(table).zh}"


def template_columns(table: str) -> tuple[TemplateColumn, ...]:
    """Return the columns of a table's template, those that are needed first."""
    needed = {group[0] for group in required_columns(table)}
    found = _sales_columns(table, needed) if table in SALES_TABLES else _fact_columns(table, needed)
    if not is_of_company(table):
        column = INPUT_COLUMNS[_STORE]
        example = EXAMPLES[column.kind]
        found.append(TemplateColumn(_STORE, column.label, column.kind, _STORE_NOTE, (), example, is_required=False))
    return tuple(sorted(found, key=lambda column: not column.is_required))


def _fact_columns(table: str, needed: set[str]) -> list[TemplateColumn]:
    found = []
    for column in FACTS[table].columns:
        words = tuple(WORDS[word] for word in column.allowed)
        # A note that repeats the label says nothing more.
        is_plain = column.note == f"{column.label.en}."
        how = HOW[column.kind] if is_plain else Text.of(NOTES_ZH[column.note], column.note)
        example = words[0] if words else EXAMPLES[column.kind]
        is_required = column.name in needed
        found.append(TemplateColumn(column.name, column.label, column.kind, how, words, example, is_required))
    return found


def _sales_columns(table: str, needed: set[str]) -> list[TemplateColumn]:
    return [
        TemplateColumn(
            name=column.name,
            label=column.label,
            kind=column.kind,
            how=HOW[column.kind],
            words=(),
            example=STATUS_EXAMPLES.get(column.name) or EXAMPLES[column.kind],
            is_required=column.name in needed,
        )
        for column in columns_of(table)
        if column.name not in _LEFT_OUT and column.name != _STORE
    ]


def _layout(table: str) -> Layout:
    columns = template_columns(table)
    label = label_of(table)
    allowed = {column.name: column.allowed for column in FACTS[table].columns} if table in FACTS else {}
    is_refunds = table == "refunds"
    return Layout(
        format_id=f"template.{table}",
        title_zh=f"{label.zh}模板",
        title_en=f"template: {label.en.lower()}",
        dataset=table,
        required=(*(column.header for column in columns if column.is_required), mark_of(table)),
        mark=mark_of(table),
        columns=MappingProxyType({column.name: (column.header,) for column in columns}),
        words=MappingProxyType(
            {name: MappingProxyType({WORDS[word]: word for word in words}) for name, words in allowed.items() if words}
        ),
        status_words=REFUND_WORDS if is_refunds else ORDER_WORDS,
        refund_words=MappingProxyType({} if is_refunds else {**REFUND_WORDS, "无": "none", "没有申请退款": "none"}),
        options=Options(rounds_excess_digits=True),
        is_platform=False,
        certainty="A: written by `zhanggui load --template`",
        amounts=_AMOUNTS,
    )


FORMATS = tuple(_layout(table) for table in INPUT_TABLES)
