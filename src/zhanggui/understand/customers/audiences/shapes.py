"""The shapes of answers about audiences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec import TileAnswer


class AudiencePart(BaseModel):
    """How many people one condition holds for by itself, in the order in which conditions are written."""

    kind: str
    people: int


class AudienceWithheld(BaseModel):
    """People who may not be reached, for one reason; each counts once."""

    reason: str
    label: Text
    people: int


class AudiencePreview(BaseModel):
    """How many people an audience holds, of how many, and how many of them may be reached."""

    as_of: date
    among: int
    size: int
    share: float | None
    parts: tuple[AudiencePart, ...]
    purpose: str
    reachable: int
    withheld: tuple[AudienceWithheld, ...]
    evidence: str
    warnings: tuple[Text, ...]


class AudienceChangeRow(BaseModel):
    """One refresh: how many came and went."""

    version: int
    as_of: date
    at: datetime
    people: int
    joined: int
    left: int


class AudienceUseRow(BaseModel):
    """One time that the audience left the shop."""

    at: datetime
    purpose: str
    people: int
    detail: dict[str, Any]


class AudienceRow(BaseModel):
    """One saved audience."""

    name: str
    label: str
    version: int
    saved_at: datetime
    as_of: date | None
    people: int
    document: dict[str, Any]


class AudienceList(TileAnswer):
    """Every saved audience."""

    audiences: tuple[AudienceRow, ...]


class AudienceAnswer(BaseModel):
    """One saved audience with its size, its changes and where it went."""

    audience: AudienceRow
    preview: AudiencePreview
    changes: tuple[AudienceChangeRow, ...]
    uses: tuple[AudienceUseRow, ...]


class AudienceSharedRow(BaseModel):
    """How many people are in exactly these audiences and in no other of those compared."""

    audiences: tuple[str, ...]
    people: int


class AudiencePair(BaseModel):
    """How many people two audiences share; of the smaller one, and of both together (Jaccard)."""

    a: str
    b: str
    people: int
    of_smaller: float | None
    of_both: float | None


class AudienceOverlap(BaseModel):
    """How audiences overlap."""

    sizes: dict[str, int]
    pairs: tuple[AudiencePair, ...]
    exactly: tuple[AudienceSharedRow, ...]


class AudiencePick(BaseModel):
    """One value that a condition can name."""

    value: str
    label: Text


class AudienceMetric(AudiencePick):
    """One metric that can be computed for a person."""

    unit: str


class AudienceChoices(BaseModel):
    """What conditions can name, in this shop."""

    metrics: tuple[AudienceMetric, ...]
    segments: tuple[AudiencePick, ...]
    stages: tuple[AudiencePick, ...]
    tags: tuple[AudiencePick, ...]
    categories: tuple[AudiencePick, ...]
    products: tuple[AudiencePick, ...]
    events: tuple[AudiencePick, ...]
    tiers: tuple[AudiencePick, ...]
    provinces: tuple[AudiencePick, ...]
    sizes: tuple[AudiencePick, ...]
    audiences: tuple[AudiencePick, ...]
    stores: tuple[AudiencePick, ...]
