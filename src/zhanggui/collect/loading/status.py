"""Status words of a file become canonical; unknown words say so and never become "completed"."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.schema.vocabulary import ORDER_STATUS

_RANK = {status: rank for rank, status in enumerate(ORDER_STATUS)} | {"unknown": -1}


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
    """The vocabulary of one layout."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {folded(word): status for word, status in words.items()}

    def translated(self, column: Any, paid_at: Any | None) -> Translated:
        """Translate a text column.

        Parameters
        ----------
        column : pyarrow.StringArray
        paid_at : pyarrow.TimestampArray or None
            Settles the word ``closed``: refunded when the order was paid, else unpaid; without a paid column
            it stays ``closed_other``.
        """
        encoded = pc.dictionary_encode(column)
        words = encoded.dictionary.to_pylist()
        found = [self._words.get(folded(word), "unknown") for word in words]
        status = _take(found, encoded.indices, pa.string())
        if "closed" in found:
            is_closed = pc.equal(status, "closed")
            if paid_at is None:
                settled: Any = pa.array(["closed_other"] * len(column))
            else:
                settled = pc.if_else(pc.is_valid(paid_at), "closed_refunded", "closed_unpaid")
            status = pc.if_else(pc.fill_null(is_closed, False), settled, status)
        counts = np.bincount(
            np.asarray(encoded.indices.drop_null().to_numpy(zero_copy_only=False), np.int64), minlength=len(words)
        )
        unknown = Counter(
            {word: int(n) for word, status_, n in zip(words, found, counts, strict=True) if status_ == "unknown"}
        )
        return Translated(status=status, raw=column, rank=_ranks(status), unknown_words=unknown)


def _ranks(status: Any) -> Any:
    encoded = pc.dictionary_encode(status)
    ranks = [_RANK.get(word, 0) for word in encoded.dictionary.to_pylist()]
    return pc.fill_null(_take(ranks, encoded.indices, pa.int32()), 0)


def _take(values: list[Any], indices: Any, type_: pa.DataType) -> Any:
    return pa.array(values, type_).take(indices)
