"""人群条件 What must be true of a person, as data: leaves joined by all, any and not (catalogue C-LIFE, SEG)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from zhanggui.errors import ZhangguiError

MOST_LEAVES = 60
DEEPEST = 8
LONGEST_DAYS = 3_650

Comparison = Literal["=", "!=", ">", ">=", "<", "<="]
COMPARISONS: tuple[Comparison, ...] = (">=", ">", "=", "!=", "<=", "<")
Moment = Literal["first_order", "last_order", "last_visit"]
Names = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(min_length=1, max_length=500)]
Days = Annotated[int, Field(ge=1, le=LONGEST_DAYS)]


class _Condition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Within(_Condition):
    """Days that count: the last so many, or from one day to another; all days where nothing is said."""

    last_days: Days | None = None
    date_from: date | None = None
    date_to: date | None = None

    @model_validator(mode="after")
    def _is_one_window(self) -> _Within:
        if self.last_days is not None and (self.date_from is not None or self.date_to is not None):
            raise ValueError("give last_days, or date_from and date_to, not both")
        if self.date_from is not None and self.date_to is not None and self.date_to < self.date_from:
            raise ValueError("date_to lies before date_from")
        return self


class MetricIs(_Within):
    """A metric of the person, over the days that count; money in major units. Without a row a sum is 0."""

    kind: Literal["metric"] = "metric"
    metric: str = Field(max_length=200)
    compare: Comparison = ">="
    value: float = Field(allow_inf_nan=False, ge=-1e12, le=1e12)


class DaysSince(_Condition):
    """Whole days from a moment to the day looked at; false for who has no such moment."""

    kind: Literal["days_since"] = "days_since"
    moment: Moment = "last_order"
    compare: Comparison = ">="
    value: int = Field(ge=0, le=LONGEST_DAYS)


class InSegment(_Condition):
    """One of the segments of RFM, by revenue."""

    kind: Literal["segment"] = "segment"
    any_of: Names


class InStage(_Condition):
    """One of the stages of the lifecycle, by the shop's rules."""

    kind: Literal["stage"] = "stage"
    any_of: Names


class HasTag(_Condition):
    """One of the shop's tags, by its rule on the day looked at."""

    kind: Literal["tag"] = "tag"
    any_of: Names


class Bought(_Within):
    """At least so many paid orders with one of these products or categories."""

    kind: Literal["bought"] = "bought"
    what: Literal["product", "category"] = "category"
    any_of: Names
    at_least: Annotated[int, Field(ge=1, le=10_000)] = 1


class Did(_Within):
    """At least so many events of one of these names on the company's own sites; perhaps about certain goods."""

    kind: Literal["did"] = "did"
    any_of: Names
    at_least: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    products: tuple[str, ...] = ()


class IsMember(_Condition):
    """A member, of one of these tiers where any is named."""

    kind: Literal["member"] = "member"
    any_of: tuple[str, ...] = ()


class BornIn(_Condition):
    """A member whose birthday lies in one of these months."""

    kind: Literal["birth_month"] = "birth_month"
    any_of: tuple[Annotated[int, Field(ge=1, le=12)], ...] = Field(min_length=1)


class LivesIn(_Condition):
    """The last paid order went to one of these provinces."""

    kind: Literal["province"] = "province"
    any_of: Names


class Prefers(_Condition):
    """Most of what the person bought is of one of these sizes, or categories."""

    kind: Literal["prefers"] = "prefers"
    what: Literal["size", "category"] = "size"
    any_of: Names


class InAudience(_Condition):
    """Who fulfils the condition of a saved audience."""

    kind: Literal["audience"] = "audience"
    name: str


class AllOf(_Condition):
    """Every one of them is true."""

    kind: Literal["all"] = "all"
    of: tuple[Condition, ...] = ()


class AnyOf(_Condition):
    """At least one of them is true."""

    kind: Literal["any"] = "any"
    of: tuple[Condition, ...] = Field(min_length=1)


class Not(_Condition):
    """It is not true."""

    kind: Literal["not"] = "not"
    of: Condition


