"""The service desk's talks with customers, and the scores that platforms give the stores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments, where
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.labels import masked_nicknames
from zhanggui.simulate.exports.numbering import PLATFORM_NAMES, STORE_NAMES, Numbering
from zhanggui.simulate.exports.own_lists import Meaning, own_list
from zhanggui.simulate.exports.writing import View, WrittenFile, closed
from zhanggui.simulate.records import STORE_SCORES, TICKETS
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.service.topics import TICKET_TOPIC_NAMES

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

TICKET_HEADER = (
    "会话ID", "平台", "店铺", "客户昵称", "订单编号", "咨询类型", "进线时间", "首次响应时间", "首响时长(秒)",
    "结束时间", "消息数", "是否投诉", "满意度",
)  # fmt: skip
SCORE_HEADER = ("日期", "平台", "店铺", "评分项", "分数")
_SCORES = {"商品体验": "goods_bp", "服务体验": "service_bp", "物流体验": "delivery_bp"}
_TICKET_MEANING = Meaning(
    "service_tickets",
    {
        "store_name": "店铺",
        "ticket_id": "会话ID",
        "order_id": "订单编号",
        "topic": "咨询类型",
        "opened_at": "进线时间",
        "replied_at": "首次响应时间",
        "closed_at": "结束时间",
        "messages": "消息数",
        "is_complaint": "是否投诉",
        "stars": "满意度",
    },
)
_SCORE_MEANING = Meaning("store_scores", {"store_name": "店铺", "day": "日期", "score_kind": "评分项", "score": "分数"})


class ServiceDesk:
    """Writes talks by the day on which they begin, and scores day by day.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._people = world.people
        self._view = view
        self._numbering = Numbering(world)
        self._tickets = own_list(folder, view, "tickets", "客服会话", TICKET_HEADER, _TICKET_MEANING)
        self._scores = own_list(folder, view, "store_scores", "店铺体验分", SCORE_HEADER, _SCORE_MEANING)

    def write(self, records: DayRecords) -> None:
        """Write the talks and the scores of a day."""
        self._tickets.add(records.day, self._ticket_columns(records[TICKETS]))
        on = f"{self._view.date_of(records.day):%Y-%m-%d}"
        scores = records[STORE_SCORES]
        for kind, column in _SCORES.items():
            self._scores.add(
                records.day,
                {
                    "日期": on,
                    "平台": chosen(PLATFORM_NAMES, scores["store"]),
                    "店铺": chosen(STORE_NAMES, scores["store"]),
                    "评分项": kind,
                    "分数": _points(scores[column]),
                },
            )

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._tickets, self._scores))

    def _ticket_columns(self, tickets: Rows) -> dict[str, Cells]:
        everywhere = np.arange(len(tickets))
        is_known, is_rated = tickets["person"] != NEVER, tickets["stars"] != NEVER
        is_answered, is_over = (self._view.seen(tickets[name]) for name in ("first_reply_at", "closed_at"))
        names = masked_nicknames(self._people.nicknames(np.maximum(tickets["person"], 0)))
        waits = counts(tickets["first_reply_at"] - tickets["opened_at"])
        return {
            "会话ID": counts(60_000_000 + tickets["ticket"]),
            "平台": chosen(PLATFORM_NAMES, tickets["store"]),
            "店铺": chosen(STORE_NAMES, tickets["store"]),
            "客户昵称": chosen(names, everywhere, is_known),
            "订单编号": self._numbering.orders(tickets["order"], tickets["store"]),
            "咨询类型": chosen(TICKET_TOPIC_NAMES, tickets["topic"]),
            "进线时间": moments(tickets["opened_at"]),
            "首次响应时间": moments(tickets["first_reply_at"], is_answered),
            "首响时长(秒)": chosen(waits, everywhere, is_answered),
            "结束时间": moments(tickets["closed_at"], is_over),
            "消息数": counts(tickets["n_messages"]),
            "是否投诉": where(tickets["is_complaint"], "是", "否"),
            "满意度": chosen(counts(tickets["stars"]), everywhere, is_rated & is_over),
        }


def _points(score_bp: Column) -> list[str]:
    return [f"{score / 10_000:.2f}" for score in score_bp.tolist()]
