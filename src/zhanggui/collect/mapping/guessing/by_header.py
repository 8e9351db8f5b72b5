"""How sure a header alone makes one of our names: our own words, those of known formats, those that shops use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from zhanggui.collect.mapping.guessing.fact_words import FACT_WORDS
from zhanggui.collect.mapping.guessing.names import bare, head_noun, plain
from zhanggui.collect.mapping.guessing.sales_words import SALES_WORDS
from zhanggui.collect.mapping.layout import Layout, comparable, names_of_format
from zhanggui.columns import FACTS, InputColumn, InputTable, ValueKind
from zhanggui.i18n import Text

_OF_TABLE, _OWN, _COMMON = 0.99, 0.98, 0.9
_SAME_FORMAT, _OTHER_FORMAT = 0.86, 0.78
_IN_BRACKETS = 0.03
_LATER = 0.004
_LAST_LATIN = 0x2E80
_NOUNS: Mapping[ValueKind, frozenset[str]] = {
    ValueKind.ID: frozenset({"id", "text"}),
    ValueKind.TEXT: frozenset({"text", "id"}),
    ValueKind.WORD: frozenset({"text", "status"}),
    ValueKind.MONEY: frozenset({"money"}),
    ValueKind.QUANTITY: frozenset({"count"}),
    ValueKind.COUNT: frozenset({"count"}),
    ValueKind.RATIO: frozenset({"ratio", "count", "money"}),
    ValueKind.TIME: frozenset({"time"}),
    ValueKind.DAY: frozenset({"time"}),
    ValueKind.HOUR: frozenset({"time"}),
    ValueKind.STATUS: frozenset({"status", "text"}),
    ValueKind.REGION: frozenset({"text", "region"}),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """How sure something makes a name, and why."""

    score: float
    reason: Text


@dataclass(frozen=True, slots=True)
class _Vote:
    """A known format that calls a header by one of our names, and how much of it the file has."""

    layout: Layout
    name: str
    overlap: float


class FormatVotes:
    """What the formats that are known call the headers of a file.

    Parameters
    ----------
    formats : sequence of Layout
    header : sequence of str
        Normalised header of the file.
    """

    def __init__(self, formats: Sequence[Layout], header: Sequence[str]) -> None:
        present = comparable(header)
        self._votes: dict[str, list[_Vote]] = {}
        self.overlaps: dict[str, float] = {}
        for layout in formats:
            overlap = _overlap(layout, present)
            self.overlaps[layout.format_id] = overlap
            for name, headers in layout.columns.items():
                for each in headers:
                    self._votes.setdefault(plain(each), []).append(_Vote(layout, name, overlap))

    def hint(self, table: InputTable, name: str, header: str) -> Hint | None:
        """Return what speaks for a name in a table, best first; None where no format knows the header so."""
        votes = [vote for vote in self._votes.get(plain(header), ()) if vote.name == name]
        if not votes:
            return None
        best = max(votes, key=lambda vote: (vote.layout.dataset == table, vote.overlap))
        base = _SAME_FORMAT if best.layout.dataset == table else _OTHER_FORMAT
        reason = Text(f"{best.layout.title_zh}也这样称呼", f"so called in: {best.layout.title_en}")
        return Hint(base + (1 - base) * 0.8 * best.overlap, reason)


def _overlap(layout: Layout, present: frozenset[str]) -> float:
    """Return the share of a format's headers that a file has."""
    known = names_of_format([*layout.required, *(headers[0] for headers in layout.columns.values())])
    return len(known & present) / max(len(known), 1)


def header_hint(table: InputTable, column: InputColumn, header: str, votes: FormatVotes) -> Hint | None:
    """Return the best that a header says for a column, or None where it says nothing."""
    found = [hint for hint in (votes.hint(table, column.name, header), _by_words(table, column, header)) if hint]
    return max(found, key=lambda hint: hint.score, default=None)


@lru_cache(maxsize=1 << 16)
def _by_words(table: InputTable, column: InputColumn, header: str) -> Hint | None:
    label = column.label
    own = _own_names(column.name, label.zh, label.en)
    whole, short = plain(header), bare(header)
    if whole in _words(FACT_WORDS.get(f"{table}.{column.name}", "")):
        return Hint(_OF_TABLE, Text(f"这样的列名在这种表里指“{label.zh}”", f"in such a table it means: {label.en}"))
    if whole in own:
        return Hint(_OWN, Text("列名与标准名称相同", "the header is our own name of it"))
    words = words_of(table, column.name)
    for text, penalty in ((whole, 0.0), (short, _IN_BRACKETS)):
        if text in words:
            # The first words of a list mean the column most often.
            place = min(words.index(text), 20) * _LATER
            return Hint(_COMMON - penalty - place, Text(f"这样的列名多指“{label.zh}”", f"commonly means: {label.en}"))
    if short in own:
        return Hint(_OWN - _IN_BRACKETS, Text("列名与标准名称相同", "the header is our own name of it"))
    return _in_part(short, column, (*own, *words))


def _in_part(header: str, column: InputColumn, words: Sequence[str]) -> Hint | None:
    """Judge a header that contains a known word, or stands in one; what its last word says must fit the column."""
    noun = head_noun(header)
    fitting = _NOUNS[column.kind] if column.name != "phone" else frozenset({"phone"})
    if noun is not None and noun not in fitting:
        return None
    best = (0.0, "")
    for word in words:
        if len(word) < _least(word) or len(header) < _least(header):
            continue
        if word in header:
            # What stands at the end is what the column is; before it stands of what.
            share = len(word) / len(header) * (1.0 if header.endswith(word) else 0.8)
        elif header in word:
            share = len(header) / len(word) * 0.8
        else:
            continue
        best = max(best, (0.45 + 0.35 * share, word))
    if not best[1]:
        return None
    return Hint(best[0], Text(f"列名含“{best[1]}”", f"the header resembles “{best[1]}”"))


@cache
def _least(text: str) -> int:
    """Return how long a word must be to say something as a part: two signs, or five letters."""
    return 2 if ord(text[0]) > _LAST_LATIN else 5


@cache
def _own_names(name: str, zh: str, en: str) -> tuple[str, ...]:
    return (plain(name), plain(zh), plain(en))


@cache
def words_of(table: InputTable, name: str) -> tuple[str, ...]:
    """Return the words for a column in the form in which headers are compared, the commonest first."""
    said = SALES_WORDS.get(name, "")
    if table in FACTS:
        said = FACT_WORDS.get(f"{table}.{name}") or FACT_WORDS.get(name) or said
    return _words(said)


@cache
def _words(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(word) for word in said.split("|") if word))
