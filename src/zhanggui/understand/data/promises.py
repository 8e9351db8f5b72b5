"""The promises of the ledger, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.quality import check_promises

if TYPE_CHECKING:
    from zhanggui.ledger.engine import Ledger


class CheckView(BaseModel):
    """How one promise stands."""

    name: str
    text: Text
    n_violations: int
    examples: tuple[str, ...]


class CheckList(BaseModel):
    """Every promise."""

    checks: tuple[CheckView, ...]


def checked(ledger: Ledger) -> CheckList:
    """Check every promise of an open ledger."""
    return CheckList(
        checks=tuple(
            CheckView(name=each.name, text=each.text, n_violations=each.n_violations, examples=each.examples)
            for each in check_promises(ledger)
        )
    )
