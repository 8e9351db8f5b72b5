"""What values of dimensions are called on pages, in findings and in explanations."""

from __future__ import annotations

import pytest

from zhanggui.i18n import Text
from zhanggui.ledger.schema.event_tables import SESSION
from zhanggui.ledger.sessions import session_rules
from zhanggui.metrics.value_names import DEVICE_NAMES
from zhanggui.settings import Settings
from zhanggui.understand.naming import value_name


@pytest.mark.parametrize(
    ("channel", "called"),
    [
        ("official_account", Text("公众号", "Official account")),
        # Order files call by this word who was sent by a friend, visits who came by a link.
        ("referral", Text("引荐", "Referral")),
        # A file's code is called as the channel that it stands for.
        ("wecom_group", Text("企微社群", "Group chat")),
        # A word of a file that the product does not know stays what it is.
        ("微信订单", Text.same("微信订单")),
    ],
)
def test_a_channel_is_called_what_people_call_it(channel: str, called: Text) -> None:
    assert value_name("channel", {"channel": channel}) == called


def test_every_kind_of_device_that_the_ledger_holds_has_a_name() -> None:
    assert set(DEVICE_NAMES) == set(SESSION.column("device").allowed)
    assert value_name("device", {"device": "mobile"}) == Text("手机", "Phone")


def test_every_channel_that_the_product_knows_has_a_name_in_both_languages() -> None:
    for channel in session_rules(Settings(), None).channels:
        name = value_name("channel", {"channel": channel.name})
        assert channel.name not in (name.zh, name.en)
