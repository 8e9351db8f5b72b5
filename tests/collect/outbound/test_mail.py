"""Mail: what is sent, what a server may answer, and when nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.collect.outbound.conftest import KEY, Authority, Office
from tests.collect.outbound.fake_mail import PASSWORD, USER, FakeMailServer

from zhanggui.collect.outbound import AddressGuard, Attachment, Channels, Courier, Fact, Message
from zhanggui.collect.outbound.addresses import Endpoint, Reachable
from zhanggui.i18n import Text

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(32)
REPORT = Message(
    Text("日报\r\nBcc: everybody@example.com", "Daily report"),
    lines=(Text.same("昨日销售 <b>正常</b>"), Text.same(".")),
    facts=(Fact(Text("成交金额", "GMV"), Text.same("¥1,234.00")),),
    link="http://127.0.0.1:8765/overview",
    image=PIXEL,
    attachment=Attachment("日报.xlsx", b"PK a workbook"),
)


def add_mail(office: Office, server: FakeMailServer, *, to: str = "a@example.com,b@example.com") -> None:
    options = {"sender": USER, "recipients": to}
    office.channels.add("mail", "email", server.address, secret=PASSWORD, options=options)


def test_a_mail_is_sent_once_to_all_with_text_page_and_picture(office: Office, mail_server: FakeMailServer) -> None:
    add_mail(office, mail_server)
    office.outbox.put(REPORT, ["mail"], key="report:1")
    assert (office.courier.run_due(), office.only()) == (1, ("sent", ""))

    [(recipients, mail)] = mail_server.mails
    assert recipients == ["a@example.com", "b@example.com"]
    # A line end in a title adds no header.
    assert str(mail["Bcc"]) == "None"
    assert mail["Auto-Submitted"] == "auto-generated"
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk()}
    text, page = parts["text/plain"], parts["text/html"]
    assert isinstance(text, bytes)
    assert isinstance(page, bytes)
    assert text.decode().split() == ["成交金额：¥1,234.00", "昨日销售", "<b>正常</b>", ".", "查看详情:", REPORT.link]
    assert "昨日销售 &lt;b&gt;正常" in page.decode()
    assert parts["image/png"] == PIXEL
    [file] = [part for part in mail.walk() if part.get_content_disposition() == "attachment"]
    assert (file.get_filename(), file.get_payload(decode=True)) == ("日报.xlsx", b"PK a workbook")


@pytest.mark.parametrize(
    ("answers", "ending"),
    [
        ({".": "451 try again"}, ("waiting", "server_error")),
        ({".": "554 no spam"}, ("refused", "refused")),
        ({".": "TAKE AND DROP"}, ("unknown", "no_answer")),
        ({".": "what?"}, ("unknown", "no_answer")),
        ({"DATA": "452 full"}, ("waiting", "server_error")),
        ({"DATA": "DROP"}, ("unknown", "no_answer")),
        ({"MAIL": "553 not yours"}, ("refused", "refused")),
        ({"MAIL": "DROP"}, ("waiting", "no_connection")),
        ({"AUTH": "535 wrong"}, ("refused", "login_refused")),
        ({"AUTH": "454 later"}, ("waiting", "login_refused")),
        ({"RCPT": "550 nobody"}, ("refused", "refused")),
        ({"rcpt TO:<b@example.com>": "450 full"}, ("waiting", "server_error")),
    ],
    ids=str,
)
def test_what_a_mail_server_answers_decides(
    office: Office, mail_server: FakeMailServer, answers: dict[str, str], ending: tuple[str, str]
) -> None:
    mail_server.answers = answers
    add_mail(office, mail_server)
    office.put("mail")
    office.courier.run_due()

    assert office.only() == ending
    assert len(mail_server.mails) == (answers.get(".") == "TAKE AND DROP")
    mail_server.answers = {}
    office.clock.advance(3600)
    office.courier.run_due()
    # Whatever waited arrives, and what may have arrived does not arrive again.
    assert office.only()[0] == ("sent" if ending[0] == "waiting" else ending[0])
    assert len(mail_server.mails) <= 1


def test_a_mail_that_one_of_two_may_not_have_goes_to_the_other_and_says_so(
    office: Office, mail_server: FakeMailServer
) -> None:
    mail_server.answers = {"rcpt TO:<b@example.com>": "550 nobody"}
    add_mail(office, mail_server)
    office.put("mail")
    office.courier.run_due()

    assert office.only() == ("sent", "some_refused")
    assert mail_server.mails[0][0] == ["a@example.com"]


def test_a_server_that_is_not_trusted_is_told_nothing_without_encryption(
    office: Office, mail_server: FakeMailServer
) -> None:
    add_mail(office, mail_server)
    office.put("mail")
    # As if it lay in the open: reachable, but nobody's own.
    strict = Channels(office.state, KEY, PublicLoopback(), clock=office.clock)
    Courier(office.state, strict, office.folder / "courier.lock", clock=office.clock).run_due()

    assert office.only() == ("refused", "no_certificate")
    assert not any(line.startswith(("AUTH", "MAIL")) for line in mail_server.log)


class PublicLoopback(AddressGuard):
    """A guard to which this machine is a public host."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1")

    def trusts(self, host: str) -> bool:
        return False

    def check(self, endpoint: Endpoint) -> Reachable:
        return AddressGuard("127.0.0.1").check(endpoint)


@pytest.fixture
def tls_server(authority: Authority) -> Iterator[FakeMailServer]:
    server = FakeMailServer(authority.server)
    yield server
    server.stop()


@pytest.mark.parametrize("is_known", [True, False])
def test_a_password_is_told_only_to_a_server_whose_certificate_is_good(
    office: Office,
    tls_server: FakeMailServer,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    is_known: bool,
) -> None:
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    add_mail(office, tls_server)
    office.put("mail")
    office.courier.run_due()

    assert office.only() == (("sent", "") if is_known else ("waiting", "no_certificate"))
    assert any(line.startswith("AUTH") for line in tls_server.log) is is_known
