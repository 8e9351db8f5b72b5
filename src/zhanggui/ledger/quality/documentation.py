"""Write the page that lists the data quality checks: `docs/concepts/data_quality.md`."""

from __future__ import annotations

import sys

from zhanggui.ledger.quality.catalogue import CHECKS
from zhanggui.ledger.quality.model import Aspect

_HEAD = """# Data quality

Every load runs the checks that read what it changed; `zhanggui check` runs all of them and exits with 1 when one fails.
Results are kept per check, store and day of running in `quality_check`, what was found last in `quality_result`. Those
of 400 days are also kept in `state.sqlite`, so that a ledger that is built anew has its history back.
A check that fails marks every metric, tile and page that reads its tables, with the money at stake.

For every SKU, warehouse and day the stock must follow: opening + in − out = closing; `stock_balance` holds the sums.
The first list of a warehouse is where its books begin; what a later list states holds until the next one, so that each
difference stands once, on the day it shows.
Freshness is measured against the newest orders of the shop, not against the clock.

A check is one entry in `ledger/quality/catalogue`.
"""


def data_quality_page() -> str:
    """Return the page as Markdown, from the declarations."""
    parts = [_HEAD]
    for aspect in Aspect:
        of = [check for check in CHECKS.values() if check.aspect is aspect]
        if not of:
            continue
        parts.append(f"## {aspect.value.capitalize()}\n\n| Check | Table | What holds | When broken | What to do |\n")
        rows = (
            f"| `{check.name}` {check.label.en} / {check.label.zh} | `{check.table}` | {check.promise.en} "
            f"| {check.broken} | {check.next_step.en} |"
            for check in of
        )
        parts[-1] += "|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(data_quality_page())
