"""Status words of a file become canonical; unknown words say so and never become "completed"."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.schema.vocabulary import ORDER_STATUS, REFUND_STATUS

CLOSED = "closed"
"""Status of a row that does not tell whether the order was paid: other files of the order settle it."""

_PLACES = {status: 2 * place for place, status in enumerate(ORDER_STATUS)}
RANK: Mapping[str, int] = MappingProxyType(
    # Closed is further than every open order, and less telling than a word that says how it was closed.
    _PLACES | {"unknown": -1, CLOSED: _PLACES["closed_unpaid"] - 1}
)
"""How far each order status is."""

_REFUND_RANK = {status: place for place, status in enumerate(REFUND_STATUS)} | {"unknown": -1}


@dataclass(frozen=True, slots=True)
class Translated:
    """Status columns of one batch."""

    status: Any
    raw: Any
    rank: Any
    unknown_words: Counter[str]


def folded(word: str) -> str:
    """Return a status word as it is looked up: NFKC, no blanks at the ends, lower case, no trailing comma.

    Examples
    --------
    >>> folded("卖家已发货，等待买家确认，")
    '卖家已发货,等待买家确认'
    """
    return unicodedata.normalize("NFKC", word).strip().strip(",").lower()


class StatusWords:
    """The vocabulary of one layout.

    Parameters
    ----------
    words : mapping of str to str
        Status word to status.
    endings : mapping of str to str
        After-sale word to refund status. A status word that `words` lacks is split before such an ending; where the
        ending says that the refund succeeded, the order is closed.
    """

    def __init__(self, words: Mapping[str, str], endings: Mapping[str, str] | None = None) -> None:
        self._words = {folded(word): status for word, status in words.items()}
        self._endings = {folded(word): status for word, status in (endings or {}).items()}

    def translated(self, column: Any, paid_at: Any | None, is_unpaid: Any | None = None) -> Translated:
        """Translate a text column.

        Parameters
        ----------
        column : pyarrow.StringArray
        paid_at : pyarrow.TimestampArray or None
            Settles the word ``closed``: refunded when the order was paid, else unpaid; without a paid column
            it stays as it is, for other files of the order to settle.
        is_unpaid : pyarrow.BooleanArray or None
            Rows whose close reason says that they were never paid, whatever their paid time says.
        """
        encoded = pc.dictionary_encode(column)
        words = encoded.dictionary.to_pylist()
        found = [self._status(folded(word)) for word in words]
        status = _take(found, encoded.indices, pa.string())
        if CLOSED in found and paid_at is not None:
            is_paid = pc.is_valid(paid_at)
            if is_unpaid is not None:
                is_paid = pc.and_(is_paid, pc.invert(is_unpaid))
            settled = pc.if_else(is_paid, "closed_refunded", "closed_unpaid")
            status = pc.if_else(pc.fill_null(pc.equal(status, CLOSED), False), settled, status)
        return Translated(status=status, raw=column, rank=_ranks(status, RANK), unknown_words=_unknown(encoded, found))

    def endings(self, column: Any) -> Any:
        """Return the refund status that each status word ends in; null where it ends in none."""
        encoded = pc.dictionary_encode(column)
        parts = [folded(word).rpartition(",") for word in encoded.dictionary.to_pylist()]
        found = [self._endings.get(ending) if stage else None for stage, _, ending in parts]
        return _take([None if status == "none" else status for status in found], encoded.indices, pa.string())

    def _status(self, word: str) -> str:
        if word in self._words:
            return self._words[word]
        stage, _, ending = word.rpartition(",")
        if stage not in self._words or ending not in self._endings:
            return "unknown"
        return "closed_refunded" if self._endings[ending] == "succeeded" else self._words[stage]


class RefundWords:
    """The vocabulary of a refund file, or the after-sale words of an order file."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {folded(word): status for word, status in words.items()}

    def translated(self, column: Any) -> Translated:
        """Translate a text column; a word that means "no case" becomes null."""
        encoded = pc.dictionary_encode(column)
        found = [self._words.get(folded(word), "unknown") for word in encoded.dictionary.to_pylist()]
        status = _take([None if word == "none" else word for word in found], encoded.indices, pa.string())
        return Translated(
            status=status, raw=column, rank=_ranks(status, _REFUND_RANK), unknown_words=_unknown(encoded, found)
        )


def _unknown(encoded: Any, found: list[str]) -> Counter[str]:
    """Count the rows of each word that was not found."""
    words = encoded.dictionary.to_pylist()
    counts = np.bincount(
        np.asarray(encoded.indices.drop_null().to_numpy(zero_copy_only=False), np.int64), minlength=len(words)
    )
    return Counter({word: int(n) for word, status, n in zip(words, found, counts, strict=True) if status == "unknown"})


def _ranks(status: Any, known: Mapping[str, int]) -> Any:
    encoded = pc.dictionary_encode(status)
    ranks = [known.get(word, 0) for word in encoded.dictionary.to_pylist()]
    return pc.fill_null(_take(ranks, encoded.indices, pa.int32()), 0)


def _take(values: list[Any], indices: Any, type_: pa.DataType) -> Any:
    return pa.array(values, type_).take(indices)
