"""The cells of scans by day, one file for each scan: never the truth, brought in step with the ledger when asked.

A cell of a day follows from the rows of that day alone, so only the days that were touched since are scanned again.
Who counts a first time ever reads all days before too: for him every day from the first touched one on.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger, LedgerMark
from zhanggui.metrics.compiler.needs import holder_of, tables_of
from zhanggui.metrics.compiler.run import run_fixed, run_scan
from zhanggui.metrics.compiler.scan import Scan, ScanExpression
from zhanggui.metrics.model import Distinct

DAYS_DIR = "cache/days"
FEWEST_DAYS = 60
"""A question of fewer days is answered from the rows: bringing the file in step would cost as much."""
FEWEST_ROWS = 500_000
"""Orders and visits from which on days are kept; fewer are counted again in the time that a file takes."""
SPLITS: frozenset[tuple[str, ...]] = frozenset({(), ("platform",)})
"""By what kept cells may be split besides the day."""
MOST_SCANS = 400
_FORMAT = 1
"""Raised whenever the same scan of the same rows would say something else."""
_FARTHEST_GAP = timedelta(days=7)
"""Touched days no farther apart are scanned in one go, with the days between."""
_ALL_DAYS = Period(date(1, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True, slots=True)
class _File:
    """The cells of a scan, and the mark of the ledger that they follow from."""

    cells: pa.Table
    mark: LedgerMark
    stores: str


class KeptDays:
    """The kept scans of one shop; safe to share between threads.

    Parameters
    ----------
    shop_dir : Path
        The shop directory; this process owns it.
    ledger : Ledger
        Its open ledger.
    """

    def __init__(self, shop_dir: Path, ledger: Ledger) -> None:
        self._folder = shop_dir / DAYS_DIR
        self._ledger = ledger
        self._guard = threading.Lock()

    def cells(self, scan: Scan, values: Mapping[str, object]) -> pa.Table | None:
        """Return the cells of a scan, made from those of before where only some days have changed.

        Parameters
        ----------
        scan : Scan
            What is asked.
        values : mapping of str to object
            Its first and last day among them.

        Returns
        -------
        pyarrow.Table or None
            What the rows would say; None where such a scan is not kept.
        """
        first, last = values.get("date_from"), values.get("date_to")
        if not (is_kept(scan) and isinstance(first, date) and isinstance(last, date)):
            return None
        if (last - first).days + 1 < FEWEST_DAYS:
            return None
        with self._guard:
            cells = self._in_step(scan)
        days = cells[scan.date_name]
        return cells.filter(pc.and_(pc.greater_equal(days, first), pc.less_equal(days, last)))

    def _in_step(self, scan: Scan) -> pa.Table:
        path = self._folder / f"{hashlib.sha256(repr(scan).encode()).hexdigest()[:32]}.arrow"
        # Taken before anything is read: what changes meanwhile is made anew the next time.
        mark, stores = self._ledger.mark(), self._stores()
        held = _read(path)
        if held is None or (held.mark.birth, held.stores) != (mark.birth, stores) or held.mark.change > mark.change:
            cells = self._scanned(scan, _ALL_DAYS)
        elif held.mark == mark:
            return held.cells
        else:
            touched = self._ledger.days_touched(_tables(scan), held.mark)
            spans = _spans(touched, to_the_end=_reads_the_past(scan))
            made = [self._scanned(scan, span) for span in spans]
            cells = pa.concat_tables([_without(held.cells, str(scan.date_name), spans), *made])
        self._write(path, _File(cells.combine_chunks(), mark, stores))
        return cells

    def _scanned(self, scan: Scan, days: Period) -> pa.Table:
        found = run_scan(self._ledger, scan, {"date_from": days.first, "date_to": days.last})
        # The engine may give days as midnights.
        place = found.column_names.index(scan.date_name)
        return found.set_column(place, scan.date_name, found[scan.date_name].cast(pa.date32()))

    def _stores(self) -> str:
        """Return the stores with their platforms: another platform of a store changes every day."""

        def expression() -> ScanExpression:
            return ScanExpression(self._ledger.table("store").select("shop_id", "platform").order_by("shop_id"), {})

        return str(run_fixed(self._ledger, "platforms of stores", expression).to_pylist())

    def _write(self, path: Path, file: _File) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        told = {
            "birth": file.mark.birth,
            "change": str(file.mark.change),
            "stores": file.stores,
            "format": str(_FORMAT),
        }
        part = path.with_suffix(".part")
        with pa.OSFile(str(part), "wb") as sink, pa.ipc.new_file(sink, file.cells.schema.with_metadata(told)) as writer:
            writer.write_table(file.cells.replace_schema_metadata(told))
        part.replace(path)
        held = sorted(self._folder.glob("*.arrow"), key=lambda each: each.stat().st_mtime, reverse=True)
        for forgotten in held[MOST_SCANS:]:
            forgotten.unlink(missing_ok=True)


def is_worth_keeping(ledger: Ledger) -> bool:
    """Return whether a ledger is so large that its days are kept."""

    def expression() -> ScanExpression:
        held = [ledger.table(name) for name in ("order_header", "session")]
        return ScanExpression(ibis.union(*(rows.aggregate(n_rows=rows.count()) for rows in held)), {})

    rows = run_fixed(ledger, "rows worth keeping", expression).to_pylist()
    return sum(int(row["n_rows"]) for row in rows) >= FEWEST_ROWS


def is_kept(scan: Scan) -> bool:
    """Return whether a scan is kept: by day, of the whole shop or by platform, between two days."""
    is_bounded = scan.has_from and scan.has_to
    return scan.grain == "day" and is_bounded and scan.date is not None and not scan.where and scan.by in SPLITS


def _read(path: Path) -> _File | None:
    """Return a kept file; None where there is none that can be used."""
    try:
        with pa.OSFile(str(path), "rb") as source:
            cells = pa.ipc.open_file(source).read_all()
        told = {key.decode(): value.decode() for key, value in (cells.schema.metadata or {}).items()}
        if told["format"] != str(_FORMAT):
            return None
        return _File(cells.replace_schema_metadata(), LedgerMark(told["birth"], int(told["change"])), told["stores"])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError):
        return None


def _tables(scan: Scan) -> frozenset[str]:
    """Return the tables whose rows decide the cells of a day; parts have no day but that of their whole."""
    dated = {holder_of(scan.spine[-1], str(scan.date))}
    return frozenset({*tables_of(scan.spine), *dated})


def _reads_the_past(scan: Scan) -> bool:
    return any(isinstance(leaf, Distinct) and leaf.is_first_ever for leaf in scan.measures)


def _spans(days: Iterable[date], *, to_the_end: bool) -> list[Period]:
    """Return the days to scan again, near ones together.

    Examples
    --------
    >>> touched = [date(2026, 5, 1), date(2026, 5, 3), date(2026, 7, 1)]
    >>> [(str(span.first), str(span.last)) for span in _spans(touched, to_the_end=False)]
    [('2026-05-01', '2026-05-03'), ('2026-07-01', '2026-07-01')]
    """
    spans: list[Period] = []
    for day in days:
        if spans and day - spans[-1].last <= _FARTHEST_GAP:
            spans[-1] = Period(spans[-1].first, day)
        else:
            spans.append(Period(day, day))
    return [Period(spans[0].first, _ALL_DAYS.last)] if spans and to_the_end else spans


def _without(cells: pa.Table, date_name: str, spans: Iterable[Period]) -> pa.Table:
    for span in spans:
        days = cells[date_name]
        cells = cells.filter(pc.or_(pc.less(days, span.first), pc.greater(days, span.last)))
    return cells
