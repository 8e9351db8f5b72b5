"""``/products``: what is bought together."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from zhanggui.app.workbench import Bench
from zhanggui.understand.products.association import MIN_SUPPORT, association

router = APIRouter(tags=["products"], prefix="/products")


@router.get("/association")
def pairs(
    bench: Bench,
    min_support: float = MIN_SUPPORT,
    by: Literal["product", "category", "brand"] = "product",
    without: Annotated[list[str] | None, Query()] = None,
    date_from: Annotated[date | None, Query(alias="from")] = None,
    date_to: Annotated[date | None, Query(alias="to")] = None,
) -> dict[str, Any]:
    """Return the pairs of paid orders, as ``zhanggui products association`` does."""
    left_out = tuple(without or ())
    return bench.desk.kept(
        ("association", min_support, by, left_out, date_from, date_to),
        lambda: association(
            bench.ledger, min_support=min_support, level=by, without=left_out, date_from=date_from, date_to=date_to
        ).to_json(),
    )
