"""A metric of the shop's own, as form and file have it: one model for both."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from zhanggui.metrics.model import Good
from zhanggui.metrics.own.problems import BadMetricError

Operator = Literal["=", "!=", "<", "<=", ">", ">="]
OPERATORS: tuple[Operator, ...] = ("=", "!=", "<", "<=", ">", ">=")
Word = bool | int | float | Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
MOST_PARTS = 20


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Restriction(_Model):
    """What must be true of a row to count.

    Attributes
    ----------
    field : str
        A dimension, such as ``province``, or a column of the rows, such as ``quantity``; money in major units.
    is : {"=", "!=", "<", "<=", ">", ">="}
        How it is compared.
    value : word or tuple of words
        What it is compared with; several after ``=`` mean any of them, after ``!=`` none of them.
    """

    field: Name
    operator: Annotated[Operator, Field(alias="is")] = "="
    value: Word | Annotated[tuple[Word, ...], Field(min_length=1, max_length=200)]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    @property
    def values(self) -> tuple[Word, ...]:
        """The values, also where there is one."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


class Part(_Model):
    """One metric of a weighted sum, and what it counts for."""

    metric: Name
    weight: Annotated[float, Field(allow_inf_nan=False)]

    @field_validator("weight")
    @classmethod
    def _counts(cls, weight: float) -> float:
        if weight == 0:
            raise ValueError("a weight of 0 leaves the metric out; take it away")
        return weight


class _Described(_Model):
    """What every kind of definition says.

    Attributes
    ----------
    name : str
        Name by which it is asked: small letters, digits and ``_``.
    label, label_en : str
        What a person reads; the English one is the same where empty.
    definition, definition_en : str
        One or two sentences; told from the content where empty.
    good : {"up", "down", "none"}
        Which direction is good.
    owner : str
        Who answers for it; that of its first part where empty.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
    label: Name
    label_en: Annotated[str, Field(max_length=80)] = ""
    definition: Annotated[str, Field(max_length=500)] = ""
    definition_en: Annotated[str, Field(max_length=500)] = ""
    good: Good = "none"
    owner: Annotated[str, Field(max_length=100)] = ""

    def document(self) -> dict[str, Any]:
        """Return it as JSON values, without what is as it comes."""
        plain = self.model_dump(mode="json", exclude_defaults=True, by_alias=True)
        return {"kind": self.kind, **plain}  # type: ignore[attr-defined]  # every kind has it


class RatioOf(_Described):
    """One metric divided by another, each summed first."""

    kind: Literal["ratio"] = "ratio"
    numerator: Name
    denominator: Name
    unit: Literal["ratio", "count", "money"] | None = None


class FilterOf(_Described):
    """A metric over fewer rows: those of which every restriction is true."""

    kind: Literal["filter"] = "filter"
    of: Name
    where: Annotated[tuple[Restriction, ...], Field(min_length=1, max_length=MOST_PARTS)]


class WeightedSum(_Described):
    """Several metrics of one unit, each times its weight, added up."""

    kind: Literal["weighted"] = "weighted"
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=MOST_PARTS)]


OwnMetric = Annotated[RatioOf | FilterOf | WeightedSum, Field(discriminator="kind")]
"""A definition of any kind."""

_READER: TypeAdapter[RatioOf | FilterOf | WeightedSum] = TypeAdapter(OwnMetric)
_KINDS = ("ratio", "filter", "weighted")


def own_metric_from(document: Mapping[str, Any]) -> RatioOf | FilterOf | WeightedSum:
    """Read a definition from a form or a file; whether its metrics exist is told when it is built.

    Raises
    ------
    BadMetricError
        Names the field that is wrong.

    Examples
    --------
    >>> own_metric_from({"kind": "ratio", "name": "units_each", "label": "件数",
    ...                  "numerator": "units_sold", "denominator": "orders_paid"}).numerator
    'units_sold'
    """
    try:
        return _READER.validate_python(dict(document))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        # The first step names the kind that was tried, and a step like `str` the type of a value that was.
        parts = [str(part) for part in first["loc"]]
        if parts and parts[0] in _KINDS:
            parts = parts[1:]
        parts = [part for part in parts if part.isidentifier() or part.isdecimal()]
        if "value" in parts:
            parts = parts[: parts.index("value") + 1]
        why = first["msg"].removeprefix("Value error, ")
        raise BadMetricError(str(document.get("name") or "?"), ".".join(parts) or "kind", why) from None


def own_metrics_from_toml(text: str) -> tuple[RatioOf | FilterOf | WeightedSum, ...]:
    r"""Read a file of definitions: a ``[[metric]]`` for each.

    Raises
    ------
    BadMetricError
        Names the metric and the field.

    Examples
    --------
    >>> [found] = own_metrics_from_toml('[[metric]]\nkind = "filter"\nname = "west"\nlabel = "西部"\n'
    ...     'of = "gmv_paid"\nwhere = [{ field = "province", value = ["西藏", "新疆"] }]')
    >>> found.where[0].values
    ('西藏', '新疆')
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMetricError("?", "the file", f"it is no TOML: {error}") from None
    listed = document.get("metric")
    if (
        not isinstance(listed, list)
        or set(document) != {"metric"}
        or not all(isinstance(each, dict) for each in listed)
    ):
        raise BadMetricError("?", "metric", "the file holds [[metric]] sections and nothing else")
    found = tuple(own_metric_from(each) for each in listed)
    names = [each.name for each in found]
    for name in names:
        if names.count(name) > 1:
            raise BadMetricError(name, "name", "two metrics of the file have it")
    return found


def own_metrics_to_toml(metrics: Iterable[RatioOf | FilterOf | WeightedSum]) -> str:
    r"""Write definitions as a file that :func:`own_metrics_from_toml` reads back.

    Examples
    --------
    >>> print(own_metrics_to_toml([WeightedSum(name="effort", label="投入", parts=(Part(metric="visits", weight=2),))]),
    ...       end="")
    [[metric]]
    kind = "weighted"
    name = "effort"
    label = "投入"
    parts = [{ metric = "visits", weight = 2.0 }]
    """
    return "\n".join("\n".join(_section(each.document())) + "\n" for each in metrics)


def _section(document: Mapping[str, Any]) -> Iterator[str]:
    yield "[[metric]]"
    for key, value in document.items():
        yield f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    match value:
        case Mapping():
            return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case str():
            # Of the letters that TOML wants escaped, JSON leaves DEL as it is.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case _:
            return json.dumps(value)
