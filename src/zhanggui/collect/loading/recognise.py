"""Which layout reads a table; an unknown header is answered with what is near it and a map to fill in."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.mapping.layout import Layout, comparable
from zhanggui.columns import INPUT_COLUMNS, columns_of, required_columns
from zhanggui.errors import ZhangguiError

_N_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A known format that an unknown header resembles."""

    layout: Layout
    missing: tuple[str, ...]


class UnknownFormatError(ZhangguiError):
    """No known format has this header."""

    code = "unknown_format"

    def __init__(
        self, name: str, header: Sequence[str], near: Sequence[Near], draft: str, lacking: Collection[str] = ()
    ) -> None:
        self.name = name
        self.header = tuple(header)
        self.near = tuple(near)
        self.draft = draft
        lines = ["The file is of no known format."]
        lines.append(f"  columns: {', '.join(header[:40])}{' …' if len(header) > 40 else ''}")
        if lacking:
            lines.append(f"  to be orders it lacks: {', '.join(lacking)}")
        for item in near:
            lines.append(
                f"  nearest: {item.layout.title_en} ({item.layout.format_id}), which also has {', '.join(item.missing)}"
            )
        super().__init__(
            "\n".join(lines),
            where=name,
            next_step="complete the map that was drafted, then `zhanggui load FILE --map MAP`",
        )


class MapDoesNotFitError(ZhangguiError):
    """The map names columns that the file does not have."""

    code = "map_does_not_fit"

    def __init__(self, name: str, missing: Collection[str], header: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"The map names columns that the file does not have: {', '.join(self.missing)}.",
            where=name,
            next_step=f"use the file's own headers: {', '.join(header[:60])}",
        )


def recognised(header: Sequence[str], name: str) -> Layout:
    """Return the known format of a header, the most demanding that fits.

    Raises
    ------
    UnknownFormatError
        No format fits.
    """
    for layout in known_formats():
        if layout.fits(header):
            return layout
    raise UnknownFormatError(name, header, nearest(header), draft_map(header), lacking(header))


def header_score(header: list[str]) -> float:
    """Return how much a row looks like a known header, 0 to 1; finds the header below title rows."""
    present = comparable(header)
    return max((layout.score(present) for layout in known_formats()), default=0.0)


def check_map(layout: Layout, header: Sequence[str], name: str) -> None:
    """Refuse a map whose columns the file lacks.

    Raises
    ------
    MapDoesNotFitError
        A mapped column is not in the header.
    """
    bound = layout.bound(header)
    missing = [sources[0] for column, sources in layout.columns.items() if column not in bound]
    if missing:
        raise MapDoesNotFitError(name, missing, header)


def nearest(header: Sequence[str]) -> list[Near]:
    """Return the known formats that share the most columns with a header, nearest first; a mark is nearest of all."""
    present = comparable(header)
    scored = []
    for layout in known_formats():
        missing = layout.missing(header)
        has_mark = bool(layout.mark) and layout.mark not in missing
        # Of what asks for little much is found everywhere: a mark, or all but the mark, has to be there.
        if not layout.mark or has_mark or missing == (layout.mark,):
            scored.append((has_mark, layout.score(present), Near(layout, missing)))
    scored.sort(key=lambda found: (not found[0], -found[1]))
    return [near for _, score, near in scored[:_N_NEAREST] if score > 0]


_SYNONYMS = {
    "order_id": ("订单编号", "订单号", "主订单编号", "order_id", "order id", "orderid", "invoice", "basket_id"),
    "created_at": (
        "订单创建时间",
        "下单时间",
        "创建时间",
        "created_at",
        "order date",
        "invoicedate",
        "date",
        "created",
    ),
    "paid_at": ("订单付款时间", "付款时间", "支付时间", "paid_at", "payment date"),
    "status": ("订单状态", "状态", "status", "order status"),
    "buyer_id": ("买家会员名", "用户编号", "customer id", "customer_id", "household_id", "buyer_id", "user_id"),
    "product_id": ("商品id", "商品编码", "stockcode", "product_id", "sku", "item_id"),
    "product_title": ("商品标题", "宝贝标题", "标题", "商品名称", "description", "title", "product name"),
    "quantity": ("购买数量", "数量", "商品数量", "quantity", "qty"),
    "unit_price": ("价格", "单价", "商品价格", "price", "unitprice", "unit_price"),
    "line_amount": ("商品金额", "金额", "sales_value", "line_amount", "line total"),
    "order_amount": ("总金额", "订单金额", "order_amount", "total"),
    "paid_amount": ("买家实际支付金额", "实付金额", "paid_amount", "amount paid"),
    "refund_amount": ("退款金额", "refund_amount", "refund"),
    "province": ("收货地址", "省份", "省", "province", "state"),
    "country": ("国家", "country"),
}


def _guesses(header: Sequence[str]) -> dict[str, str]:
    """Return the columns of a header that commonly carry a canonical name."""
    lowered = {name.strip().lower(): name for name in header}
    found = {}
    for column, words in _SYNONYMS.items():
        hit = next((lowered[word] for word in words if word in lowered), None)
        if hit is not None:
            found[column] = hit
    return found


def lacking(header: Sequence[str]) -> list[str]:
    """Return what no column of a header seems to carry, and an order needs.

    Examples
    --------
    >>> lacking(["update_time", "sale_count"])
    ['order_id (Order id)', 'created_at (Order created at)']
    """
    guesses = _guesses(header)
    groups = (group for group in required_columns("orders") if not guesses.keys() & set(group))
    return [f"{group[0]} ({INPUT_COLUMNS[group[0]].label.en})" for group in groups]


def draft_map(header: Sequence[str]) -> str:
    """Return a map for `header` that is ready to edit: likely columns filled in, the others as comments."""
    guesses = _guesses(header)
    has_lines = bool({"quantity", "line_amount", "unit_price"} & guesses.keys())
    table = "order_lines" if has_lines else "orders"
    takes = {column.name for column in columns_of(table)}
    lines = [
        f'table = "{table}"            # orders, order_lines, refunds, products or customers',
        "",
        "[options]",
        '# date_format = "%Y-%m-%d %H:%M:%S"',
        '# timezone = "Asia/Shanghai"',
        '# paid = "all"                  # when the file has neither a paid time nor a status',
        "",
        "[columns]                      # canonical name = column of the file",
    ]
    for group in required_columns(table):
        if not guesses.keys() & set(group):
            lines.append(f'# {group[0]} = "?"      # needed: {INPUT_COLUMNS[group[0]].label.en}')
    lines += [f"{column} = {_toml(source)}" for column, source in guesses.items() if column in takes]
    unused = [name for name in header if name not in guesses.values()]
    lines += ["", "# Columns of the file that are not used yet:"]
    lines += [f"# {_toml(name)}" for name in unused[:200]]
    lines += ["", "[constants]", '# platform = "own_site"', '# shop = "name of the store"', ""]
    return "\n".join(lines)


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
