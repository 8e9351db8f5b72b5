"""What can be wrong with points and tiers, each with what to do next."""

from __future__ import annotations

from zhanggui.errors import ZhangguiError


class NotEnoughPointsError(ZhangguiError):
    """More points were to be spent than there are."""

    code = "not_enough_points"

    def __init__(self, wanted: int, balance: int) -> None:
        super().__init__(
            f"{wanted:,} points are more than the member has",
            where=f"the balance is {balance:,}",
            next_step=f"spend at most {balance:,}",
        )


class NoPointsError(ZhangguiError):
    """An event of no points, or of less than none."""

    code = "no_points"

    def __init__(self, points: int) -> None:
        super().__init__(
            f"{points:,} is no number of points to book",
            where="the points of the event",
            next_step="give a number above 0; only an adjustment may take points with a number below 0",
        )


class OtherEventError(ZhangguiError):
    """An event id that was booked before stands for something else now."""

    code = "other_event"

    def __init__(self, event_id: str) -> None:
        super().__init__(
            "this event was booked before with other content, so nothing was booked",
            where=f"event {event_id}",
            next_step="give the new event an id of its own, or book the difference as an adjustment",
        )


class PointsUnknownError(ZhangguiError):
    """What is to be taken back or given back was never booked."""

    code = "points_unknown"

    def __init__(self, about: str) -> None:
        super().__init__(
            "there are no points of this to take back or to give back",
            where=about,
            next_step="look at the account: zhanggui customers members points MEMBER",
        )


class BadRulesError(ZhangguiError):
    """Rules of membership that cannot be."""

    code = "bad_member_rules"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why, where=f"members.toml, {field}", next_step="mend the field and run the command again")


class KeptElsewhereError(ZhangguiError):
    """The shop's own system keeps points, as a loaded points file shows."""

    code = "points_kept_elsewhere"

    def __init__(self) -> None:
        super().__init__(
            "the shop's own system keeps points already; a second book would say something else",
            where="the points ledger among the loaded files",
            next_step="see whether that ledger balances: zhanggui customers members points",
        )
