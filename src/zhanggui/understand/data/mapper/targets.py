"""Our tables and columns as a person chooses among them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.collect.connectors.template.formats import label_of
from zhanggui.collect.connectors.template.words import NOTES_ZH, WORDS
from zhanggui.collect.mapping.guessing import TableGuess
from zhanggui.collect.mapping.map_file import words_allowed
from zhanggui.columns import FACTS, INPUT_COLUMNS, InputColumn, ValueKind, columns_of, required_columns
from zhanggui.i18n import Text
from zhanggui.ledger.schema.vocabulary import COMPANY, ORDER_STATUS, PLATFORM, REFUND_STATUS
from zhanggui.metrics.value_names import PLATFORM_NAMES
from zhanggui.understand.data.mapper.answers import Named, TableChoice, Target, Unit

UNITS: Mapping[ValueKind, Unit] = MappingProxyType(
    {
        ValueKind.MONEY: "money",
        ValueKind.QUANTITY: "count",
        ValueKind.COUNT: "count",
        ValueKind.RATIO: "ratio",
        ValueKind.TIME: "time",
        ValueKind.DAY: "date",
        ValueKind.STATUS: "status",
    }
)
_NEEDED = Text("需要", "Needed")
_PEOPLE = Text("买家（入账即变为代号）", "People (kept as tokens only)")
_STORE = Text("店铺", "Store")
_GROUPS: Mapping[ValueKind, Text] = MappingProxyType(
    {
        **dict.fromkeys((ValueKind.TIME, ValueKind.DAY, ValueKind.HOUR), Text("时间", "Times")),
        **dict.fromkeys((ValueKind.MONEY, ValueKind.RATIO), Text("金额", "Amounts")),
        **dict.fromkeys((ValueKind.QUANTITY, ValueKind.COUNT), Text("数量", "Quantities")),
        **dict.fromkeys((ValueKind.STATUS, ValueKind.WORD), Text("状态与类别", "States and kinds")),
        **dict.fromkeys((ValueKind.ID, ValueKind.TEXT), Text("编号与说明", "Ids and texts")),
        ValueKind.REGION: Text("地区", "Places"),
    }
)
_STORE_COLUMNS = frozenset({"store_name", "source_shop_id", "shop", "platform", "currency"})
_CONSTANT_ONLY = frozenset({"shop", "platform"})
_ORDER_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "pending_payment": Text("待付款", "waiting for payment"),
        "paid": Text("已付款，待发货", "paid"),
        "partially_shipped": Text("部分发货", "partly shipped"),
        "shipped": Text("已发货", "shipped"),
        "delivered": Text("已签收", "delivered"),
        "completed": Text("交易完成", "completed"),
        "closed": Text("已关闭（付过款的算退款关闭）", "closed (refunded where it was paid)"),
        "closed_unpaid": Text("未付款关闭", "closed unpaid"),
        "closed_refunded": Text("退款关闭", "closed and refunded"),
        "closed_other": Text("其他关闭", "closed otherwise"),
        "unknown": Text("未知", "unknown"),
    }
)
_REFUND_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "requested": Text("申请中", "requested"),
        "approved_waiting_return": Text("已同意，待退货", "approved, goods to come back"),
        "returning": Text("退货中", "goods on their way back"),
        "processing": Text("处理中", "in process"),
        "rejected": Text("已拒绝", "rejected"),
        "closed": Text("已关闭", "closed"),
        "succeeded": Text("退款成功", "refunded"),
        "unknown": Text("未知", "unknown"),
        "none": Text("没有售后", "no case"),
    }
)


def named(name: str) -> Named:
    """Return one of our columns by name, with its label."""
    return Named(name=name, label=INPUT_COLUMNS[name].label)


def targets_of(table: str) -> tuple[Target, ...]:
    """Return the columns of a table: those that are needed first, then group by group."""
    groups = required_columns(table)
    found = [_target(column, table, groups) for column in columns_of(table) if column.name not in _CONSTANT_ONLY]
    order = [_NEEDED, *dict.fromkeys(_GROUPS.values()), _PEOPLE, _STORE]
    return tuple(sorted(found, key=lambda target: order.index(target.group)))


def _target(column: InputColumn, table: str, groups: tuple[tuple[str, ...], ...]) -> Target:
    needed = next((group for group in groups if column.name in group), ())
    return Target(
        name=column.name,
        label=column.label,
        group=_group(column, is_needed=bool(needed)),
        unit=UNITS.get(column.kind, "text"),
        needed=needed,
        is_personal=column.personal != "none",
        is_amount=column.kind is ValueKind.MONEY,
        note=_note(column.name, table),
    )


def _group(column: InputColumn, *, is_needed: bool) -> Text:
    if is_needed:
        return _NEEDED
    if column.personal != "none":
        return _PEOPLE
    return _STORE if column.name in _STORE_COLUMNS else _GROUPS[column.kind]


def _note(name: str, table: str) -> Text | None:
    """Return what a column holds, where that is more than its label."""
    if table not in FACTS:
        return None
    note = next((column.note for column in FACTS[table].columns if column.name == name), "")
    return Text(NOTES_ZH[note], note) if note in NOTES_ZH else None


def table_choice(guess: TableGuess) -> TableChoice:
    """Return a table with how sure the guess is of it."""
    return TableChoice(
        name=guess.table,
        label=label_of(guess.table),
        score=round(guess.score, 3),
        n_columns=len(guess.columns),
        missing=missing_named(guess.missing),
    )


def missing_named(groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[Named, ...], ...]:
    """Return what a table needs and nothing gives, with labels."""
    return tuple(tuple(map(named, group)) for group in groups)


def platforms() -> tuple[Named, ...]:
    """Return the platforms that a file may come from."""
    return tuple(
        Named(name=name, label=PLATFORM_NAMES.get(name, Text.same(name))) for name in PLATFORM if name != COMPANY
    )


def word_choices(table: str, name: str) -> tuple[Named, ...]:
    """Return what the words of a column may mean."""
    if name == "status":
        words, labels = (*ORDER_STATUS, "closed"), _ORDER_LABELS
    elif name == "refund_status":
        words, labels = (*REFUND_STATUS, *(("none",) if table != "refunds" else ())), _REFUND_LABELS
    else:
        allowed = words_allowed(table)[name]
        return tuple(Named(name=word, label=Text(WORDS.get(word, word), word.replace("_", " "))) for word in allowed)
    return tuple(Named(name=word, label=labels[word]) for word in words)
