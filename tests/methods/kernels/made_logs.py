"""Random logs with ties, visits of one event and people who never come, as columns and as a table."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from hypothesis import strategies as st

MOST_PEOPLE = 4
N_PLACES = 4


@dataclass(frozen=True)
class Log:
    """Events sorted by who and when."""

    who: npt.NDArray[np.int32]
    at: npt.NDArray[np.int64]
    what: npt.NDArray[np.int16]

    def between(self, first: int, end: int) -> Log:
        """Return the part of some days."""
        rows = (self.at >= first) & (self.at < end)
        return Log(self.who[rows], self.at[rows], self.what[rows])

    def ask(self, sql: str, **values: int) -> list[tuple[int, ...]]:
        """Return what SQL finds in the table ``e`` of place, who, moment, what."""
        rows = pa.table({"pos": np.arange(self.who.size), "who": self.who, "moment": self.at, "what": self.what})
        with duckdb.connect() as connection:
            connection.register("e", rows)
            return connection.execute(sql, values or None).fetchall()


def log_of(rows: list[tuple[int, int, int]]) -> Log:
    """Return a log of (who, at, what)."""
    rows = sorted(rows, key=lambda row: row[:2])
    columns = list(zip(*rows, strict=True)) if rows else [(), (), ()]
    return Log(np.array(columns[0], np.int32), np.array(columns[1], np.int64), np.array(columns[2], np.int16))


logs = st.lists(
    st.tuples(st.integers(0, MOST_PEOPLE - 1), st.integers(0, 12), st.integers(0, N_PLACES - 1)), max_size=30
).map(log_of)
