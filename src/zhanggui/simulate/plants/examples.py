"""The 25 worked examples of the sources, X-01 to X-25."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhanggui.simulate.levers import Pull


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example.

    Attributes
    ----------
    id : str
        ``X-01`` to ``X-25``.
    is_planted : bool
        Whether the world holds it.
    reason_zh, reason_en : str
        Where it is, or why it is not there.
    where : mapping
        Store, days and whatever else says where to look.
    pulls : tuple of Pull
        The levers that make it.
    """

    id: str
    is_planted: bool
    reason_zh: str
    reason_en: str
    where: dict[str, Any]  # JSON values
    pulls: tuple[Pull, ...] = ()
