"""How a visit is named by where it came from, and what a shop may say about that itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ledger.sessions.made_events import SETTINGS

from zhanggui.ledger.sessions import ChannelRulesError, Origin, session_rules


def origin(source: str = "", medium: str = "", click_id: str = "", referrer: str = "") -> Origin:
    return Origin(source, medium, click_id, referrer)


@pytest.mark.parametrize(
    ("came", "channel"),
    [
        (origin("baidu", "CPC"), "search_ads"),
        (origin(click_id="bd_vid", referrer="www.baidu.com"), "search_ads"),
        (origin(click_id="clickid"), "feed_ads"),
        (origin("display", "cpm"), "display_ads"),
        (origin("xiaohongshu", "note", referrer="www.xiaohongshu.com"), "notes"),
        (origin(referrer="xhslink.com"), "notes"),
        (origin("wechat", "official_account"), "official_account"),
        (origin(referrer="mp.weixin.qq.com"), "official_account"),
        (origin("wecom", "group"), "group_chat"),
        (origin("creator", "kol"), "creator"),
        (origin("referral", "friend"), "referral_program"),
        (origin("douyin", "live"), "live"),
        (origin("a partner", "link"), "other_campaign"),
        (origin(referrer="www.baidu.com"), "search"),
        (origin(referrer="notbaidu.com"), "referral"),
        (origin(referrer="weixin.qq.com"), "social"),
        (origin(), "direct"),
    ],
)
def test_a_visit_is_named_by_the_first_rule_that_fits(came: Origin, channel: str) -> None:
    assert session_rules(SETTINGS, None).channel_of(came) == channel


def test_every_channel_has_a_name_in_both_languages() -> None:
    channels = session_rules(SETTINGS, None).channels

    assert [one.name for one in channels if one.label.zh == one.name or one.label.en == one.name] == []
    assert len({one.name for one in channels}) == len(channels)


def test_a_shops_own_list_stands_in_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "channels.toml").write_text('[[channel]]\nname = "抖音"\nrules = [{ source = ["Douyin"] }]\n', "utf-8")
    own = session_rules(SETTINGS, tmp_path)

    assert own.channel_of(origin("douyin", "cpc")) == "抖音"
    assert own.channel_of(origin("baidu", "cpc")) == "unknown"
    assert own.digest != session_rules(SETTINGS, None).digest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[channel]]\nrules = []", "no name"),
        ('[[channel]]\nname = "a"\nrules = [{ origin = ["x"] }]', "no line 'origin'"),
        ('[[channel]]\nname = "a"\nrules = [{ source = "x" }]', "list of words"),
        ('[[channel]]\nname = "a"\nrules = {}', "list of tables"),
        ('channel = "a"', r"\[\[channel\]\]"),
        ("[[channel", "no TOML"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_the_reason(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "channels.toml").write_text(text, "utf-8")

    with pytest.raises(ChannelRulesError, match=says):
        session_rules(SETTINGS, tmp_path)
