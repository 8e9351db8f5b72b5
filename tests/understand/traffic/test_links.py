"""Tracking links: what is built is read by the rules of visits as it was meant (catalogue C-COLLECT-07)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from zhanggui.ledger.jobs.link_book import LinkBook, LinkCodeTakenError, UnknownLinkError
from zhanggui.ledger.sessions import Origin, session_rules
from zhanggui.ledger.shop import Shop
from zhanggui.settings import Settings
from zhanggui.understand.traffic.links import MEDIA, LinkError, LinkWish, add_link, qr_png, qr_svg, tagged

RULES = session_rules(Settings(), None)
PAGE = "https://shop.example/item?id=7&utm_source=old#size"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[LinkBook]:
    shop = Shop.create(tmp_path / "shop", "官网")
    yield LinkBook(shop.state)
    shop.close()


@pytest.mark.parametrize("channel", sorted(MEDIA))
def test_visits_by_a_link_are_named_by_its_channel(channel: str) -> None:
    said = parse_qs(urlsplit(tagged(LinkWish(PAGE, channel), RULES)).query)

    assert RULES.channel_of(Origin(said["utm_source"][0], said["utm_medium"][0], "", "")) == channel


def test_a_link_keeps_the_words_of_the_page_and_replaces_its_tags() -> None:
    wish = LinkWish(PAGE, "feed_ads", campaign="拉新", ad_group="18-24", creative="视频A", click_id="clickid")
    address = tagged(wish, RULES)

    assert address.endswith("&clickid=__CLICKID__#size")
    said = parse_qs(urlsplit(address).query)
    assert said["id"] == ["7"]
    assert (said["utm_source"], said["utm_campaign"], said["utm_term"], said["utm_content"]) == (
        ["oceanengine"], ["拉新"], ["18-24"], ["视频A"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "wish",
    [
        LinkWish("javascript:alert(1)", "live"),
        LinkWish("https://user:secret@shop.example/", "live"),
        LinkWish(PAGE, "carrier_pigeon"),
        LinkWish(PAGE, "live", creative="a", note="b"),
        LinkWish(PAGE, "live", campaign="a\nb"),
        LinkWish(PAGE, "live", click_id="bd_vid"),
        # A source that the rules take for another channel.
        LinkWish(PAGE, "creator", source="xiaohongshu"),
    ],
)
def test_a_link_that_would_mislead_is_refused(wish: LinkWish) -> None:
    with pytest.raises(LinkError):
        tagged(wish, RULES)


def test_clicks_of_people_and_machines_are_counted_apart(book: LinkBook) -> None:
    link = add_link(book, RULES, LinkWish(PAGE, "group_chat", group="VIP-1", code="vip1"), 10.0)
    book.clicked("vip1", 11.0, is_bot=False, referrer_host="")
    book.clicked("vip1", 12.0, is_bot=True, referrer_host="t.example")

    held = book.get(link.code)
    assert (held.n_clicks, held.n_bots, held.last_click_at, held.tags) == (1, 1, 11.0, {"group": "VIP-1"})


def test_a_code_is_never_used_again(book: LinkBook) -> None:
    add_link(book, RULES, LinkWish(PAGE, "live", code="mine"), 1.0)
    book.remove("mine", 2.0)

    assert book.list_links() == []
    with pytest.raises(LinkCodeTakenError):
        add_link(book, RULES, LinkWish(PAGE, "live", code="mine"), 3.0)
    with pytest.raises(UnknownLinkError):
        book.get("mine")


def test_a_qr_image_is_svg_or_png() -> None:
    assert qr_svg("https://shop.example/").startswith("<svg")
    assert qr_png("https://shop.example/").startswith(b"\x89PNG")
