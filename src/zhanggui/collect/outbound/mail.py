"""E-mail over SMTP: TLS from the first byte or by STARTTLS, text and HTML, one message to all recipients."""

from __future__ import annotations

import base64
import html
import mimetypes
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime

from zhanggui.collect.outbound.addresses import AddressGuard, Endpoint, Reachable, endpoint_of
from zhanggui.collect.outbound.answers import SENT, Verdict, scrubbed
from zhanggui.collect.outbound.channel import Channel, NotConnectedError
from zhanggui.collect.outbound.connection import WHOLE_SECONDS, connected, ended_after
from zhanggui.collect.outbound.errors import BadChannelError
from zhanggui.collect.outbound.fitting import cut_to_bytes
from zhanggui.collect.outbound.message import Written, image_type
from zhanggui.collect.outbound.robots import MORE
from zhanggui.ledger.jobs import Delivery, JsonObject

EXPECTED = "smtps://smtp.example.com:465, or smtp://smtp.example.com:587 with STARTTLS"
MOST_SUBJECT_BYTES = 300
MOST_TEXT_BYTES = 500_000
MOST_RECIPIENTS = 50

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])")
_READY, _OK, _TEMPORARY, _FOR_GOOD, _NO_CODE = 220, 250, 400, 500, 600


class Mail:
    """The form of e-mail."""

    def check(self, channel: Channel) -> None:
        """Refuse a server, a sender or a recipient that cannot be one."""
        _endpoint(channel)
        sender = channel.options.get("sender", "")
        if not _ADDRESS.fullmatch(sender):
            raise BadChannelError(
                f"The sender {sender!r} is no e-mail address." if sender else "There is no sender.",
                setting="--sender",
                next_step="write the address that the mail server lets you send from",
            )
        recipients = recipients_of(channel)
        wrong = [address for address in recipients if not _ADDRESS.fullmatch(address)]
        if wrong or not 0 < len(recipients) <= MOST_RECIPIENTS:
            raise BadChannelError(
                f"{wrong[0]!r} is no e-mail address." if wrong else f"A channel has 1 to {MOST_RECIPIENTS} recipients.",
                setting="--to",
                next_step="write addresses in ASCII, such as --to finance@example.com; repeat --to for more",
            )

    def bodies(self, written: Written, channel: Channel) -> list[JsonObject]:
        """Return subject, text, HTML, picture and file."""
        lines = [f"{label}：{text}" if label else text for label, text in written.lines]
        more = [f"{MORE.pick(written.language)}: {written.link}"] if written.link else []
        body: JsonObject = {
            "subject": cut_to_bytes(written.title, MOST_SUBJECT_BYTES),
            "text": cut_to_bytes("\n".join(lines), MOST_TEXT_BYTES) + "".join(f"\n\n{line}" for line in more) + "\n",
            "html": _html(written),
        }
        if written.image is not None:
            body["image"] = base64.b64encode(written.image).decode()
        if written.attachment is not None:
            body["file_name"] = written.attachment.name
            body["file"] = base64.b64encode(written.attachment.content).decode()
        return [body]

    def line(self, channel: Channel, delivery: Delivery, now: datetime, guard: AddressGuard) -> MailLine:
        """Connect and go as far as the recipients: up to there nothing was sent."""
        endpoint = _endpoint(channel)
        has_plain = guard.trusts(endpoint.host)
        return MailLine(guard.check(endpoint), channel, as_mail(channel, delivery), may_be_plain=has_plain)


def _endpoint(channel: Channel) -> Endpoint:
    return endpoint_of(channel.address, schemes=("smtps", "smtp"), expected=EXPECTED)


def recipients_of(channel: Channel) -> list[str]:
    """Return the recipients of a channel."""
    return [address.strip() for address in channel.options.get("recipients", "").split(",") if address.strip()]


def _html(written: Written) -> str:
    facts = [(label, text) for label, text in written.lines if label]
    rows = "".join(f"<tr><th align=left>{html.escape(a)}</th><td>{html.escape(b)}</td></tr>" for a, b in facts)
    text = "".join(f"<p>{html.escape(text)}</p>" for label, text in written.lines if not label)
    link = f'<p><a href="{html.escape(written.link)}">{MORE.pick(written.language)}</a></p>' if written.link else ""
    picture = '<p><img src="cid:picture" alt=""></p>' if written.image is not None else ""
    table = f"<table cellpadding=4>{rows}</table>" if rows else ""
    whole = f"<h3>{html.escape(written.title)}</h3>{table}{text}{picture}{link}"
    return whole if len(whole.encode()) <= MOST_TEXT_BYTES else ""


def as_mail(channel: Channel, delivery: Delivery) -> EmailMessage:
    """Return a delivery as a mail: its id and date stay the same at every attempt."""
    body = delivery.body
    mail = EmailMessage(policy=SMTP_POLICY)
    sender = channel.options["sender"]
    mail["Subject"] = str(body["subject"])
    mail["From"] = sender
    mail["To"] = ", ".join(recipients_of(channel))
    mail["Date"] = format_datetime(datetime.fromtimestamp(delivery.queued_at, UTC))
    mail["Message-ID"] = f"<{delivery.uid}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(str(body["text"]), cte="base64")
    if body["html"]:
        mail.add_alternative(str(body["html"]), subtype="html", cte="base64")
    if "image" in body:
        image = base64.b64decode(str(body["image"]))
        related = mail.get_body(("html",)) or mail
        related.add_related(image, "image", image_type(image) or "png", cid="<picture>")
    if "file" in body:
        name = str(body["file_name"])
        kind, _, subkind = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
        mail.add_attachment(base64.b64decode(str(body["file"])), kind, subkind, filename=name)
    return mail


