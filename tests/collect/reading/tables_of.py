"""Reading a file's bytes whole, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from zhanggui.collect.reading import Hints, Limits, RowProblem, SourceTable, open_tables


@dataclass
class Whole:
    """A table read to its end."""

    table: SourceTable
    rows: list[list[object]] = field(default_factory=list)
    row_no: list[int] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    non_data: int = 0

    @property
    def rules(self) -> list[tuple[int, str]]:
        return [(problem.row_no, problem.rule) for problem in self.problems]


def whole(table: SourceTable, batch_rows: int = 1000) -> Whole:
    result = Whole(table)
    for batch in table.batches(batch_rows):
        assert batch.columns.schema.names == list(table.header)
        assert batch.columns.num_rows == len(batch.row_no) <= batch_rows
        result.rows += [list(row.values()) for row in batch.columns.to_pylist()]
        result.row_no += batch.row_no.to_pylist()
        result.problems += batch.problems
        result.non_data += batch.non_data
    return result


def all_tables(
    data: bytes, name: str = "f", *, limits: Limits | None = None, hints: Hints | None = None
) -> list[Whole]:
    return [whole(table) for table in open_tables(BytesIO(data), name, limits=limits, hints=hints)]


def only_table(data: bytes, name: str = "f", *, limits: Limits | None = None, hints: Hints | None = None) -> Whole:
    [result] = all_tables(data, name, limits=limits, hints=hints)
    return result
