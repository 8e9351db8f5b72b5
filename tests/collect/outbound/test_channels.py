"""Channels: sealed on the disk, shown without their secrets, refused with a reason."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from tests.collect.outbound.conftest import KEY, Office
from tests.collect.outbound.fake_platforms import DINGTALK_SECRET, DINGTALK_TOKEN, HOOK_SECRET, WECOM_KEY, Fault

from zhanggui.collect.outbound import (
    AddressForbiddenError,
    AddressGuard,
    BadAddressError,
    BadChannelError,
    ChannelError,
    Channels,
)
from zhanggui.ledger.jobs import ChannelNameTakenError, StateStore, UnknownChannelError
from zhanggui.ledger.privacy import SealedValueDamagedError, ShopKey

SECRETS = (WECOM_KEY, DINGTALK_TOKEN, DINGTALK_SECRET, HOOK_SECRET)
MAIL = {"sender": "reports@example.com", "recipients": "a@example.com"}
ANYWHERE = AddressGuard(resolve=lambda host, port: ["93.184.216.34"])


def test_a_channel_opens_as_it_was_added(office: Office) -> None:
    office.add("dingtalk_robot", name="运营群", quiet=("22:00", "08:00"), keyword="掌柜", per_minute=5)
    opened = office.channels.open("运营群")

    assert (opened.address, opened.secret) == (office.platforms.dingtalk, DINGTALK_SECRET)
    assert (opened.options, opened.quiet, opened.per_minute) == ({"keyword": "掌柜"}, ("22:00", "08:00"), 5)
    assert [record.name for record in office.channels.list_channels()] == ["运营群"]


def test_no_secret_of_a_channel_lies_in_the_clear_or_is_printed(office: Office) -> None:
    office.open_all()
    # A platform that repeats what it was sent is kept from writing it down for us.
    office.platforms.faults = [Fault(200, answer=f'{{"errcode": 9, "errmsg": "{DINGTALK_SECRET} x"}}'.encode())]
    office.put("dingtalk_robot")
    office.courier.run_due()
    office.put("webhook")
    office.courier.run_due()
    printed = "".join(map(repr, office.channels.list_channels())) + "".join(
        repr(office.channels.open(record.name)) for record in office.channels.list_channels()
    )
    printed += repr(office.outbox.list_deliveries())
    office.state.close()

    held = b"".join(path.read_bytes() for path in office.folder.iterdir())
    for secret in SECRETS:
        assert secret not in printed
        assert secret.encode() not in held


def test_a_removed_channels_secret_is_wiped_from_the_disk(office: Office) -> None:
    office.add("webhook")
    sealed = office.channels.list_channels()[0].sealed
    office.channels.remove("webhook")
    office.state.close()

    assert sealed.encode() not in b"".join(path.read_bytes() for path in office.folder.iterdir())


def test_another_shops_key_opens_no_channel(office: Office) -> None:
    office.add("webhook")
    other = Channels(office.state, ShopKey(bytes(32)), AddressGuard("127.0.0.1"))

    with pytest.raises(SealedValueDamagedError):
        other.open("webhook")


def test_a_sealed_address_moved_to_another_channel_does_not_open(office: Office) -> None:
    office.add("wecom_robot", name="a")
    office.add("wecom_robot", name="b")
    office.state.execute("UPDATE channel SET sealed = (SELECT sealed FROM channel WHERE name = 'a') WHERE name = 'b'")

    with pytest.raises(SealedValueDamagedError):
        office.channels.open("b")


def test_names_are_unique_and_known(office: Office) -> None:
    office.add("webhook", name="a")
    with pytest.raises(ChannelNameTakenError):
        office.add("wecom_robot", name="a")
    with pytest.raises(UnknownChannelError, match="channels add"):
        office.channels.open("b")
    with pytest.raises(UnknownChannelError):
        office.channels.remove("b")


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("wecom_robot", "https://qyapi.weixin.qq.com/cgi-bin/webhook/upload_media?key=1"),
        ("wecom_robot", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
        ("dingtalk_robot", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"),
        ("feishu_robot", "https://open.feishu.cn/open-apis/bot/v2/hook/"),
        ("webhook", "smtps://smtp.example.com"),
        ("email", "https://smtp.example.com"),
    ],
)
def test_an_address_of_another_kind_is_refused_with_an_example(kind: str, address: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        offered(kind, address=address)
    assert "it looks like" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("pager", {}, "There is no kind of channel 'pager'"),
        ("webhook", {"secret": ""}, "needs a secret"),
        ("webhook", {"secret": "short"}, "at least 16 bytes"),
        ("webhook", {"secret": "whsec_no base64 at all!"}, "at least 16 bytes"),
        ("wecom_robot", {"secret": "x"}, "has no secret"),
        ("wecom_robot", {"per_minute": 21}, "takes 1 to 20 messages"),
        ("wecom_robot", {"per_minute": 0}, "takes 1 to 20 messages"),
        ("wecom_robot", {"quiet": ("22:00", "24:00")}, "are no quiet hours"),
        ("wecom_robot", {"quiet": ("8", "9")}, "are no quiet hours"),
        ("wecom_robot", {"quiet": ("08:00", "08:00")}, "are no quiet hours"),
        ("wecom_robot", {"name": ""}, "is no name"),
        ("wecom_robot", {"name": "a\nb"}, "is no name"),
        ("email", {"options": {}}, "There is no sender"),
        ("email", {"options": {**MAIL, "sender": "x@example.com\r\nBcc: y@example.com"}}, "is no e-mail address"),
        ("email", {"options": {**MAIL, "recipients": "a@example.com, b"}}, "'b' is no e-mail address"),
        ("email", {"options": {**MAIL, "recipients": ""}}, "1 to 50 recipients"),
    ],
)
def test_what_cannot_work_is_refused_with_its_reason(kind: str, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(BadChannelError) as caught:
        offered(kind, **wrong)
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize("kind", ["wecom_robot", "dingtalk_robot", "feishu_robot", "webhook", "email"])
def test_a_channel_in_a_private_network_is_refused_when_it_is_kept(kind: str) -> None:
    inside = AddressGuard(resolve=lambda host, port: ["10.1.2.3"])
    for guard, host in ((AddressGuard(), "127.0.0.1"), (inside, "hooks.example.com")):
        with pytest.raises(AddressForbiddenError):
            offered(kind, guard=guard, address=ADDRESSES[kind].replace("HOST", host))


def test_a_host_that_is_unknown_now_can_be_kept_and_is_judged_when_it_is_used() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no network")

    offered("webhook", guard=AddressGuard(resolve=nowhere))


ADDRESSES = {
    "wecom_robot": "https://HOST/cgi-bin/webhook/send?key=693a91f6",
    "dingtalk_robot": "https://HOST/robot/send?access_token=566cc69d",
    "feishu_robot": "https://HOST/open-apis/bot/v2/hook/fa2e4b4c",
    "webhook": "https://HOST/in",
    "email": "smtps://HOST",
}


def offered(kind: str, *, guard: AddressGuard = ANYWHERE, **given: Any) -> None:
    """Add a channel of which all is right but what is given."""
    values = {
        "name": "a",
        "address": ADDRESSES.get(kind, "https://HOST/").replace("HOST", "hooks.example.com"),
        "secret": "0123456789abcdef" if kind == "webhook" else "",
        "options": MAIL if kind == "email" else {},
        **given,
    }
    with tempfile.TemporaryDirectory() as folder:
        state = StateStore(Path(folder) / "state.sqlite")
        try:
            name, address = values.pop("name"), values.pop("address")
            Channels(state, KEY, guard).add(name, kind, address, **values)
        except ChannelError:
            assert Channels(state, KEY, guard).list_channels() == []
            raise
        finally:
            state.close()
