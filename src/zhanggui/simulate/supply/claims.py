"""What the orders and after-sale cases of a day will do to stock, and when."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from zhanggui.simulate.draws import Ints
from zhanggui.simulate.order_lines import lines_of_refunds, positions
from zhanggui.simulate.records import OrderKind, RefundKind
from zhanggui.simulate.rows import NEVER, Column, Rows

CLAIM_COLUMNS = ("kind", "cell", "quantity", "at", "order", "refund", "is_presale")
_DAY = 86_400


class Claim(IntEnum):
    """What happens to stock."""

    COMMIT = 0
    RELEASE = 1
    SHIP = 2
    RETURN = 3
    SPOILED_RETURN = 4
    SEND_AGAIN = 5


def claims_of(orders: Rows, lines: Rows, refunds: Rows, *, n_skus: int) -> dict[str, Ints]:
    """Return all claims that these orders make on stock, by when they fall due.

    Parameters
    ----------
    orders, lines, refunds : Rows
        Whole courses of orders; lines and refunds belong to these orders. Brushing and test orders move no goods.
    n_skus : int
        Length of the SKU list; a cell of stock is ``warehouse * n_skus + sku``.

    Returns
    -------
    dict of str to array
        The columns of `CLAIM_COLUMNS`.
    """
    orders = orders.where(orders["kind"] == OrderKind.ORDINARY)
    lines = lines.where(np.isin(lines["order"], orders["order"]))
    lines = lines.where(np.lexsort((lines["line"], lines["order"])))
    refunds = refunds.where(np.isin(refunds["order"], orders["order"]))
    order_at = positions(orders["order"], lines["order"])
    cells = orders["warehouse"][order_at] * n_skus + lines["sku"]
    parts = [*_sales(orders, lines, refunds, order_at, cells), *_returns(lines, refunds, cells)]
    return {name: np.concatenate([part[name] for part in parts]) for name in CLAIM_COLUMNS}


def _sales(orders: Rows, lines: Rows, refunds: Rows, order_at: Ints, cells: Ints) -> list[dict[str, Ints]]:
    has_deposit = orders["is_presale"] & (orders["deposit_paid_at"] != NEVER)
    taken_at = np.where(has_deposit, orders["deposit_paid_at"], orders["paid_at"])[order_at]
    shipped_at, closed_at = orders["shipped_at"][order_at], orders["closed_at"][order_at]
    early = refunds.where((refunds["kind"] == RefundKind.BEFORE_SHIPPING) & (refunds["refunded_at"] != NEVER))
    refund_at, line_at, quantity = lines_of_refunds(early, lines)
    withdrawn = np.bincount(line_at, quantity, minlength=len(lines)).astype(np.int64)
    kept = lines["quantity"] - np.minimum(withdrawn, lines["quantity"])
    is_taken = taken_at != NEVER
    is_sent = is_taken & (shipped_at != NEVER)
    presale = orders["is_presale"][order_at].astype(np.int64)
    number = lines["order"]
    # What is neither sent nor withdrawn was held by a deposit, and is free again when the order closes.
    is_lapsed = is_taken & ~is_sent & (closed_at != NEVER)
    commit = _claims(Claim.COMMIT, cells, lines["quantity"], taken_at, number, presale, is_taken)
    ship = _claims(Claim.SHIP, cells, kept, shipped_at, number, presale, is_sent)
    lapse = _claims(Claim.RELEASE, cells, kept, closed_at, number, presale, is_lapsed)
    was_taken = is_taken[line_at]
    withdraw = _claims(
        Claim.RELEASE,
        cells[line_at],
        quantity,
        early["refunded_at"][refund_at],
        number[line_at],
        presale[line_at],
        was_taken,
    )
    return [commit, ship, lapse, withdraw]


def _returns(lines: Rows, refunds: Rows, cells: Ints) -> list[dict[str, Ints]]:
    parts = []
    back = np.isin(refunds["kind"], (RefundKind.RETURN_AND_REFUND, RefundKind.EXCHANGE))
    came = refunds.where(back & (refunds["returned_at"] != NEVER))
    refund_at, line_at, quantity = lines_of_refunds(came, lines)
    for kind, chosen in (
        (Claim.RETURN, came["is_sellable"][refund_at]),
        (Claim.SPOILED_RETURN, ~came["is_sellable"][refund_at]),
    ):
        parts.append(
            _claims(
                kind,
                cells[line_at],
                quantity,
                came["returned_at"][refund_at],
                lines["order"][line_at],
                0,
                chosen,
                refund=came["refund"][refund_at],
            )
        )
    exchange = came.where(came["kind"] == RefundKind.EXCHANGE)
    reship = refunds.where((refunds["kind"] == RefundKind.RESHIP) & (refunds["agreed_at"] != NEVER))
    for again, moment in ((exchange, "returned_at"), (reship, "agreed_at")):
        refund_at, line_at, quantity = lines_of_refunds(again, lines)
        parts.append(
            _claims(
                Claim.SEND_AGAIN,
                cells[line_at],
                quantity,
                again[moment][refund_at] + _DAY,
                lines["order"][line_at],
                0,
                np.ones(line_at.size, np.bool_),
                refund=again["refund"][refund_at],
            )
        )
    return parts


def _claims(
    kind: Claim,
    cells: Ints,
    quantity: Ints,
    at: Ints,
    order: Ints,
    is_presale: Ints | int,
    chosen: Column,
    refund: Ints | int = NEVER,
) -> dict[str, Ints]:
    chosen = chosen & (quantity > 0)
    columns: dict[str, Ints | int] = {
        "kind": int(kind),
        "cell": cells,
        "quantity": quantity,
        "at": at,
        "order": order,
        "refund": refund,
        "is_presale": is_presale,
    }
    return {name: np.broadcast_to(np.asarray(value, np.int64), chosen.shape)[chosen] for name, value in columns.items()}
