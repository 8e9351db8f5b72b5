"""``/traffic/channels``: channel quality, as ``zhanggui traffic channels`` gives it."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.traffic.channel_answer import ChannelsAnswer, channels_of_pairs

router = APIRouter(prefix="/traffic", tags=["traffic"])


@router.get("/channels")
def channels(request: Request, bench: Bench) -> ChannelsAnswer:
    """Return channels with their figures; ``by`` is channel, campaign, creative, note, live or cube."""
    return channels_of_pairs(bench.desk, request.query_params.multi_items())
