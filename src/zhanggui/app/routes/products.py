"""``/products``: goods, as ``zhanggui products`` gives them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.understand.products.association import MIN_SUPPORT, association
from zhanggui.understand.products.borders import MOST, Borders, keep_borders
from zhanggui.understand.products.companions_answer import CompanionsAnswer, companions_of_pairs
from zhanggui.understand.products.lifecycle import LifecycleAnswer, lifecycle_of_pairs
from zhanggui.understand.products.matrix_answer import MatrixAnswer, matrix_of_pairs
from zhanggui.understand.products.meeting_answers import (
    MeetingsAnswer,
    NewMeeting,
    all_meetings,
    frozen,
    today_of,
)
from zhanggui.understand.products.meetings import Decision, Meeting, ReadBack, decide, read_back
from zhanggui.understand.products.product import ProductAnswer, product_of_pairs
from zhanggui.understand.products.returns_answer import ReturnsAnswer, returns_of_pairs

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


@router.get("/matrix")
def matrix(request: Request, bench: Bench) -> MatrixAnswer:
    """Return every SKU by quadrant; ``units_border`` and ``profit_border`` try other borders than the shop's."""
    return matrix_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/returns")
def returns(request: Request, bench: Bench) -> ReturnsAnswer:
    """Return matured returns, reviews and diagnoses; ``product=CODE`` keeps one product and adds its batches."""
    return returns_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/show")
def show(request: Request, bench: Bench, product: str) -> ProductAnswer:
    """Return everything of one product over the same days; ``product`` is an id of a store or the seller's code."""
    return product_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/lifecycle")
def lifecycle(request: Request, bench: Bench) -> LifecycleAnswer:
    """Return newcomers, hits, what moved and sold out, prices and carts; ``hit_share`` is what makes a hit."""
    return lifecycle_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/companions")
def companions(request: Request, bench: Bench) -> CompanionsAnswer:
    """Return lasting pairs, bundles and what to store together; ``by`` is product, category or brand."""
    return companions_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/meetings")
def meetings(bench: Bench) -> MeetingsAnswer:
    """Return the meetings about goods, the newest first."""
    return all_meetings(bench.desk)


@router.post("/meetings")
def freeze_meeting(bench: Bench, asked: NewMeeting) -> Meeting:
    """Freeze the list of what to add, push, mend and drop; nothing that is loaded later changes it."""
    return frozen(bench.desk, asked)


@router.get("/meetings/{meeting_id}")
def meeting(bench: Bench, meeting_id: int) -> ReadBack:
    """Return a meeting with what came of its decisions."""
    return read_back(bench.desk, meeting_id, today_of(bench.desk))


@router.post("/meetings/{meeting_id}/decisions")
def enter_decision(bench: Bench, meeting_id: int, decided: Decision) -> Meeting:
    """Write down what was decided about a SKU, by whom and until when."""
    return decide(bench.desk, meeting_id, decided)


class EnteredBorders(BaseModel):
    """Borders of the matrix: units (x) and contribution profit in major units (y); null goes back to the median."""

    x: float | None = Field(None, ge=-MOST, le=MOST)
    y: float | None = Field(None, ge=-MOST, le=MOST)


@router.post("/matrix-borders")
def enter_borders(bench: Bench, entered: EnteredBorders) -> EnteredBorders:
    """Let the shop go by these borders from now on."""
    keep_borders(bench.desk, Borders(entered.x, entered.y))
    return entered
