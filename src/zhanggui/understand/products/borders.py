"""Where the borders of the sales-profit matrix stand: at the middle, unless the shop has put them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, last_in

MATRIX_BORDERS = "matrix_borders"
MOST = 1e12


@dataclass(frozen=True, slots=True)
class Borders:
    """Borders that the shop has set, for the whole period looked at; None stands for the rule.

    Attributes
    ----------
    units : float or None
        Units sold from which a SKU sells well.
    profit : float or None
        Contribution from which it earns well, in major units.
    """

    units: float | None = None
    profit: float | None = None


def kept_borders(desk: Desk) -> Borders:
    """Return the borders that the shop has set."""
    stored = desk.shop.state.get_setting(MATRIX_BORDERS)
    if not isinstance(stored, dict):
        return Borders()
    units, profit = stored.get("units"), stored.get("profit")
    return Borders(None if units is None else float(units), None if profit is None else float(profit))


def keep_borders(desk: Desk, borders: Borders) -> None:
    """Let the shop go by these borders from now on."""
    with desk.shop.state.transaction():
        desk.shop.state.set_setting(MATRIX_BORDERS, {"units": borders.units, "profit": borders.profit})
    desk.changed()


def borders_in(desk: Desk, pairs: Pairs) -> Borders:
    """Return the shop's borders with what ``units_border`` and ``profit_border`` say instead.

    Raises
    ------
    BadFilterError
        One is no number.
    """
    kept = kept_borders(desk)
    units, profit = _number(pairs, "units_border"), _number(pairs, "profit_border")
    return Borders(kept.units if units is None else units, kept.profit if profit is None else profit)


def _number(pairs: Pairs, key: str) -> float | None:
    text = last_in(pairs, key)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = MOST * 2
    if not -MOST <= value <= MOST:
        raise BadFilterError(f"{key}={text}", why="is no number")
    return value
