"""What a rule looks for, as data: one model for the form, the file and the API."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Side = Literal["up", "down", "both"]
Sensitivity = Literal["high", "normal", "low"]
Against = Literal["step", "week", "year"]


class _Condition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Above(_Condition):
    """The value lies above a limit, in the unit in which the metric is answered: shares from 0 to 1, money in yuan."""

    kind: Literal["above"] = "above"
    limit: float


class Below(_Condition):
    """The value lies below a limit."""

    kind: Literal["below"] = "below"
    limit: float


class Change(_Condition):
    """The value has moved, relative to an earlier one.

    Attributes
    ----------
    fall, rise : float or None
        Least share by which it fell or rose; at least one of them is given.
    against : {"step", "week", "year"}
        The step before; the same weekday a week before (days only); the same step a year before.
    """

    kind: Literal["change"] = "change"
    fall: Annotated[float, Field(gt=0, le=1)] | None = None
    rise: Annotated[float, Field(gt=0)] | None = None
    against: Against = "week"

    @model_validator(mode="after")
    def _moves(self) -> Change:
        if self.fall is None and self.rise is None:
            raise ValueError("give fall, rise or both")
        return self


class ToTarget(_Condition):
    """The value is less, or more, than a share of its target.

    Attributes
    ----------
    target : float
        Target of one step, in the unit of the metric.
    below, above : float or None
        Share of the target below which, or above which, it is told.
    """

    kind: Literal["to_target"] = "to_target"
    target: Annotated[float, Field(gt=0)]
    below: Annotated[float, Field(gt=0)] | None = None
    above: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _bounded(self) -> ToTarget:
        if self.below is None and self.above is None:
            raise ValueError("give below, above or both")
        return self


class Band(_Condition):
    """The value lies outside of what weekday, season and promotions of the shop's own history let expect."""

    kind: Literal["band"] = "band"
    side: Side = "both"
    sensitivity: Sensitivity = "normal"


class ChangePoint(_Condition):
    """The level of the metric has shifted since a day."""

    kind: Literal["change_point"] = "change_point"
    side: Side = "both"
    sensitivity: Sensitivity = "normal"


class Missing(_Condition):
    """A day says nothing, or the data of days that should be there has not come.

    Attributes
    ----------
    after_days : int
        Whole days without data after which it is told.
    """

    kind: Literal["missing"] = "missing"
    after_days: Annotated[int, Field(ge=1, le=60)] = 2


class Forecast(_Condition):
    """The month will end off its target, whatever its rest brings as usual.

    Attributes
    ----------
    target : float
        Target of a month, in the unit of the metric.
    side : {"up", "down", "both"}
        Which side is told.
    """

    kind: Literal["forecast"] = "forecast"
    target: Annotated[float, Field(gt=0)]
    side: Side = "down"


Condition = Annotated[
    Above | Below | Change | ToTarget | Band | ChangePoint | Missing | Forecast,
    Field(discriminator="kind"),
]
"""Any condition; its ``kind`` says which."""
