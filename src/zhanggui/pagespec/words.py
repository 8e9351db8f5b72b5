"""Words that pages and their data share."""

from __future__ import annotations

from typing import Literal

Unit = Literal["money", "count", "ratio", "days", "hours", "minutes", "text", "date", "time", "status"]
Evidence = Literal["counted", "estimated", "declared", "attributed", "measured"]
Number = float | int | None
