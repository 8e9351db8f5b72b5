"""The stock of all warehouses: one cell per warehouse and SKU."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Ints
from zhanggui.simulate.records import STOCK_LEVELS, STOCK_MOVES, StockReason
from zhanggui.simulate.rows import NEVER, Rows


class Stock:
    """What lies in each cell, what is promised and what is on its way.

    Parameters
    ----------
    n_warehouses, n_skus : int
        A cell is ``warehouse * n_skus + sku``.

    Attributes
    ----------
    on_hand : array of int
        Units that lie there; never negative.
    committed : array of int
        Units sold that have not left.
    presale : array of int
        Those of `committed` that belong to pre-sales.
    on_order : array of int
        Units ordered from suppliers or on the road from another warehouse.
    """

    def __init__(self, n_warehouses: int, n_skus: int) -> None:
        self.n_skus = n_skus
        n_cells = n_warehouses * n_skus
        self.on_hand = np.zeros(n_cells, np.int64)
        self.committed = np.zeros(n_cells, np.int64)
        self.presale = np.zeros(n_cells, np.int64)
        self.on_order = np.zeros(n_cells, np.int64)
        self._n_moves = 0
        self._moves: list[dict[str, Ints]] = []

    @property
    def warehouse(self) -> Ints:
        """Warehouse of each cell."""
        found: Ints = np.arange(self.on_hand.size) // self.n_skus
        return found

    @property
    def sku(self) -> Ints:
        """SKU of each cell."""
        found: Ints = np.arange(self.on_hand.size) % self.n_skus
        return found

    @property
    def position(self) -> Ints:
        """What lies there and comes, less what is sold."""
        standing: Ints = self.on_hand + self.on_order - self.committed
        return standing

    @property
    def free(self) -> Ints:
        """What may still be promised: pre-sales are served from what is on order first."""
        covered = np.minimum(self.presale, self.on_order)
        left: Ints = np.maximum(self.on_hand - self.committed + covered, 0)
        return left

    def commit(self, cells: Ints, quantity: Ints, is_presale: Ints) -> None:
        """Promise units (or give promises back, where `quantity` is negative)."""
        np.add.at(self.committed, cells, quantity)
        np.add.at(self.presale, cells, quantity * is_presale)

    def bring_in(
        self,
        reason: StockReason,
        cells: Ints,
        quantity: Ints,
        at: Ints | int,
        **references: Ints | int,
    ) -> None:
        """Put units on the shelves."""
        some = quantity > 0
        np.add.at(self.on_hand, cells[some], quantity[some])
        self._note(reason, cells, quantity, at, some, references)

    def take_out(
        self,
        reason: StockReason,
        cells: Ints,
        quantity: Ints,
        at: Ints | int,
        **references: Ints | int,
    ) -> Ints:
        """Take units from the shelves as long as there are any, in the order given; return how many each took."""
        order = np.argsort(cells, kind="stable")
        wanted = quantity[order]
        before = np.cumsum(wanted) - wanted
        sorted_cells = cells[order]
        starts = np.searchsorted(sorted_cells, sorted_cells, side="left")
        before -= before[starts] if before.size else 0
        taken = np.empty_like(quantity)
        taken[order] = np.clip(self.on_hand[sorted_cells] - before, 0, wanted)
        np.subtract.at(self.on_hand, cells, taken)
        self._note(reason, cells, -taken, at, taken > 0, references)
        return taken

    def moves(self) -> Rows:
        """Return all moves since the last call in order of time, numbered on."""
        parts, self._moves = self._moves, []
        if not parts:
            return Rows.none(STOCK_MOVES)
        columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        order = np.argsort(columns["at"], kind="stable")
        numbers = self._n_moves + np.arange(order.size)
        self._n_moves += order.size
        return Rows(STOCK_MOVES, move=numbers, **{name: values[order] for name, values in columns.items()})

    def levels(self, day: int) -> Rows:
        """Return the standing of all cells."""
        sold_beyond = np.maximum(self.committed - self.presale - self.on_hand, 0)
        return Rows(
            STOCK_LEVELS,
            day=day,
            warehouse=self.warehouse,
            sku=self.sku,
            on_hand=self.on_hand.copy(),
            committed=self.committed.copy(),
            on_order=self.on_order.copy(),
            oversold=sold_beyond,
        )

    def _note(
        self,
        reason: StockReason,
        cells: Ints,
        quantity: Ints,
        at: Ints | int,
        some: np.typing.NDArray[np.bool_],
        references: dict[str, Ints | int],
    ) -> None:
        columns: dict[str, Ints | int] = {
            "at": at,
            "warehouse": cells // self.n_skus,
            "sku": cells % self.n_skus,
            "quantity": quantity,
            "reason": int(reason),
            **{name: references.get(name, NEVER) for name in ("order", "refund", "purchase")},
        }
        spread = {name: np.broadcast_to(np.asarray(value, np.int64), some.shape) for name, value in columns.items()}
        self._moves.append({name: value[some] for name, value in spread.items()})
