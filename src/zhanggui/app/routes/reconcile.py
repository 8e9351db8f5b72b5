"""``/reconcile``: orders, settlement ledgers, wallets and the stock system held against each other."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from zhanggui.app.workbench import Bench
from zhanggui.understand.finance.reconciliation import Reconciliation, reconcile

router = APIRouter(tags=["finance"])


@router.get("/reconcile")
def reconciliation(
    bench: Bench,
    store: Annotated[list[str] | None, Query()] = None,
    date_from: Annotated[date | None, Query(alias="from")] = None,
    date_to: Annotated[date | None, Query(alias="to")] = None,
    n_listed: Annotated[int, Query(alias="limit", ge=1, le=10_000)] = 100,
) -> Reconciliation:
    """Hold everything against each other, as ``zhanggui reconcile`` does.

    Without ``store`` all stores are looked at; ``limit`` bounds the lists, not their counts and sums.
    """
    names = tuple(store or ())
    return bench.desk.kept(
        ("reconcile", names, date_from, date_to, n_listed),
        lambda: reconcile(bench.ledger, stores=names, date_from=date_from, date_to=date_to, n_listed=n_listed),
    )
