"""What the terminal prints: answers on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import east_asian_width

import click

from zhanggui.errors import ZhangguiError

if TYPE_CHECKING:
    from zhanggui.i18n import Language, Text

WIDEST_CELL = 80
"""Columns that a cell of a table may take; titles of goods are as long as platforms allow."""

Tell = Callable[[Mapping[str, Any]], None]
"""Takes the progress of a job as JSON values."""

_Command = TypeVar("_Command", bound=Callable[..., object])


def shop_option(command: _Command) -> _Command:
    """Give a command the option ``--shop``."""
    return click.option(
        "--shop",
        "shop",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The shop directory; else $ZHANGGUI_SHOP, else the current directory.",
    )(command)


def json_option(command: _Command) -> _Command:
    """Give a command the option ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")(command)


def language() -> Language:
    """Return the language of names and labels in the terminal."""
    from zhanggui.i18n import detect_language

    return detect_language(os.environ)


def print_json(value: object) -> None:
    """Print one JSON value on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def say(line: str = "") -> None:
    """Print a line of the answer on stdout."""
    click.echo(line)


def note(line: str) -> None:
    """Print a remark on stderr."""
    click.echo(line, err=True)


def is_terminal() -> bool:
    """Whether a person sits before both ends, so that a question can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def report_error(error: ZhangguiError) -> None:
    """Print the three lines of an error on stderr."""
    click.echo(str(error), err=True)


def report_bug(error: Exception, *, with_trace: bool) -> None:
    """Say that the program failed, and where its trace was written."""
    trace = "".join(traceback.format_exception(error))
    if with_trace:
        click.echo(trace, err=True)
    handle, name = tempfile.mkstemp(prefix="zhanggui-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(trace)
    click.echo(f"Something went wrong inside the program: {type(error).__name__}.", err=True)
    click.echo(f"  where: {name}", err=True)
    click.echo("  next:  try again; if it stays, report it with that file", err=True)


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes.

    Examples
    --------
    >>> width("江苏"), width("abc")
    (4, 3)
    """
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def table_lines(header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[bool]) -> list[str]:
    """Return a table as lines, each column as wide as its widest cell; one that is very long is cut, but in the last.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of sequence of str
        Cells.
    right : sequence of bool
        Whether a column is aligned to the right, as numbers are.

    Examples
    --------
    >>> for line in table_lines(["省份", "gmv"], [["江苏", "1.50"]], right=[False, True]): print(line)
    省份   gmv
    江苏  1.50
    """
    cells = [[*map(_clipped, row[:-1]), *row[-1:]] for row in (header, *rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(header))]
    return [
        "  ".join(_padded(cell, w, r) for cell, w, r in zip(row, widths, right, strict=True)).rstrip() for row in cells
    ]


def _clipped(cell: str) -> str:
    """Return a cell that leaves room for others.

    Examples
    --------
    >>> _clipped("茶" * 40) == "茶" * 40, _clipped("茶" * 41) == "茶" * 39 + "…"
    (True, True)
    """
    if width(cell) <= WIDEST_CELL:
        return cell
    n_kept = sum(end < WIDEST_CELL for end in accumulate(map(width, cell)))
    return f"{cell[:n_kept]}…"


def _padded(cell: str, wanted: int, is_right: bool) -> str:
    gap = " " * (wanted - width(cell))
    return gap + cell if is_right else cell + gap


def figure(value: object, unit: str | None) -> str:
    """Return a value as a person reads it: days, hours, stars and quotients with no more than two decimals.

    Examples
    --------
    >>> figure(1902487.15, "money"), figure(0.2313, "ratio"), figure(None, "count")
    ('1,902,487.15', '0.2313', '-')
    >>> figure(16.549444, "hours"), figure(19.0, "days"), figure(28010, "count")
    ('16.55', '19', '28,010')
    """
    if value is None:
        return "-"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if unit == "money":
        return f"{value:,.2f}"
    if unit == "ratio":
        return f"{value:.4f}"
    if not unit:
        return str(value)
    return f"{value:,.2f}" if isinstance(value, float) and not value.is_integer() else f"{value:,.0f}"


@contextmanager
def progress_told() -> Iterator[Tell]:
    """Give a function that shows a job's progress: as a bar on a terminal, else not at all."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    tongue = language()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f} {task.fields[unit]}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, unit="", rate="")

        def tell(progress: Mapping[str, Any]) -> None:
            label = progress.get("label") or {}
            rate = progress.get("rate")
            bar.update(
                task,
                description=label.get(tongue, ""),
                completed=progress.get("done") or 0,
                unit=progress.get("unit") or "",
                rate=f"{rate:,.0f}/s" if rate else "",
            )

        yield tell


@contextmanager
def rows_told() -> Iterator[Callable[[Text, int], None]]:
    """Give a function that shows what is being read and how many rows are done, as :func:`progress_told` does."""
    with progress_told() as tell:
        yield lambda label, n_rows: tell({"done": n_rows, "unit": "rows", "label": label.to_json()})


def word(zh: str, en: str) -> str:
    """Return the word of the language that the terminal speaks."""
    return zh if language() == "zh" else en


def said(text: Mapping[str, str]) -> str:
    """Return the half of a text that the terminal's language asks for."""
    return text[language()]


def percent(share: float | None) -> str:
    """Return a share with one decimal, a dash where there is none.

    Examples
    --------
    >>> percent(0.1234), percent(None)
    ('12.3%', '-')
    """
    return "-" if share is None else f"{share:.1%}"


def remarks(found: Mapping[str, Any]) -> None:
    """Write the warnings of an answer beside it."""
    for text in found["warnings"]:
        note(f"note: {said(text)}")
