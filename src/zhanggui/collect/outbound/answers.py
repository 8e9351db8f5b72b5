"""What became of an attempt: sent, refused, to be tried later, or nobody knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Literal

MOST_DETAIL_CHARACTERS = 200
LONGEST_RETRY_AFTER_SECONDS = 3600.0

Ending = Literal["sent", "later", "refused", "unsure"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an attempt ended.

    Attributes
    ----------
    ending : str
        ``sent``; ``refused`` for good; ``later`` where it was not taken and may be tried again; ``unsure`` where it may
        have been taken or not.
    reason : str
        A short id, of those in `REASONS`.
    detail : str
        What the other side said.
    after_s : float or None
        How long it is to be left alone at least.
    """

    ending: Ending
    reason: str = ""
    detail: str = ""
    after_s: float | None = None


SENT = Verdict("sent")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer.

    Attributes
    ----------
    status : int
        Its status.
    headers : mapping of str to str
        Names in lower case.
    content : bytes
        As much of its body as is read.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> dict[str, Any] | None:
        """Return the body, where it is a JSON object."""
        try:
            found = json.loads(self.content)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


def by_status(answer: Answer, now: datetime) -> Verdict | None:
    """Return what the status alone says; None where it is a success, whose body may say otherwise.

    A server that answers 500 or 503 says itself that it failed. 502, 504 and 408 come from something on the way that
    does not know.
    """
    status = answer.status
    detail = f"HTTP {status}"
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Verdict("later", "rate_limited", detail, _retry_after(answer, now) or 60.0)
    if status in {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}:
        return Verdict("later", "server_error", detail, _retry_after(answer, now))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Verdict("unsure", "no_answer", detail)
    return Verdict("refused", "refused", detail)


def _retry_after(answer: Answer, now: datetime) -> float | None:
    text = answer.headers.get("retry-after", "").strip()
    if text.isdigit():
        return min(float(text), LONGEST_RETRY_AFTER_SECONDS)
    try:
        seconds = (parsedate_to_datetime(text) - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_SECONDS)


def scrubbed(detail: str, secrets: tuple[str, ...]) -> str:
    """Return what the other side said as one short line in which no secret stands."""
    for secret in secrets:
        if secret:
            detail = detail.replace(secret, "••••")
    return " ".join(detail.split())[:MOST_DETAIL_CHARACTERS]
