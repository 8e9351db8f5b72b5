"""Shops of a test's own, and what may be asked of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from zhanggui.collect.loading.load import LoadOptions, load_paths
from zhanggui.collect.loading.report import FileReport, LoadReport
from zhanggui.collect.mapping import Layout
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.quality import check_promises
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.ledger.shop import Shop

CANONICAL = ("order_header", "order_line", "refund", "adjustment", "product", "sku", "customer", "party_pii")
FACTS_SEEN = ("marked_order", "coupon_issue")
"""Tables that, with the canonical ones, must not depend on how files were loaded: what marks orders, and a state that
moves on."""
_KEY = "zhanggui shop key 1\n" + "a1" * 32 + "\n"
LINEAGE = frozenset({"batch_id", "row_no"})

Row = dict[str, Any]


@dataclass(slots=True)
class Till:
    """A shop, its open ledger, and a folder for files to load."""

    shop: Shop
    ledger: Ledger
    desk: Path
    options: LoadOptions = field(default_factory=LoadOptions)

    def write(self, name: str, data: bytes | str) -> Path:
        path = self.desk / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def load_all(self, paths: Sequence[Path], **said: Any) -> LoadReport:
        return load_paths(self.shop, self.ledger, paths, replace(self.options, **said))

    def load(self, name: str, data: bytes | str, **said: Any) -> FileReport:
        """Load one file of one table and one store."""
        [report] = self.load_all([self.write(name, data)], **said).files
        return report

    def taken(self, name: str, data: bytes | str, **said: Any) -> FileReport:
        """Load one file that must be read."""
        report = self.load(name, data, **said)
        assert report.error is None, str(report.error)
        return report

    def rows(self, table: str, *columns: str, **where: Any) -> list[Row]:
        """Return rows of a ledger table in a fixed order."""
        rows = self.ledger.table(table)
        for name, value in where.items():
            rows = rows.filter(rows[name] == value)
        if columns:
            rows = rows.select(*columns)
        return sorted(self.ledger.query(rows).to_pylist(), key=lambda row: str(list(row.values())))

    def column(self, table: str, column: str, **where: Any) -> list[Any]:
        return [row[column] for row in self.rows(table, column, **where)]

    def order(self, order_id: str) -> Row:
        [row] = self.rows("order_header", order_id=order_id)
        return row

    def contents(self) -> dict[str, list[Row]]:
        """Return the canonical tables without where each row came from."""
        return {
            name: self.rows(name, *(column for column in ALL_TABLES[name].column_names if column not in LINEAGE))
            for name in (*CANONICAL, *FACTS_SEEN)
        }

    def check(self) -> None:
        """Hold the ledger to every promise it makes about itself."""
        broken = {result.name: result.examples for result in check_promises(self.ledger) if not result.is_kept}
        assert broken == {}


def new_shop(home: Path) -> None:
    """Make a shop, whole or not at all. All have one key, so that the tokens of two shops may be compared."""
    unfinished = home.with_name(f"{home.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(Path(_empty_shop().name) / "shop", unfinished)
    unfinished.rename(home)


@cache
def _empty_shop() -> TemporaryDirectory[str]:
    """Make the shop that new ones are copies of: most tests want one, and tables take longer to make than to copy."""
    folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="empty-shop-")
    shop = Shop.create(Path(folder.name) / "shop")
    (shop.dir / "shop.key").write_text(_KEY)
    open_ledger(shop.dir).close()
    shop.close()
    return folder


@contextmanager
def till_at(directory: Path) -> Iterator[Till]:
    """Give a new or existing shop under `directory`, opened."""
    home = directory / "shop"
    if not (home / "shop.toml").exists():
        new_shop(home)
    shop = Shop.open(home)
    try:
        with open_ledger(shop.dir, threads=1, statements=shop.statements) as ledger:
            yield Till(shop, ledger, directory / "desk")
    finally:
        shop.close()


def layout(table: str, columns: Mapping[str, Any], **sections: Any) -> Layout:
    """Return the layout of a user's map, written as its sections."""
    constants = {"platform": "own_site", "shop": "官网", **sections.pop("constants", {})}
    document = {"table": table, "columns": dict(columns), "constants": constants, **sections}
    return layout_from(document, file="map.toml", name=sections.pop("name", "map"))


def classes(report: FileReport) -> tuple[int, int, int, int, int]:
    """Return accepted, duplicate, superseded, quarantined, rejected."""
    found = report.classes
    return (found["accepted"], found["duplicate"], found["superseded"], found["quarantined"], found["rejected"])


def rules(report: FileReport) -> set[str]:
    """Return the rules that spoke about a file."""
    return {issue.rule for issue in report.issues}


def utc(*parts: int) -> datetime:
    """Return a moment as the ledger holds it: UTC, without a zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[arg-type, misc]  # parts of a date


def csv(header: Sequence[str], *rows: Sequence[object], encoding: str = "utf-8") -> bytes:
    """Return a CSV file; None is an empty cell."""
    lines = [",".join(header)]
    lines += [
        ",".join("" if cell is None else f'"{cell}"' if "," in str(cell) else str(cell) for cell in row) for row in rows
    ]
    return ("\n".join(lines) + "\n").encode(encoding)
