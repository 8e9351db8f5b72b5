"""Meetings as the terminal asks for them, by the words of the HTTP API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel, Field

from zhanggui.understand.desk import Desk
from zhanggui.understand.products.meetings import (
    Decision,
    Meeting,
    ReadBack,
    decide,
    freeze,
    meetings,
    read_back,
)
from zhanggui.understand.view import view_from_pairs


class MeetingsAnswer(BaseModel):
    """All meetings, the newest first."""

    meetings: tuple[Meeting, ...]


class NewMeeting(BaseModel):
    """A meeting to freeze: its name, and what is looked at as the pairs of a query string."""

    name: str = Field(min_length=1, max_length=200)
    view: tuple[tuple[str, str], ...] = ()


def today_of(desk: Desk) -> date:
    """Return the last day that the ledger knows, which is what today means to it."""
    span = desk.span()
    return datetime.now(UTC).date() if span is None else span.last


def all_meetings(desk: Desk) -> MeetingsAnswer:
    """Return all meetings."""
    return MeetingsAnswer(meetings=meetings(desk))


def frozen(desk: Desk, asked: NewMeeting) -> Meeting:
    """Freeze a meeting's list."""
    return freeze(desk, view_from_pairs(asked.view), asked.name, today_of(desk))


def told(desk: Desk, words: Sequence[str]) -> MeetingsAnswer | ReadBack:
    """Return all meetings, or one with its results."""
    return all_meetings(desk) if len(words) == 1 else read_back(desk, int(words[1]), today_of(desk))


def done(desk: Desk, words: Sequence[str], body: Mapping[str, Any]) -> Meeting:
    """Freeze a meeting, or write a decision down."""
    if len(words) == 1:
        return frozen(desk, NewMeeting.model_validate(body))
    return decide(desk, int(words[1]), Decision.model_validate(body))
