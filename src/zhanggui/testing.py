"""The contract of a format of files, for the tests of connectors, ours and anyone's.

A test module names a format and a small file of it, and inherits every test::

    class TestOrders(FormatSuite):
        layout = ORDERS
        sample = SampleFile(header=("订单号", …), rows=({"订单号": "1", …},))
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.loading.load import LoadOptions, load_paths
from zhanggui.collect.loading.recognise import UnknownFormatError, recognised
from zhanggui.collect.loading.report import FileReport
from zhanggui.collect.mapping.layout import Layout, comparable
from zhanggui.collect.reading.tables import normalise_header, normalise_name
from zhanggui.columns import FACTS, INPUT_COLUMNS, ValueKind
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.quality import check_promises
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.observations import FACT_TABLES
from zhanggui.ledger.schema.vocabulary import ORDER_STATUS, REFUND_STATUS
from zhanggui.ledger.shop import Shop

__all__ = ["FormatSuite", "SampleFile", "header_of"]

_ABOUT_THE_IMPORT = frozenset({"source_batch", "raw_record", "data_issue", "store"})
_WHERE_FROM = frozenset({"batch_id", "row_no", "loaded_at"})
_STATUS_OF = {
    "orders": ("order_header", "status"),
    "order_lines": ("order_header", "status"),
    "refunds": ("refund", "refund_status"),
}
_NEVER_SEEN = "没见过的状态"
_UNNAMED = ("unknown", "other", None)
"""What a word that nobody knows counts as."""

Row = dict[str, Any]


def header_of(text: str) -> tuple[str, ...]:
    """Return the column names that `text` lists, separated by commas or line ends.

    Examples
    --------
    >>> header_of('订单号,订单状态,' + chr(10) + ' 支付时间')
    ('订单号', '订单状态', '支付时间')
    """
    return tuple(name.strip() for name in text.replace("\n", ",").split(",") if name.strip())


@dataclass(frozen=True)
class SampleFile:
    """A small file of a format.

    Attributes
    ----------
    header : tuple of str
        As the platform writes it, blanks and brackets included.
    rows : tuple of mapping
        Cells by header; a header that a row does not name is empty.
    titles : tuple of tuple of str
        Rows above the header.
    encoding : str
        How the platform writes the file.
    name : str
        The file's name.
    """

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    titles: tuple[tuple[str, ...], ...] = ()
    encoding: str = "utf-8-sig"
    name: str = "sample.csv"

    def data(self) -> bytes:
        """Return the file as comma-separated text."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerows(self.titles)
        writer.writerow(self.header)
        writer.writerows([row.get(name, "") for name in self.header] for row in self.rows)
        return text.getvalue().encode(self.encoding)

    def shuffled(self) -> SampleFile:
        """Return the same file with its columns in another order."""
        return replace(self, header=(*self.header[1::2], *self.header[::2]))

    def with_cell(self, header: str, value: str) -> SampleFile:
        """Return the same file with one value all down a column."""
        return replace(self, rows=tuple({**row, header: value} for row in self.rows))

    def carrying(self, layout: Layout, name: str) -> str | None:
        """Return the header, as written, that carries a canonical name; None where the file has none."""
        bound = layout.bound(normalise_header(self.header)).get(name)
        return next((written for written in self.header if normalise_name(written) == bound), None)


@dataclass(frozen=True)
class _Loaded:
    """What a new shop held after files were loaded into it one by one."""

    reports: tuple[FileReport, ...]
    contents: Mapping[str, Sequence[Row]]
    broken: Mapping[str, object]


@cache
def _loaded(*files: tuple[str, bytes]) -> _Loaded:
    with TemporaryDirectory() as folder, _new_shop(Path(folder) / "shop") as (shop, ledger):
        reports = []
        for name, data in files:
            path = Path(folder) / name
            path.write_bytes(data)
            reports += load_paths(shop, ledger, [path], LoadOptions()).files
        broken = {check.name: check.examples for check in check_promises(ledger) if not check.is_kept}
        return _Loaded(tuple(reports), _contents(ledger), broken)


@contextmanager
def _new_shop(home: Path) -> Iterator[tuple[Shop, Ledger]]:
    shutil.copytree(Path(_empty_shop().name) / "shop", home)
    shop = Shop.open(home)
    try:
        with open_ledger(shop.dir, threads=1, statements=shop.statements) as ledger:
            yield shop, ledger
    finally:
        shop.close()


@cache
def _empty_shop() -> TemporaryDirectory[str]:
    """Make the shop that others are copies of: tables take longer to make than to copy."""
    folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="empty-shop-")
    shop = Shop.create(Path(folder.name) / "shop")
    try:
        # One shop has the same key as another, so that their tokens can be compared.
        (shop.dir / "shop.key").write_text("zhanggui shop key 1\n" + "5a" * 32 + "\n", encoding="utf-8")
        open_ledger(shop.dir, threads=1).close()
    finally:
        shop.close()
    return folder


def _contents(ledger: Ledger) -> dict[str, list[Row]]:
    """Return what the ledger's tables hold, without where each row came from."""
    found = {}
    for name in (TABLES.keys() | FACT_TABLES.keys()) - _ABOUT_THE_IMPORT:
        table = ledger.table(name)
        rows = ledger.query(table.drop([column for column in table.columns if column in _WHERE_FROM])).to_pylist()
        found[name] = sorted(rows, key=lambda row: str(list(row.values())))
    return found


def _refusal(header: Sequence[str]) -> UnknownFormatError | None:
    try:
        recognised(header, "a.csv")
    except UnknownFormatError as error:
        return error
    return None


