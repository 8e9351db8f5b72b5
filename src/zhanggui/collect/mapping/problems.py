"""What can be wrong with a map."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from zhanggui.errors import ZhangguiError


class MapError(ZhangguiError):
    """A map cannot be used as it is."""

    code = "map_invalid"

    def __init__(self, what: str, *, file: str, key: str, known: Collection[str] = (), next_step: str = "") -> None:
        self.file = file
        self.key = key
        near = get_close_matches(key.rsplit(".", 1)[-1], sorted(known), n=1)
        if not next_step:
            next_step = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(sorted(known))}"
        super().__init__(what, where=f"{file}, key {key}", next_step=next_step)
