"""The files of stock counts, as pages and the terminal ask for them; and the approval of a count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from zhanggui.i18n import Language
from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.book import book_of, levels_by_place, rules_in
from zhanggui.understand.inventory.counting import adjustments, approve, count_sheet
from zhanggui.understand.view import Pairs, last_in, view_from_pairs

LONGEST_NAME = 80


def count_sheet_of_pairs(desk: Desk, pairs: Pairs) -> bytes:
    """Return a count sheet; ``warehouse`` takes one, ``blind=true`` hides the books, ``lang`` is that of its notes."""
    book = book_of(desk, view_from_pairs(pairs), rules_in(pairs))
    tongue: Language = "en" if last_in(pairs, "lang") == "en" else "zh"
    is_blind = last_in(pairs, "blind") == "true"
    warehouse = last_in(pairs, "warehouse")
    places, _ = levels_by_place(desk.ledger, book)
    if warehouse is not None and warehouse not in places:
        raise BadChoiceError(warehouse, where="warehouse", allowed=places)
    return count_sheet(desk.ledger, book, warehouse=warehouse, is_blind=is_blind, language=tongue)


def adjustments_of_pairs(desk: Desk, pairs: Pairs) -> bytes:
    """Return the adjustments of the approved ``count`` as CSV."""
    asked = last_in(pairs, "count")
    if asked is None:
        raise BadFilterError("count=", why="names no stock count")
    return adjustments(desk, book_of(desk, view_from_pairs(()), rules_in(())), asked).encode("utf-8-sig")


def approve_count(desk: Desk, count_id: str, who: str) -> None:
    """Keep who approved a count; a role or initials are enough."""
    if not who.strip() or len(who) > LONGEST_NAME:
        raise BadFilterError(f"by={who}", why=f"is no name of 1 to {LONGEST_NAME} letters")
    approve(desk, book_of(desk, view_from_pairs(()), rules_in(())), count_id, who.strip())


FILES: Mapping[str, Callable[[Desk, Pairs], bytes]] = MappingProxyType(
    {"count-sheet.xlsx": count_sheet_of_pairs, "adjustments.csv": adjustments_of_pairs}
)
"""By the name under ``/api/v1/inventory``."""
