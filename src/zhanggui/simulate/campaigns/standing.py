"""The messages that go out all year: a word after an order, news of promotions, the WeCom groups' weekly post.

One person in ten never gets any of them, so that their effect can be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from zhanggui.simulate.campaigns.fatigue import attention
from zhanggui.simulate.campaigns.response import DOG_LOSS, MESSAGE_LIFT
from zhanggui.simulate.campaigns.sends import Outbox
from zhanggui.simulate.campaigns.wishes import Wishes
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.options import Options
from zhanggui.simulate.people import People, Uplift
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.seasons import phases
from zhanggui.simulate.stores import Store

HOLDOUT_SHARE = 0.1
"""Part of all people who get no standing message, ever."""
REMEMBERED_DAYS = 60
"""Promotions are announced to those who ordered within so many days."""
_GROUP_WEEKDAY = 3
_EFFECT_DAYS = 3
_DOG_DAYS = 5
_SMS, _WECOM, _OFFICIAL_ACCOUNT, _PUSH = range(4)


@dataclass(frozen=True, slots=True)
class Word:
    """A message that follows an order.

    Attributes
    ----------
    days : int
        So long after the last order.
    name, text : str
        What it is called and what it says.
    channel, hour : int
        How and when it goes out.
    """

    days: int
    name: str
    text: str
    channel: int
    hour: int


WORDS: tuple[Word, ...] = (
    Word(10, "购后关怀", "宝贝用得还习惯吗？有问题随时找掌柜，晒图有积分～", _PUSH, 12),
    Word(24, "回购提醒", "您上次买的快用完了吧？老顾客专享价已为您留好。", _SMS, 10),
    Word(38, "好物推荐", "根据您的喜好挑了几样新品，进店看看吧。", _OFFICIAL_ACCOUNT, 20),
)
"""All such messages; a person gets one only when he has not ordered again."""


class Standing:
    """Sends the standing messages.

    Parameters
    ----------
    options, draws, stores
        The world.
    outbox, wishes
        Where messages and their effects go.
    """

    def __init__(
        self, options: Options, draws: Draws, stores: tuple[Store, ...], outbox: Outbox, wishes: Wishes
    ) -> None:
        self._start = options.start
        self._draws = draws
        self._numbers = [store.number for store in stores]
        self._outbox = outbox
        self._wishes = wishes
        self._due = Diary("person", "word")
        self._lately: list[tuple[int, Ints]] = []

    def note(self, orders: Rows, day: int) -> None:
        """Take down who bought today."""
        people = np.unique(orders["person"])
        for number, word in enumerate(WORDS):
            self._due.write(np.full(people.size, day + word.days), person=people, word=number)
        self._lately = [(then, who) for then, who in self._lately if day - then < REMEMBERED_DAYS]
        self._lately.append((day, people))

    def run(self, records: DayRecords, people: People) -> None:
        """Send what is due today."""
        due = self._due.take(records.day)
        for number, word in enumerate(WORDS):
            who = np.unique(due["person"][due["word"] == number])
            who = who[people.last_order_day[who] == records.day - word.days]
            self._send(records, people, who, word.name, word.text, word.channel, word.hour)
        on = self._start + timedelta(days=records.day)
        news, is_group_day = promotion_starting(on), on.weekday() == _GROUP_WEEKDAY
        if not (news or is_group_day):
            return
        lately = self._known_lately()
        if is_group_day:
            contacts = lately[people.wecom_at[lately] >= 0]
            self._send(records, people, contacts, "社群周四福利", "本周社群秒杀已上新，手慢无～", _WECOM, 20)
        if news:
            self._send(records, people, lately, f"{news}预告", f"{news}今日开启，会员先享一小时。", _SMS, 9)

    def _known_lately(self) -> Ints:
        parts = [who for _, who in self._lately]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)

    def _send(
        self, records: DayRecords, people: People, who: Ints, name: str, text: str, channel: int, hour: int
    ) -> None:
        who = who[people.has_consent[who] & ~people.is_staff[who]]
        if who.size == 0:
            return
        keys = people.key[who]
        is_held_out = self._draws.uniform("standing holdout", keys) < HOLDOUT_SHARE
        before = self._outbox.fatigue.of(who, records.day)
        numbers = self._outbox.send(records, people, who, is_held_out, name=name, text=text, channel=channel, hour=hour)
        kinds = people.coupon_uplift[who]
        is_moved = (kinds == Uplift.PERSUADABLE) & ~is_held_out
        chance = np.where(is_moved, MESSAGE_LIFT * attention(before), 0.0)
        comes = self._draws.uniform("standing effect", records.day, channel, keys) < chance
        spread = self._draws.uniform("standing day", records.day, channel, keys) * _EFFECT_DAYS
        self._wishes.more((records.day + spread.astype(np.int64))[comes], who[comes], numbers[comes])
        dogs = who[(kinds == Uplift.SLEEPING_DOG) & ~is_held_out]
        self._wishes.fewer(records.day, _DOG_DAYS, dogs, np.full(dogs.size, DOG_LOSS))


def words_to_come(people: People, who: Ints, day: int, days: int) -> Floats:
    """Return the chance that the words after an order will bring each person within so many days of a day."""
    silent = day - people.last_order_day[who].astype(np.int64)
    n_words = sum(((word.days >= silent) & (word.days < silent + days)).astype(np.int64) for word in WORDS)
    is_moved = (people.coupon_uplift[who] == Uplift.PERSUADABLE) & people.has_consent[who]
    chance: Floats = np.where(is_moved, (1 - HOLDOUT_SHARE) * MESSAGE_LIFT * n_words, 0.0)
    return chance


def promotion_starting(on: date) -> str:
    """Return the name of the promotion phase that begins on a date with better prices, or nothing."""
    for phase in phases(on.year):
        if phase.first == on and phase.discount > 0 and phase.lift > 1:
            return f"{phase.promotion}{phase.name}"
    return ""