Leaf = (
    MetricIs | DaysSince | InSegment | InStage | HasTag | Bought | Did | IsMember | BornIn | LivesIn | Prefers
    | InAudience
)  # fmt: skip
Group = AllOf | AnyOf | Not
Condition = Annotated[
    # The classes above name it before it exists, so it is written as a plain union.
    Union[  # noqa: UP007
        MetricIs, DaysSince, InSegment, InStage, HasTag, Bought, Did, IsMember, BornIn, LivesIn, Prefers, InAudience,
        AllOf, AnyOf, Not,
    ],
    Field(discriminator="kind"),
]  # fmt: skip

Among = Literal["buyers", "everybody"]
Purpose = Literal["marketing", "analysis"]
PURPOSES: tuple[Purpose, ...] = ("marketing", "analysis")
NAME = r"^[a-z][a-z0-9_]{0,62}$"


class Audience(_Condition):
    """One audience: whose condition, in which stores, among whom.

    Attributes
    ----------
    name : str
        Stable name: small letters, digits and underscores.
    label : str
        What people call it.
    condition : Condition
        What must be true.
    among : {"buyers", "everybody"}
        Who has paid an order, or also who is only registered.
    stores, platforms : tuple of str
        Whose orders and events count; all where empty.
    """

    name: str = Field(pattern=NAME)
    label: str = Field(default="", max_length=200)
    condition: Condition = AllOf()
    among: Among = "buyers"
    stores: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_of_bounded_size(self) -> Audience:
        if sum(1 for _ in leaves(self.condition)) > MOST_LEAVES:
            raise ValueError(f"more than {MOST_LEAVES} conditions")
        if depth(self.condition) > DEEPEST:
            raise ValueError(f"conditions nested deeper than {DEEPEST}")
        return self


for _model in (AllOf, AnyOf, Not, Audience):
    _model.model_rebuild()

_AUDIENCE: TypeAdapter[Audience] = TypeAdapter(Audience)


class BadAudienceError(ZhangguiError):
    """An audience that cannot be understood.

    Parameters
    ----------
    name : str
        What it is called.
    field : str
        The part of its document that is wrong.
    why : str
        What is wrong with it.
    """

    code = "bad_audience"

    def __init__(self, name: str, field: str, why: str) -> None:
        self.field = field
        super().__init__(
            f"The audience cannot be understood: {why}.",
            where=f"audience {name!r}, {field}",
            next_step="correct that part; docs/methods/customers/audiences.md lists every condition",
        )


def leaves(condition: Leaf | Group) -> Iterator[Leaf]:
    """Give the leaves of a condition, from left to right.

    Examples
    --------
    >>> both = AllOf(of=(InStage(any_of=("retention",)), Not(of=LivesIn(any_of=("西藏",)))))
    >>> [leaf.kind for leaf in leaves(both)]
    ['stage', 'province']
    """
    if isinstance(condition, Not):
        yield from leaves(condition.of)
    elif isinstance(condition, AllOf | AnyOf):
        for each in condition.of:
            yield from leaves(each)
    else:
        yield condition


def depth(condition: Leaf | Group) -> int:
    """Return how many groups lie within one another.

    Examples
    --------
    >>> depth(IsMember()), depth(Not(of=AllOf(of=(IsMember(),))))
    (0, 2)
    """
    if isinstance(condition, Not):
        return 1 + depth(condition.of)
    if isinstance(condition, AllOf | AnyOf):
        return 1 + max((depth(each) for each in condition.of), default=0)
    return 0


def audience_of(document: object) -> Audience:
    """Return the audience that a document describes.

    Raises
    ------
    BadAudienceError
        It describes none; names the part that is wrong.
    """
    name = str(document.get("name", "")) if isinstance(document, dict) else ""
    try:
        return _AUDIENCE.validate_python(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "condition"
        raise BadAudienceError(name, field, str(first["msg"])) from None
    except RecursionError:
        raise BadAudienceError(name, "condition", f"conditions nested deeper than {DEEPEST}") from None