class MailLine:
    """A connection to a mail server that has taken sender and recipients.

    Parameters
    ----------
    place : Reachable
        The server.
    channel : Channel
        The channel.
    mail : EmailMessage
        What is to be sent.
    may_be_plain : bool
        Whether a server without TLS will do.

    Raises
    ------
    NotConnectedError
        It did not come so far.
    """

    def __init__(self, place: Reachable, channel: Channel, mail: EmailMessage, *, may_be_plain: bool) -> None:
        self._content = mail.as_bytes()
        self._secrets = (channel.secret,)
        self._n_refused = 0
        self._smtp = _Client(connected(place, has_tls=place.endpoint.is_encrypted), place.endpoint.host)
        try:
            with ended_after(self._smtp.in_use, WHOLE_SECONDS):
                self._greet(place.endpoint, may_be_plain=may_be_plain)
                self._log_in(channel)
                self._address(channel)
        except NotConnectedError:
            self.close()
            raise
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NotConnectedError(self._without_connection(error)) from None

    def send(self) -> Verdict:
        """Send the content; until the server has answered, nobody knows."""
        try:
            with ended_after(self._smtp.in_use, WHOLE_SECONDS):
                code, said = self._smtp.data(self._content)
        except smtplib.SMTPDataError as error:
            # The server did not even ask for the content.
            return self._by_code(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            return Verdict("unsure", "no_answer", type(error).__name__)
        if _OK <= code < _TEMPORARY:
            some = Verdict("sent", "some_refused", f"{self._n_refused} recipients")
            return some if self._n_refused else SENT
        if _TEMPORARY <= code < _NO_CODE:
            return self._by_code(code, said)
        return Verdict("unsure", "no_answer", "its answer is not understood")

    def close(self) -> None:
        """Close the connection."""
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.quit()
        self._smtp.close()

    def _greet(self, endpoint: Endpoint, *, may_be_plain: bool) -> None:
        code, said = self._smtp.connect(endpoint.host, endpoint.port)
        if code != _READY:
            raise NotConnectedError(self._by_code(code, said))
        self._smtp.ehlo_or_helo_if_needed()
        if endpoint.is_encrypted:
            return
        if self._smtp.has_extn("starttls"):
            self._smtp.starttls(context=ssl.create_default_context())
            self._smtp.ehlo()
        elif not may_be_plain:
            raise NotConnectedError(Verdict("refused", "no_certificate", "the server offers no STARTTLS"))

    def _log_in(self, channel: Channel) -> None:
        if channel.secret:
            self._smtp.login(channel.options.get("user") or channel.options["sender"], channel.secret)

    def _address(self, channel: Channel) -> None:
        """Name sender and recipients; those refused for good are left out, and one not now puts all off."""
        self._accepted(self._smtp.mail(channel.options["sender"]))
        last: tuple[int, bytes] = (_OK, b"")
        n_taken = 0
        for recipient in recipients_of(channel):
            code, said = self._smtp.rcpt(recipient)
            if _TEMPORARY <= code < _FOR_GOOD:
                raise NotConnectedError(self._by_code(code, said))
            if code >= _FOR_GOOD:
                self._n_refused += 1
                last = (code, said)
            else:
                n_taken += 1
        if not n_taken:
            raise NotConnectedError(self._by_code(*last))

    def _accepted(self, answer: tuple[int, bytes]) -> None:
        code, said = answer
        if code != _OK:
            raise NotConnectedError(self._by_code(code, said))

    def _by_code(self, code: int, said: bytes | str) -> Verdict:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        words = scrubbed(f"{code} {text}", self._secrets)
        if code >= _FOR_GOOD:
            return Verdict("refused", "refused", words)
        return Verdict("later", "server_error", words)

    def _without_connection(self, error: Exception) -> Verdict:
        if isinstance(error, smtplib.SMTPAuthenticationError):
            verdict = self._by_code(error.smtp_code, error.smtp_error)
            return Verdict(verdict.ending, "login_refused", verdict.detail)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return Verdict("refused", "login_refused", "the server knows no login")
        if isinstance(error, ssl.SSLError):
            return Verdict("later", "no_certificate", type(error).__name__)
        return Verdict("later", "no_connection", type(error).__name__)


class _Client(smtplib.SMTP):
    """The library's client over a connection that is there already."""

    def __init__(self, ready: socket.socket, host: str) -> None:
        self._ready = ready
        # The library would ask the network for this machine's name, and tell it.
        super().__init__(local_hostname="[127.0.0.1]", timeout=WHOLE_SECONDS)
        # What a certificate is held against when STARTTLS comes.
        self._host = host

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._ready

    def in_use(self) -> socket.socket:
        """Return the connection, encrypted or not."""
        return self.sock or self._ready
