"""Twin worlds: what a policy truly changes, to the fen, because all chance is shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from zhanggui.simulate.options import Options, SimulationOptionError
from zhanggui.simulate.policies import Idle, Policy
from zhanggui.simulate.world import World

_MATURE_DAYS = 200
"""By then every order of the last day has ended, refunds, returns and settlement included."""
_EPOCH = date(1970, 1, 1)
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class TrueEffect:
    """What a policy brings against another.

    Attributes
    ----------
    days : int
        Days on which the policies decided.
    profit_minor, against_minor : int
        Contribution profit of both in fen, with every order followed to its end.
    """

    days: int
    profit_minor: int
    against_minor: int

    @property
    def effect_minor(self) -> int:
        """How much more the policy earns, in fen: exact, not an estimate."""
        return self.profit_minor - self.against_minor


def true_effect(
    options: Options,
    policy: Callable[[], Policy],
    against: Callable[[], Policy] = Idle,
    days: int | None = None,
) -> TrueEffect:
    """Return what a policy changes in a world.

    Parameters
    ----------
    options : Options
        The world.
    policy, against : callable
        Make the policies; each is made once.
    days : int or None
        Days to live through, from the first; all of the world's by default.

    Raises
    ------
    SimulationOptionError
        There are not so many days.

    Notes
    -----
    Both worlds draw the same number for the same question, so whatever a policy does not touch is equal to the byte,
    and a policy that does nothing has an effect of exactly 0 against `Idle`.
    """
    lived = options.days if days is None else days
    if not 1 <= lived <= options.days:
        raise SimulationOptionError("days", lived, allowed=f"a number of days from 1 to {options.days}")
    return TrueEffect(lived, profit_of(options, policy(), lived), profit_of(options, against(), lived))


def profit_of(options: Options, policy: Policy, days: int) -> int:
    """Return the contribution profit in fen of a world under a policy, with every order followed to its end."""
    world = World(options)
    yesterday = None
    for _ in range(days):
        yesterday = world.step(policy.decide(world, yesterday))
    as_of = (options.start + timedelta(days=days + _MATURE_DAYS) - _EPOCH).days * _DAY
    return sum(account.contribution_minor for account in world.books.totals(as_of))