class FormatSuite:
    """What every format keeps. Inherit it, and name the format and a sample of it."""

    layout: ClassVar[Layout]
    sample: ClassVar[SampleFile]

    def _taken(self, *files: SampleFile) -> _Loaded:
        return _loaded(*((file.name, file.data()) for file in files))

    def _once(self) -> _Loaded:
        """Return what is held after the sample came, came again, and came with its columns in another order."""
        again, shuffled = (
            replace(file, name=f"{number}_{file.name}")
            for number, file in enumerate((self.sample, self.sample.shuffled()))
        )
        return self._taken(self.sample, again, shuffled)

    def test_the_format_is_registered_and_speaks_of_known_names_only(self) -> None:
        layout = self.layout
        statuses = (*REFUND_STATUS,) if layout.dataset == "refunds" else (*ORDER_STATUS, "closed")

        assert layout in known_formats()
        taken = {*layout.columns, *layout.extracted, *layout.joined, *layout.constants}
        assert taken | layout.words.keys() <= INPUT_COLUMNS.keys()
        assert all(layout.dataset in INPUT_COLUMNS[name].tables for name in taken)
        assert {*layout.added, *layout.subtracted, *layout.negative_when} <= layout.columns.keys()
        assert layout.words.keys() <= taken
        assert set(layout.status_words.values()) <= set(statuses)
        assert set(layout.refund_words.values()) <= {*REFUND_STATUS, "none"}
        assert layout.certainty[:1] in ("A", "B"), "what is known less well is left to the column mapper"
        assert layout.title_zh
        assert layout.title_en

    def test_its_words_mean_what_the_columns_allow(self) -> None:
        fact = FACTS.get(self.layout.dataset)
        allowed = {column.name: {*column.allowed} for column in fact.columns} if fact else {}
        for name, meanings in self.layout.words.items():
            assert {*meanings.values()} <= allowed[name], name
        for name, value in self.layout.constants.items():
            assert not allowed.get(name) or value in allowed[name], name

    def test_its_page_says_what_its_amounts_mean(self) -> None:
        has_amounts = any(INPUT_COLUMNS[name].kind is ValueKind.MONEY for name in self.layout.columns)

        assert bool(self.layout.amounts) or not has_amounts

    def test_the_header_is_recognised_in_any_order_and_by_this_format_alone(self) -> None:
        header = normalise_header(self.sample.header)

        assert recognised(header, "a.csv") == self.layout
        assert recognised(header[::-1], "a.csv") == self.layout
        present = comparable(header)
        assert [layout.format_id for layout in known_formats() if layout.fits(present)] == [self.layout.format_id]

    def test_a_required_column_under_another_name_is_refused_and_the_difference_named(self) -> None:
        header = normalise_header(self.sample.header)
        for required in self.layout.required:
            plain = normalise_name(required)
            for other in ((), (f"{plain}改",)):
                changed = [new for name in header for new in (other if name == plain else (name,))]
                refusal = _refusal(changed)

                assert refusal is not None, f"a file without {required} was taken"
                assert (refusal.near[0].layout, refusal.near[0].missing) == (self.layout, (required,))
                assert required in refusal.what

    def test_every_row_of_the_sample_is_taken(self) -> None:
        first = self._once().reports[0]

        assert first.error is None, str(first.error)
        assert (first.exit_code, first.format) == (0, self.layout.format_id)
        assert first.classes["accepted"] == first.received == len(self.sample.rows)

    def test_every_status_word_of_the_sample_is_known(self) -> None:
        first = self._once().reports[0]

        assert [issue.detail for issue in first.issues if issue.rule in ("unknown_status", "unknown_word")] == []

    def test_the_totals_tie_and_the_ledger_keeps_its_promises(self) -> None:
        loaded = self._once()
        first = loaded.reports[0]

        assert first.file_total - first.rounding == first.ledger_total
        assert loaded.broken == {}

    def test_the_same_rows_again_are_duplicates_whatever_the_order_of_the_columns(self) -> None:
        for again in self._once().reports[1:]:
            assert again.exit_code == 0
            assert again.classes["duplicate"] == again.received == len(self.sample.rows)

    def test_an_unknown_status_word_is_an_issue_and_never_a_success(self) -> None:
        table, name = _STATUS_OF.get(self.layout.dataset, ("", ""))
        header = self.sample.carrying(self.layout, name)
        if header is None:
            return
        loaded = self._taken(self.sample.with_cell(header, _NEVER_SEEN))
        found = {row["status"] for row in loaded.contents[table] if row["status_raw"] == _NEVER_SEEN}

        assert "unknown_status" in {issue.rule for issue in loaded.reports[0].issues}
        assert found == {"unknown"}

    def test_an_unknown_word_is_an_issue_and_counts_as_unknown_while_the_row_is_kept(self) -> None:
        for name in self.layout.words:
            header = self.sample.carrying(self.layout, name)
            if header is None:
                continue
            fact = FACTS[self.layout.dataset]
            loaded = self._taken(self.sample.with_cell(header, _NEVER_SEEN))
            [report] = loaded.reports
            found = {row[fact.column(name).held_as] for row in loaded.contents[fact.table]}

            assert "unknown_word" in {issue.rule for issue in report.issues}
            assert found <= {*_UNNAMED}
            assert (report.exit_code, report.classes["accepted"]) == (0, len(self.sample.rows))

    def test_no_personal_cell_stands_in_the_ledger_as_it_was_written(self) -> None:
        personal = {name for name in self.layout.columns if INPUT_COLUMNS[name].personal == "personal"}
        headers = {self.sample.carrying(self.layout, name) for name in personal}
        cells = {row[header] for row in self.sample.rows for header in headers if header and row.get(header)}
        held = {value for rows in self._once().contents.values() for row in rows for value in row.values()}

        assert cells & {value for value in held if isinstance(value, str)} == set()
