"""Checks of uniqueness: the same orders, refunds or ledger lines that stand twice under other ids."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.quality.model import Aspect, Check, Findings, Rows, finding
from zhanggui.money import CURRENCY_EXPONENTS

FEWEST_TWINS, TWIN_SHARE = 8, 0.5
"""A file repeats another when at least half of its rows, and not fewer than 8, stand in the other under other ids."""
RECENT_DAYS = 30
FOLLOWS_THE_DAYS = ("orders", "order_lines", "refunds", "settlements", "ad_spend")
"""Files of what happened; lists such as prices or members are exported whole every time."""


def twins(table: str, key: str, print_of: tuple[str, ...], *, day: str, money: str) -> Findings:
    """Return the imports whose rows stand in another import under other ids: counted twice.

    Parameters
    ----------
    table, key : str
        The table, and the id by which it tells rows apart.
    print_of : tuple of str
        Columns that together no two rows of different things share by half a file.
    day, money : str
        Business day, and the column that is counted twice.
    """

    def findings(rows: Rows) -> ir.Table:
        held = rows(table, "batch_id", key, day, money, "currency", *print_of)
        named = held.filter(ibis.and_(*(held[name].notnull() for name in print_of)))
        prints = named.select(
            "shop_id",
            "batch_id",
            *print_of,
            twin_key=named[key],
            on=named[day],
            amount=named[money],
            unit=named.currency,
        )
        first = prints.group_by(["shop_id", *print_of]).aggregate(
            n_keys=prints.twin_key.nunique(), first_batch=prints.batch_id.min(), last_batch=prints.batch_id.max()
        )
        first = first.filter((first.n_keys > 1) & (first.first_batch < first.last_batch))
        again = prints.inner_join(first, ["shop_id", *print_of])
        again = again.filter(again.batch_id > again.first_batch)
        twice = again.group_by(["shop_id", "batch_id"]).aggregate(
            n=again.count(),
            day=again.on.min(),
            last_day=again.on.max(),
            money_minor=again.amount.sum(),
            currency=again.unit.max(),
        )
        sizes = held.group_by("batch_id").aggregate(size=held.count())
        twice = twice.inner_join(sizes, "batch_id")
        twice = twice.filter((twice.n >= FEWEST_TWINS) & (twice.n >= TWIN_SHARE * twice["size"]))
        files = rows("source_batch", "batch_id", "file_name").select("batch_id", "file_name")
        named_files = twice.inner_join(files, "batch_id")
        return finding(
            named_files,
            subject=named_files.file_name,
            n_rows=named_files.n,
            measured=named_files.n,
            expected=0.0,
        )

    return findings


def exported_twice(rows: Rows) -> ir.Table:
    """Return recent files that brought nothing: every row of them was held already, and was counted once."""
    batches = rows(
        "source_batch",
        *("dataset", "received", "duplicate", "loaded_at", "currency", "file_total", "file_name"),
        *("period_start", "period_end"),
    )
    newest = batches.loaded_at.max()
    recent = batches.filter(
        batches.dataset.isin(FOLLOWS_THE_DAYS)
        & (batches.received > 0)
        & (batches.duplicate == batches.received)
        & (batches.loaded_at >= newest - ibis.interval(days=RECENT_DAYS))
    )
    others = [
        (recent.currency == currency, 10**exponent)
        for currency, exponent in CURRENCY_EXPONENTS.items()
        if exponent != 2
    ]
    minor = ibis.cases(*others, else_=100)
    return finding(
        recent,
        day=recent.period_start,
        last_day=recent.period_end,
        subject=recent.file_name,
        n_rows=recent.received,
        measured=recent.received,
        expected=0.0,
        money_minor=(recent.file_total.cast("decimal(18, 4)") * minor).round(),
    )


_SAID = Text(
    "文件 {subject} 的 {measured} 行在别的文件里已有（编号不同），{day} 起被计了两次",
    "{measured} rows of {subject} stand in another file under other ids: counted twice from {day} on",
)
_NEXT = Text(
    "核对两个文件的编号列（Excel 打开再保存会改掉长编号），去掉其中一个文件",
    "compare the id columns of the two files (saving from Excel changes long ids) and take one of them out",
)


def _twins(name: str, zh: str, en: str, table: str, findings: Findings) -> Check:
    return Check(
        name=f"{name}.twins",
        label=Text(f"{zh}重复", f"{en} counted twice"),
        promise=Text(
            f"没有哪个文件的{zh}在另一个文件里以别的编号出现",
            f"no file repeats the {en.lower()} of another under other ids",
        ),
        aspect=Aspect.UNIQUENESS,
        table=table,
        broken="failed",
        said=_SAID,
        next_step=_NEXT,
        findings=findings,
        also_reads=("source_batch",),
    )


CHECKS: tuple[Check, ...] = (
    _twins(
        "orders",
        "订单",
        "Orders",
        "order_header",
        twins(
            "order_header",
            "order_id",
            ("created_at", "created_minor", "n_lines"),
            day="created_date",
            money="paid_minor",
        ),
    ),
    _twins(
        "refunds",
        "退款",
        "Refunds",
        "refund",
        twins(
            "refund",
            "refund_id",
            ("order_id", "refunded_minor", "refunded_date"),
            day="refunded_date",
            money="refunded_minor",
        ),
    ),
    _twins(
        "settlements",
        "结算流水",
        "Settlement lines",
        "settlement_entry",
        twins(
            "settlement_entry",
            "fact_key",
            ("order_id", "category", "amount_minor", "booked_at"),
            day="booked_date",
            money="amount_minor",
        ),
    ),
    Check(
        name="files.again",
        label=Text("重复导出的文件", "Files exported twice"),
        promise=Text("每个文件都带来新的内容", "every file brings something new"),
        aspect=Aspect.UNIQUENESS,
        table="source_batch",
        broken="warning",
        said=Text(
            "{subject} 的 {measured} 行都已导入过，没有重复计数",
            "all {measured} rows of {subject} were held already; nothing was counted twice",
        ),
        next_step=Text(
            "确认导出时选的日期：可能本来要导出另一段日期",
            "look at the days that were chosen: others may have been meant",
        ),
        findings=exported_twice,
    ),
)
"""Adding a check is adding an entry."""
