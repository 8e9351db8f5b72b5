"""Type the rows of a fact from its declaration alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.column_typing import ColumnTyping, filled
from zhanggui.collect.loading.status import folded
from zhanggui.collect.reading.values import (
    clean_text,
    parse_decimal,
    parse_ids,
    parse_quantity,
    parse_ratio,
    parse_times,
)
from zhanggui.columns import ValueKind
from zhanggui.columns.fact import Fact, FactColumn
from zhanggui.ledger.schema.facts import FACT_KEY, date_of

_RATIO = pa.decimal128(18, 6)
_WHOLE = pa.decimal128(38, 0)
_TRUTHS: Mapping[str, str] = MappingProxyType(
    {"是": "1", "否": "0", "true": "1", "false": "0", "yes": "1", "no": "0", "有": "1", "无": "0"}
)
_UNNAMED = ("unknown", "other")
"""What a word that is not known counts as, where the column has such a word."""
JOINT = "\x1f"
UNKNOWN_WORDS = "unknown_words"
"""Column of staged rows of a fact: its words that nobody knows, joined; null where all are known."""


def taking(fact: Fact) -> Callable[[ColumnTyping], None]:
    """Return what types the columns of a fact."""

    def take(work: ColumnTyping) -> None:
        if any(column.allowed for column in fact.columns):
            work.out[UNKNOWN_WORDS] = pa.nulls(work.n_rows, pa.string())
        for column in fact.columns:
            _TAKES[column.kind](work, column)
            if column.is_required and column.held_as in work.out:
                work.flag(filled(pc.is_null(work.out[column.held_as])), "missing_value", column.name)
        work.take_time("modified_at", "modified_at")
        work.out["status_rank"] = _progress(work, fact)
        work.take_currency()
        work.out[FACT_KEY] = _key(work, fact)

    return take


def take_column(work: ColumnTyping, column: FactColumn) -> None:
    """Type one column as its kind says, whatever table it is of."""
    _TAKES[column.kind](work, column)


def _take_id(work: ColumnTyping, column: FactColumn) -> None:
    source = work.source(column.name)
    if source is None:
        return
    parsed = parse_ids(source)
    work.note(parsed.problem, column.name)
    if column.personal == "none":
        work.out[column.held_as] = parsed.values
    else:
        work.take_person(parsed.values, column.name, column.held_as, _kind_of_person(column))
        if column.as_buyer is not None:
            work.take_person(parsed.values, column.name, column.as_buyer, "buyer")


def _kind_of_person(column: FactColumn) -> str:
    """Return the word under which ids of this kind are tokenised: equal ids get equal tokens wherever they stand."""
    return column.name.removesuffix("_id")


def _take_text(work: ColumnTyping, column: FactColumn) -> None:
    source = work.source(column.name)
    if source is None:
        return
    text = clean_text(source)
    if column.personal != "none":
        text = work.context.tokenizer.tokens(text, column.name.removeprefix("contact_"))
    work.out[column.held_as] = text


def _take_word(work: ColumnTyping, column: FactColumn) -> None:
    """Translate the words of the file; one that is not known is said, and counts as other or unknown."""
    source = work.source(column.name)
    if source is None:
        return
    known = {folded(word): word for word in column.allowed}
    known |= {folded(word): meant for word, meant in work.layout.words.get(column.name, {}).items()}
    unnamed = next((word for word in _UNNAMED if word in column.allowed), None)
    encoded = pc.dictionary_encode(clean_text(source))
    words = encoded.dictionary.to_pylist()
    found = [known.get(folded(word), unnamed) for word in words]
    work.out[column.held_as] = pa.array(found, pa.string()).take(encoded.indices)
    unknown = [word for word in words if folded(word) not in known]
    if unknown:
        text = encoded.cast(pa.string())
        is_unknown = pc.fill_null(pc.is_in(text, value_set=pa.array(unknown)), False)
        counts = pc.value_counts(text.filter(is_unknown))
        work.unknown_words += Counter({row["values"].as_py(): row["counts"].as_py() for row in counts})
        work.is_unknown |= filled(is_unknown)
        said = work.out.get(UNKNOWN_WORDS)
        if said is None:
            # A trial of one column tells nobody which row said what.
            return
        more = pc.binary_join_element_wise(said, text, JOINT, null_handling="skip")
        work.out[UNKNOWN_WORDS] = pc.if_else(is_unknown, more, said)


def _take_money(work: ColumnTyping, column: FactColumn) -> None:
    work.take_money(column.name, column.held_as)


def _take_quantity(work: ColumnTyping, column: FactColumn) -> None:
    source = work.source(column.name)
    if source is not None:
        parsed = parse_quantity(source, decimal=work.layout.options.decimal)
        work.note(parsed.problem, column.name)
        work.out[column.held_as] = parsed.values


def _take_count(work: ColumnTyping, column: FactColumn) -> None:
    """Whole numbers; a yes or no counts 1 or 0."""
    source = work.source(column.name)
    if source is None:
        return
    if pa.types.is_string(source.type):
        encoded = pc.dictionary_encode(source)
        words = [_TRUTHS.get(folded(word), word) for word in encoded.dictionary.to_pylist()]
        source = pa.array(words, pa.string()).take(encoded.indices)
    parsed = parse_decimal(source, decimal=work.layout.options.decimal, currency="", units=("人", "次", "件", "单"))
    work.note(parsed.problem, column.name)
    whole = pc.round(parsed.values)
    is_whole = pc.fill_null(pc.equal(whole, parsed.values), True)
    work.flag(~filled(is_whole), "not_a_count", column.name)
    work.out[column.held_as] = whole.cast(_WHOLE).cast(pa.int64())


def _take_ratio(work: ColumnTyping, column: FactColumn) -> None:
    source = work.source(column.name)
    if source is not None:
        parsed = parse_ratio(source)
        work.note(parsed.problem, column.name)
        work.out[column.held_as] = pc.round(parsed.values, ndigits=6).cast(_RATIO, safe=False)


def _take_time(work: ColumnTyping, column: FactColumn) -> None:
    work.take_time(column.name, column.held_as, day=date_of(column), is_ahead=column.is_ahead)


def _take_day(work: ColumnTyping, column: FactColumn) -> None:
    source = work.source(column.name)
    if source is None:
        return
    times = parse_times(source, work.context.timezone, work.layout.options.date_format)
    work.note(times.problem, column.name)
    work.out[column.held_as] = times.values.cast(pa.date32(), safe=False)
    work.see(pc.max(times.values).as_py(), is_ahead=column.is_ahead)


def _take_hour(work: ColumnTyping, column: FactColumn) -> None:
    """An hour stands alone, or in a moment or stretch of time."""
    source = work.source(column.name)
    if source is None:
        return
    text = clean_text(source)
    is_alone = pc.fill_null(pc.match_substring_regex(text, r"^([01]?\d|2[0-3])$"), False)
    alone = pc.if_else(is_alone, text, None).cast(pa.int32())
    times = parse_times(pc.if_else(is_alone, None, text), work.context.timezone, work.layout.options.date_format)
    work.note(times.problem, column.name)
    work.out[column.held_as] = pc.coalesce(alone, pc.hour(times.values).cast(pa.int32()))


def _take_region(work: ColumnTyping, column: FactColumn) -> None:
    if column.name == "province" or "province" not in work.context.bound:
        work.take_region()


_TAKES: Mapping[ValueKind, Callable[[ColumnTyping, FactColumn], None]] = MappingProxyType(
    {
        ValueKind.ID: _take_id,
        ValueKind.TEXT: _take_text,
        ValueKind.WORD: _take_word,
        ValueKind.MONEY: _take_money,
        ValueKind.QUANTITY: _take_quantity,
        ValueKind.COUNT: _take_count,
        ValueKind.RATIO: _take_ratio,
        ValueKind.TIME: _take_time,
        ValueKind.DAY: _take_day,
        ValueKind.HOUR: _take_hour,
        ValueKind.REGION: _take_region,
    }
)


def _progress(work: ColumnTyping, fact: Fact) -> Any:
    """Return how far each row's object is: how many of its moments have come.

    Of two rows of one age the further counts: a coupon that was used says one moment more than when it was issued.
    """
    moments = [
        work.out[column.held_as]
        for column in fact.columns
        if column.kind is ValueKind.TIME and not column.is_ahead and column.held_as in work.out
    ]
    reached = pa.array(np.zeros(work.n_rows, np.int32))
    for moment in moments:
        reached = pc.add(reached, pc.is_valid(moment).cast(pa.int32()))
    return reached


def _key(work: ColumnTyping, fact: Fact) -> Any:
    """Return the key columns joined; null where none of them says anything."""
    held = [work.out[name] for name in fact.key if name in work.out]
    if not held:
        return pa.nulls(work.n_rows, pa.string())
    texts = [
        work.out[name].cast(pa.string()) if name in work.out else pa.array([""] * work.n_rows, pa.string())
        for name in fact.key
    ]
    joined = pc.binary_join_element_wise(*texts, JOINT, null_handling="replace", null_replacement="")
    is_said = pc.is_valid(held[0])
    for values in held[1:]:
        is_said = pc.or_(is_said, pc.is_valid(values))
    return pc.if_else(is_said, joined, None)
