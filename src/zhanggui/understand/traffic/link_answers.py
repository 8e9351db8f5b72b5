"""Tracking links as an answer for programs and for their page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.jobs.link_book import LinkBook, LinkRecord
from zhanggui.pagespec import TileAnswer
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.channel_names import channel_names
from zhanggui.understand.traffic.links import CLICK_IDS, MEDIA, SHORT_PATH


class LinkRow(BaseModel):
    """One tracking link; `short` leads to `address` over this machine and counts clicks."""

    code: str
    channel: str
    label: Text
    target: str
    address: str
    short: str
    qr: str
    tags: dict[str, str]
    remark: str
    added_at: datetime
    clicks: int
    bots: int
    last_click_at: datetime | None


class LinkTag(BaseModel):
    """One thing that a link can name."""

    name: str
    label: Text


class LinkChannel(BaseModel):
    """A channel for which links are built, with its usual source and medium."""

    name: str
    label: Text
    source: str
    medium: str


class LinksAnswer(TileAnswer):
    """All tracking links, newest first, and what links can be built of."""

    links: tuple[LinkRow, ...]
    channels: tuple[LinkChannel, ...]
    click_ids: tuple[str, ...] = tuple(CLICK_IDS)
    tags: tuple[LinkTag, ...]


def link_row(desk: Desk, link: LinkRecord) -> LinkRow:
    """Return a link as it is shown."""
    return LinkRow(
        code=link.code,
        channel=link.channel,
        label=channel_names(desk).label(link.channel),
        target=link.target,
        address=link.address,
        short=f"{SHORT_PATH}{link.code}",
        qr=f"/api/v1/traffic/links/{link.code}/qr.svg",
        tags=dict(link.tags),
        remark=link.note,
        added_at=datetime.fromtimestamp(link.added_at, UTC),
        clicks=link.n_clicks,
        bots=link.n_bots,
        last_click_at=None if link.last_click_at is None else datetime.fromtimestamp(link.last_click_at, UTC),
    )


def links_answer(desk: Desk) -> LinksAnswer:
    """Return every tracking link of the shop."""
    names = channel_names(desk)
    return LinksAnswer(
        links=tuple(link_row(desk, link) for link in LinkBook(desk.shop.state).list_links()),
        channels=tuple(
            LinkChannel(name=name, label=names.label(name), source=source, medium=medium)
            for name, (source, medium) in MEDIA.items()
        ),
        tags=tuple(LinkTag(name=name, label=label) for name, label in TAG_NAMES.items() if name != "click_id"),
    )


TAG_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "source": Text("来源", "Source"),
        "campaign": Text("计划", "Campaign"),
        "ad_group": Text("单元", "Ad group"),
        "creative": Text("创意", "Creative"),
        "note": Text("笔记", "Note"),
        "live": Text("直播场次", "Live session"),
        "group": Text("群码", "Group code"),
        "click_id": Text("点击标识", "Click id"),
    }
)
"""What people read for each tag."""
