"""What a simulated shop is asked to be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from zhanggui.errors import ZhangguiError

DEFAULT_END = date(2026, 11, 15)
"""Fixed, so that the same command always makes the same shop."""
MOST_DAYS = 1500
MOST_ORDERS_PER_DAY = 50_000


class Trade(StrEnum):
    """A line of business."""

    BEAUTY = "beauty"
    FASHION = "fashion"
    BABY = "baby"
    HOME = "home"


class Platform(StrEnum):
    """Where a store sells; the words are those of the ledger."""

    TAOBAO = "taobao"
    TMALL = "tmall"
    JD = "jd"
    PINDUODUO = "pinduoduo"
    DOUYIN = "douyin"
    OWN_SITE = "own_site"


class SimulationOptionError(ZhangguiError):
    """An option that no world can be made with."""

    code = "simulation_option"

    def __init__(self, option: str, value: object, *, allowed: str) -> None:
        self.option = option
        self.value = value
        super().__init__(f"{option} cannot be {value}.", where=f"option {option}", next_step=f"give {allowed}")


@dataclass(frozen=True, slots=True)
class Options:
    """Size, time and scope of a simulated shop.

    Attributes
    ----------
    days : int
        Days of trade.
    orders_per_day : int
        Paid orders a day on average over the half-year from 618 to 11.11, all stores together.
    end : date
        The last day; fixed by default, so that the same command always makes the same shop.
    seed : int
        Chooses the world.
    trades, platforms : collection
        What is sold and where; all by default.
    has_buyer_ids : bool
        Whether the shop has its buyers' ids on the platforms, and what ties them with consent; by default it has no
        more than the back offices' reports, which mask every name.
    """

    days: int = 180
    orders_per_day: int = 250
    end: date = DEFAULT_END
    seed: int = 7
    trades: Collection[Trade] = field(default_factory=lambda: tuple(Trade))
    platforms: Collection[Platform] = field(default_factory=lambda: tuple(Platform))
    has_buyer_ids: bool = False

    def __post_init__(self) -> None:
        """Refuse what no world can be made with."""
        if not 1 <= self.days <= MOST_DAYS:
            raise SimulationOptionError("--days", self.days, allowed=f"a number of days from 1 to {MOST_DAYS}")
        if not 1 <= self.orders_per_day <= MOST_ORDERS_PER_DAY:
            raise SimulationOptionError(
                "--orders-per-day", self.orders_per_day, allowed=f"a number from 1 to {MOST_ORDERS_PER_DAY}"
            )
        if self.seed < 0:
            raise SimulationOptionError("--seed", self.seed, allowed="0 or a positive whole number")
        if not self.trades:
            raise SimulationOptionError("--trade", "nothing", allowed=f"one or more of {', '.join(Trade)}")
        if not self.platforms:
            raise SimulationOptionError("--platform", "nothing", allowed=f"one or more of {', '.join(Platform)}")

    @property
    def start(self) -> date:
        """The first day."""
        return self.end - timedelta(days=self.days - 1)
