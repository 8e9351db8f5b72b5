"""Asking the server that owns a shop, with the standard library alone."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from zhanggui.errors import ZhangguiError

if TYPE_CHECKING:
    from zhanggui.ledger.server_record import ServerRecord

POLL_SECONDS = 0.2
TIMEOUT_SECONDS = 300.0
FINISHED = frozenset({"done", "failed", "cancelled"})

JsonObject = dict[str, Any]
"""An answer of the server, whose shape the routes of ``zhanggui.app`` declare."""


class ServerError(ZhangguiError):
    """What the server answered instead of doing it."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        self.code = str(error.get("code", "server"))
        self.choices = list(error.get("choices") or ())
        self.map = error.get("map")
        super().__init__(
            str(error.get("what", "The server refused.")),
            where=str(error.get("where", "the server")),
            next_step=str(error.get("next", "look at the workbench")),
        )


class ServerGoneError(ZhangguiError):
    """The server did not answer."""

    code = "server_gone"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"The workbench of this shop does not answer ({reason}).",
            where=url,
            next_step="try again; if it has stopped, the command opens the shop itself",
        )


class Server:
    """A running workbench server.

    Parameters
    ----------
    record : ServerRecord
        Where it listens, and the token that only the owner of the shop can read.
    """

    def __init__(self, record: ServerRecord) -> None:
        self._record = record

    @property
    def url(self) -> str:
        """Its address in a browser."""
        return self._record.url

    def get(self, path: str, query: Sequence[tuple[str, str]] = ()) -> JsonObject:
        """Return the answer to a GET request."""
        return self._call("GET", path + (f"?{urlencode(query)}" if query else ""), None)

    def post(self, path: str, body: Mapping[str, object]) -> JsonObject:
        """Return the answer to a POST request with a JSON body."""
        return self._call("POST", path, json.dumps(body).encode())

    def download(self, path: str, query: Sequence[tuple[str, str]] = ()) -> bytes:
        """Return the bytes of a file that the server offers.

        Raises
        ------
        ServerError
            It answered with a refusal instead.
        """
        status, content = self._exchange("GET", path + (f"?{urlencode(query)}" if query else ""), None)
        if status >= http.client.BAD_REQUEST:
            raise ServerError(_json_of(content).get("error") or {})
        return content

    def finished_job(self, job_id: object, on_progress: Callable[[JsonObject], None]) -> JsonObject:
        """Wait for a job, telling its progress, and return its result.

        Raises
        ------
        ServerError
            The job failed or was cancelled.
        """
        while True:
            job = self.get(f"/api/v1/jobs/{job_id}")
            on_progress(job.get("progress") or {})
            if job["state"] in FINISHED:
                break
            time.sleep(POLL_SECONDS)
        if job["state"] != "done":
            raise ServerError(job.get("error") or {"what": "The work was cancelled.", "code": "job_cancelled"})
        return dict(job["result"] or {})

    def _call(self, method: str, path: str, body: bytes | None) -> JsonObject:
        status, content = self._exchange(method, path, body)
        try:
            answer = _json_of(content)
        except ValueError as error:
            raise ServerGoneError(self._record.url, type(error).__name__) from None
        if status >= http.client.BAD_REQUEST:
            raise ServerError(answer.get("error") or {})
        return answer

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        record = self._record
        connection = http.client.HTTPConnection(record.host, record.port, timeout=TIMEOUT_SECONDS)
        headers = {"X-Zhanggui-Token": record.token, "Content-Type": "application/json", "Accept": "application/json"}
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise ServerGoneError(record.url, type(error).__name__) from None
        finally:
            connection.close()


def _json_of(content: bytes) -> JsonObject:
    return dict(json.loads(content or b"{}"))


def server_of(record: ServerRecord | None) -> Server | None:
    """Return the server behind a record, if there is one."""
    return None if record is None else Server(record)
