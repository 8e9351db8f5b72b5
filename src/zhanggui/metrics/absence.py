"""What no file has filled yet: a number that stands on it is not 0 but unknown, and says which file it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhanggui.columns import FACTS
from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality.sources import datasets_of
from zhanggui.metrics.caveats import Caveat
from zhanggui.metrics.compiler.run import run_fixed
from zhanggui.metrics.compiler.scan import ScanExpression
from zhanggui.metrics.model import Leaf, Metric

NEEDS_TABLE = "needs_table"

_MAY_BE_ABSENT = frozenset(
    {
        "event",
        "session",
        "cart",
        "journey",
        "member_day",
        "member_count",
        "ad_result",
        "stock_balance",
        "stock_day",
        "stock_sale",
        "receipt_batch",
        "stock_cover",
        "stock_policy",
        "goods_day",
        *(fact.table for fact in FACTS.values()),
    }
)
"""Orders, lines and refunds are the ledger itself: none of them is none sold."""
_TEXT = Text(
    "需要 {datasets}：还没有导入过这类文件，无法得出；各类文件的模板用 zhanggui load --template {first} 写出",
    "needs {datasets}: no such file is loaded yet, so there is no value; zhanggui load --template {first} writes an "
    "empty one to fill in",
)
_EVENTS = Text(
    "需要 {datasets}：还没有导入过行为事件文件，无法得出",
    "needs {datasets}: no file of events is loaded yet, so there is no value",
)
_AWAITED = Text(
    "需要 {table}（{what}）：还没有数据或方法填充它，无法得出",
    "needs {table} ({what}): no file or method fills it yet, so there is no value",
)


def absent_tables(ledger: Ledger, leaves: Iterable[Leaf]) -> frozenset[str]:
    """Return the tables under `leaves` that hold no row of any store or day.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    leaves : iterable of Sum, Distinct, Lapse or Level
        What is to be computed.
    """
    wanted = {leaf.table for leaf in leaves} & _MAY_BE_ABSENT
    return frozenset(table for table in wanted if not _holds(ledger, table))


def needs(metrics: Sequence[Metric], absent: frozenset[str]) -> Iterator[Caveat]:
    """Give, for each metric that stands on an absent table, the warning that names the files or the table it needs."""
    for metric in metrics:
        for table in dict.fromkeys(leaf.table for leaf in metric.leaves()):
            if table in absent:
                datasets = datasets_of(table)
                text = (_EVENTS if datasets == ("events",) else _TEXT).format(
                    datasets=", ".join(datasets), first=datasets[0]
                )
                yield Caveat(NEEDS_TABLE, metric.name, text.zh, text.en)
        for each in {part.table: part for part in metric.awaits()}.values():
            yield Caveat(
                NEEDS_TABLE,
                metric.name,
                _AWAITED.zh.format(table=each.table, what=each.needs_zh),
                _AWAITED.en.format(table=each.table, what=each.needs_en),
            )


def _holds(ledger: Ledger, table: str) -> bool:
    def expression() -> ScanExpression:
        rows = ledger.table(table)
        return ScanExpression(rows.select(rows.columns[0]).limit(1), {})

    return bool(run_fixed(ledger, f"a row of {table}", expression).num_rows)
