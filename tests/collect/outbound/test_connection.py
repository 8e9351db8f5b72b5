"""Connections: certificates, an end to waiting, what a status means."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from tests.collect.outbound.conftest import Authority, Office
from tests.collect.outbound.fake_platforms import HOOK_SECRET, FakePlatforms

from zhanggui.collect.outbound.answers import Answer, Verdict, by_status, scrubbed
from zhanggui.collect.outbound.connection import ended_after

NOW = datetime(2026, 9, 1, 2, tzinfo=UTC)


@pytest.fixture
def encrypted(authority: Authority, office: Office) -> Iterator[FakePlatforms]:
    platforms = FakePlatforms(authority.server)
    platforms.reset(office.clock)
    yield platforms
    platforms.stop()


@pytest.mark.parametrize("is_known", [True, False])
def test_a_message_goes_only_to_a_host_whose_certificate_is_good(
    office: Office, encrypted: FakePlatforms, authority: Authority, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    office.channels.add("erp", "webhook", encrypted.hook, secret=HOOK_SECRET)
    office.put("erp")
    office.courier.run_due()

    assert office.only() == (("sent", "") if is_known else ("waiting", "no_certificate"))
    assert len(encrypted.requests) == is_known
    if is_known:
        # The host of the request is that of the address, not the number that it was looked up as.
        assert encrypted.requests[0][1]["host"] == encrypted.base.removeprefix("https://")


def test_a_server_that_goes_on_talking_slowly_is_left() -> None:
    ours, theirs = socket.socketpair()
    is_over = threading.Event()

    def drip() -> None:
        while not is_over.wait(0.01):
            try:
                theirs.send(b"x")
            except OSError:
                return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    # Each byte comes in time, and the end never does; on a machine that stands still for a moment, a byte does not.
    with ended_after(lambda: ours, 0.2), suppress(TimeoutError):
        while ours.recv(1):
            pass
    is_over.set()
    thread.join(20)
    ours.close()
    theirs.close()


@pytest.mark.parametrize(
    ("status", "retry_after", "verdict"),
    [
        (200, "", None),
        (204, "", None),
        (301, "", Verdict("refused", "refused", "HTTP 301")),
        (404, "", Verdict("refused", "refused", "HTTP 404")),
        (429, "7", Verdict("later", "rate_limited", "HTTP 429", 7.0)),
        (429, "Tue, 01 Sep 2026 02:02:00 GMT", Verdict("later", "rate_limited", "HTTP 429", 120.0)),
        (429, "86400", Verdict("later", "rate_limited", "HTTP 429", 3600.0)),
        (429, "soon", Verdict("later", "rate_limited", "HTTP 429", 60.0)),
        (503, "-5", Verdict("later", "server_error", "HTTP 503", None)),
        (500, "", Verdict("later", "server_error", "HTTP 500", None)),
        (504, "30", Verdict("unsure", "no_answer", "HTTP 504")),
        (101, "", Verdict("refused", "refused", "HTTP 101")),
    ],
)
def test_a_status_says_whether_a_message_was_taken(status: int, retry_after: str, verdict: Verdict | None) -> None:
    assert by_status(Answer(status, {"retry-after": retry_after}, b""), NOW) == verdict


def test_what_the_other_side_says_is_one_short_line_without_secrets() -> None:
    said = scrubbed("1 bad key\n s3cret \t" + "x" * 500, ("s3cret", ""))

    assert said.startswith("1 bad key •••• xxx")
    assert len(said) == 200
