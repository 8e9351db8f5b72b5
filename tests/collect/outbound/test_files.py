"""Pictures and files that go along, where a channel takes them."""

from __future__ import annotations

import base64

import pytest
from tests.collect.outbound.conftest import Office
from tests.collect.outbound.fake_platforms import FakePlatforms, Fault

from zhanggui.collect.outbound import Attachment, Message
from zhanggui.i18n import Text

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
REPORT = Attachment("日报 2026-09-01.xlsx", b"PK\x03\x04 a workbook \r\n--not a border\r\n")
MESSAGE = Message(Text.same("日报"), image=PIXEL, attachment=REPORT)


def test_wecom_takes_text_picture_and_file_one_after_the_other(office: Office, platforms: FakePlatforms) -> None:
    office.add("wecom_robot")
    office.outbox.put(MESSAGE, ["wecom_robot"], key="report")
    office.courier.run_due()

    assert office.states() == ["sent"] * 3
    assert [taken.body["msgtype"] for taken in platforms.taken] == ["markdown", "image", "file"]
    assert list(platforms.files.values()) == [REPORT.content]
    [upload] = [content for target, _, content in platforms.requests if "upload_media" in target]
    assert 'filename="日报 2026-09-01.xlsx"'.encode() in upload


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault(is_taken=True, is_dropped=True), "waiting"),
        (Fault(503), "waiting"),
        (Fault(200, answer=b'{"errcode": 0, "errmsg": "ok"}'), "waiting"),
        (Fault(200, answer=b'{"errcode": 40058, "errmsg": "invalid"}'), "refused"),
    ],
)
def test_a_file_that_was_only_handed_in_has_been_seen_by_nobody(
    office: Office, platforms: FakePlatforms, fault: Fault, state: str
) -> None:
    office.add("wecom_robot")
    office.outbox.put(Message(Text.same("日报"), attachment=REPORT), ["wecom_robot"], key="report")
    platforms.faults = [Fault(), fault]
    office.courier.run_due()
    assert office.states() == ["sent", state]

    office.clock.advance(3600)
    office.courier.run_due()
    n_shown = sum(taken.body["msgtype"] == "file" for taken in platforms.taken)
    assert (office.states()[1], n_shown) == (("sent", 1) if state == "waiting" else ("refused", 0))


@pytest.mark.parametrize("kind", ["dingtalk_robot", "feishu_robot"])
def test_a_robot_that_takes_no_files_names_them(office: Office, platforms: FakePlatforms, kind: str) -> None:
    office.add(kind)
    office.outbox.put(MESSAGE, [kind], key="report")
    office.courier.run_due()

    [text] = platforms.texts()
    assert "图片请在页面中查看" in text
    assert "附件 日报 2026-09-01.xlsx 请在页面中下载" in text


def test_a_receiver_gets_picture_and_file_in_the_body(office: Office, platforms: FakePlatforms) -> None:
    office.add("webhook")
    office.outbox.put(MESSAGE, ["webhook"], key="report")
    office.courier.run_due()

    [taken] = platforms.taken
    assert base64.b64decode(taken.body["image"]["base64"]) == PIXEL
    assert taken.body["attachment"]["name"] == REPORT.name
    assert base64.b64decode(taken.body["attachment"]["base64"]) == REPORT.content


@pytest.mark.parametrize(
    ("name", "content"),
    [("../x", b"1"), ("a/b", b"1"), ('a"b', b"1"), ("a\r\nb", b"1"), ("..", b"1"), ("", b"1"), ("a", b"")],
)
def test_a_file_without_a_name_or_content_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValueError, match="file"):
        Attachment(name, content)


def test_what_is_no_picture_and_no_web_address_is_refused() -> None:
    with pytest.raises(ValueError, match="PNG or JPEG"):
        Message(Text.same("a"), image=b"GIF89a")
    with pytest.raises(ValueError, match="web address"):
        Message(Text.same("a"), link="javascript:alert(1)")
