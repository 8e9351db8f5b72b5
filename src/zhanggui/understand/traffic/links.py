"""Tracking links: one address for each channel, campaign, creative, note, live session or group (C-COLLECT-07).

A link is tagged so that the visits which it brings are named by its channel: what is built is read by the same rules as
visits, and refused where these would name it otherwise.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import segno

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.link_book import LinkBook, LinkRecord
from zhanggui.ledger.sessions import Origin, SessionRules

SHORT_PATH = "/l/"
_CODE_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 6
_LONGEST = 200
_MOST_ADDRESS = 2_000

MEDIA: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "search_ads": ("baidu", "cpc"),
        "feed_ads": ("oceanengine", "feed"),
        "display_ads": ("display", "cpm"),
        "live": ("douyin", "live"),
        "short_video": ("douyin", "short_video"),
        "notes": ("xiaohongshu", "note"),
        "official_account": ("wechat", "official_account"),
        "group_chat": ("wecom", "group"),
        "creator": ("creator", "kol"),
        "referral_program": ("referral", "friend"),
        "message": ("message", "sms"),
    }
)
"""Source and medium of each channel for which links are built, unless another source is named."""

CLICK_IDS: Mapping[str, str] = MappingProxyType(
    {
        "clickid": "__CLICKID__",
        "ttclid": "__CLICKID__",
        "click_id": "__CLICK_ID__",
        "gclid": "{gclid}",
        "msclkid": "{msclkid}",
        "callback": "__CALLBACK_PARAM__",
    }
)
"""Click ids that an ad platform puts in where the link asks for it; bd_vid, gdt_vid and fbclid come by themselves."""

CONTENTS = ("creative", "note", "live", "group")
"""What stands in utm_content; a link names one of them."""


class LinkError(ZhangguiError):
    """A link that cannot be built."""

    code = "tracking_link"

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        super().__init__(what, where=where, next_step=next_step)


@dataclass(frozen=True, slots=True)
class LinkWish:
    """What a link is for.

    Attributes
    ----------
    target : str
        The page that it leads to.
    channel : str
        One of `MEDIA`.
    source : str
        Another source than the channel's usual one.
    campaign, ad_group : str
        Names as the ad platform has them.
    creative, note, live, group : str
        What exactly carries the link; at most one.
    click_id : str
        Kind of the click id to ask for, one of `CLICK_IDS`.
    code : str
        Short name; drawn by chance where empty.
    remark : str
        For people.
    """

    target: str
    channel: str
    source: str = ""
    campaign: str = ""
    ad_group: str = ""
    creative: str = ""
    note: str = ""
    live: str = ""
    group: str = ""
    click_id: str = ""
    code: str = ""
    remark: str = ""


def tagged(wish: LinkWish, rules: SessionRules) -> str:
    """Return the address with its tags; tags of the given address are replaced, its other words stay.

    Raises
    ------
    LinkError
        The page is no web address, a word is none that there is, or visits would be named otherwise.
    """
    parts = urlsplit(wish.target.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise LinkError(
            "A link leads to a page: http:// or https://.", where=wish.target[:80], next_step="copy it whole"
        )
    if wish.channel not in MEDIA:
        raise LinkError(
            f"No link is built for the channel {wish.channel!r}.",
            where="channel",
            next_step=f"one of {', '.join(MEDIA)}",
        )
    named = [name for name in CONTENTS if getattr(wish, name)]
    if len(named) > 1:
        raise LinkError(
            "A link names one of creative, note, live session and group.", where=", ".join(named), next_step="keep one"
        )
    if wish.click_id and wish.click_id not in CLICK_IDS:
        raise LinkError(
            f"The click id {wish.click_id!r} cannot be asked for.", where="click id",
            next_step=f"one of {', '.join(CLICK_IDS)}; bd_vid, gdt_vid and fbclid come by themselves",
        )  # fmt: skip
    source, medium = MEDIA[wish.channel]
    tags = {
        "utm_source": wish.source or source,
        "utm_medium": medium,
        "utm_campaign": wish.campaign,
        "utm_term": wish.ad_group,
        "utm_content": getattr(wish, named[0]) if named else "",
    }
    _check_words(tags)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in tags]
    query = urlencode([*kept, *((key, value) for key, value in tags.items() if value)])
    if wish.click_id:
        # The platform replaces the words between the signs: they stay as they are.
        query += f"&{wish.click_id}={CLICK_IDS[wish.click_id]}"
    address = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, parts.fragment))
    if len(address) > _MOST_ADDRESS:
        raise LinkError("The address is too long.", where=f"{len(address)} letters", next_step="shorten the names")
    read = rules.channel_of(Origin(tags["utm_source"], medium, wish.click_id, ""))
    if read != wish.channel:
        raise LinkError(
            f"Visits by this link would count for {read!r}, not for {wish.channel!r}.",
            where=f"source {tags['utm_source']!r}, medium {medium!r}",
            next_step="take the usual source, or change channels.toml",
        )
    return address


def _check_words(tags: Mapping[str, str]) -> None:
    for key, value in tags.items():
        if len(value) > _LONGEST or any(ord(letter) < 32 for letter in value):
            raise LinkError(
                f"The words of {key} are too long or hold a line break.", where=value[:40],
                next_step=f"at most {_LONGEST} letters in one line",
            )  # fmt: skip


def add_link(book: LinkBook, rules: SessionRules, wish: LinkWish, at: float) -> LinkRecord:
    """Build a link, keep it and return it.

    Raises
    ------
    LinkError, LinkCodeTakenError
        It cannot be built, or its code is another's.
    """
    address = tagged(wish, rules)
    code = wish.code or _drawn(book)
    if not code.isascii() or not code.replace("-", "").isalnum() or len(code) > 40:
        raise LinkError("A code is made of letters, digits and -.", where=code[:40], next_step="choose another")
    names = ("source", "campaign", "ad_group", *CONTENTS, "click_id")
    tags = {name: getattr(wish, name) for name in names if getattr(wish, name)}
    link = LinkRecord(code, wish.target.strip(), address, wish.channel, tags, wish.remark[:_LONGEST], at)
    return book.add(link)


def _drawn(book: LinkBook) -> str:
    while True:
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        if not book.is_taken(code):
            return code


def qr_svg(address: str) -> str:
    """Return the QR image of an address as SVG text."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=4, xmldecl=False)
    return out.getvalue().decode("utf-8")


def qr_png(address: str, *, scale: int = 8) -> bytes:
    """Return the QR image of an address as a PNG file."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
