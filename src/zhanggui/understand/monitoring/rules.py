"""A rule of monitoring, as data: what is watched where, what is looked for, and whose it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator, model_validator

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Filter, Metric, filters_from_text
from zhanggui.metrics.cards import metric_named
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.problems import QuestionError
from zhanggui.understand.monitoring.conditions import Band, Change, ChangePoint, Condition, Forecast

Severity = Literal["info", "warning", "critical"]
StepGrain = Literal["day", "week", "month"]

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


class BadRuleError(ZhangguiError):
    """A rule cannot be used as it is written.

    Attributes
    ----------
    field : str
        The field that is wrong, such as ``when.fall``.
    """

    code = "bad_rule"

    def __init__(self, rule: str, field: str, why: str) -> None:
        self.rule = rule
        self.field = field
        super().__init__(
            f"The rule cannot be used: {why}.",
            where=f"rule {rule!r}, field {field}",
            next_step="correct that field; docs/how_to/watch_the_shop.md lists them all",
        )

    def to_json(self) -> dict[str, dict[str, object]]:
        """Return the error with the field that is wrong, for a form."""
        answer = super().to_json()
        answer["error"]["field"] = self.field
        return answer


class UnknownRuleError(ZhangguiError):
    """No rule has this name."""

    code = "unknown_rule"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no rule {name!r}.",
            where=f"rule {name!r}",
            next_step="`zhanggui alerts rules` lists them, as the Alerts page does",
        )


class Rule(BaseModel):
    """One rule.

    Attributes
    ----------
    name : str
        Name under which it is kept; letters, digits, ``_`` and ``-``.
    title : str
        What a person calls it; told from its content where empty.
    metric : str
        Name in the catalogue.
    where : str
        Filters, as ``--where`` takes them; the whole shop where empty.
    by : str or None
        A dimension, each value of which is watched by itself.
    when : Condition
        What is looked for.
    grain : {"day", "week", "month"}
        Step of the series.
    min_base : float
        Paid amount that a place has in an ordinary step, in yuan, below which nothing is said: thin data moves by luck.
    owner : str
        Whose alerts they are; the metric's owner where empty.
    severity : {"info", "warning", "critical"}
        How grave they are.
    snooze_days : int
        How long an alert is put away unless asked otherwise.
    quiet_hours : str or None
        ``HH:MM-HH:MM`` of the shop's day in which nothing is sent unless it is critical.
    is_on : bool
        Whether it is watched.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
    title: Annotated[str, Field(max_length=120)] = ""
    metric: str
    where: Annotated[str, Field(max_length=500)] = ""
    by: str | None = None
    when: Condition
    grain: StepGrain = "day"
    min_base: Annotated[float, Field(ge=0)] = 0.0
    owner: Annotated[str, Field(max_length=100)] = ""
    severity: Severity = "warning"
    snooze_days: Annotated[int, Field(ge=1, le=90)] = 7
    quiet_hours: str | None = None
    is_on: bool = True
    _metric: Metric | None = PrivateAttr(default=None)

    def model_post_init(self, context: object) -> None:
        """Find the metric in the catalogue that the rule is read with, the product's where none is given."""
        self._metric = (context if isinstance(context, Mapping) else CATALOGUE).get(self.metric)

    @field_validator("quiet_hours")
    @classmethod
    def _spans_hours(cls, text: str | None) -> str | None:
        if text and not _HOURS.fullmatch(text):
            raise ValueError("write hours as 22:00-08:00")
        return text or None

    @field_validator("by")
    @classmethod
    def _named_or_none(cls, text: str | None) -> str | None:
        return text or None

    @model_validator(mode="after")
    def _steps_fit(self) -> Rule:
        if self.grain != "day" and isinstance(self.when, Band | ChangePoint | Forecast):
            raise ValueError("bands, change points and forecasts are learned from days; choose grain day")
        if self.grain != "day" and isinstance(self.when, Change) and self.when.against == "week":
            raise ValueError("only days are compared with the week before; compare with step or year")
        return self

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters, read."""
        return filters_from_text(self.where) if self.where else ()

    @property
    def watched(self) -> Metric:
        """The metric."""
        return metric_named(self.metric) if self._metric is None else self._metric

    @property
    def owned_by(self) -> Text:
        """Whose alerts they are."""
        return Text.same(self.owner) if self.owner else Text(self.watched.owner_zh, self.watched.owner_en)

    def document(self) -> dict[str, Any]:
        """Return the rule as JSON values, without what is as it comes."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"when"}) | {
            "when": {"kind": self.when.kind, **self.when.model_dump(mode="json", exclude_defaults=True)}
        }

    def is_quiet(self, moment: datetime) -> bool:
        """Tell whether nothing is sent at a moment of the shop's own clock.

        Examples
        --------
        >>> rule = rule_from({"name": "r", "metric": "visitors", "when": {"kind": "below", "limit": 9},
        ...                   "quiet_hours": "22:00-08:00"})
        >>> [rule.is_quiet(datetime(2020, 2, 1, hour)) for hour in (7, 8, 21, 22)]
        [True, False, False, True]
        """
        if self.quiet_hours is None or self.severity == "critical":
            return False
        begin, end = map(time.fromisoformat, self.quiet_hours.split("-"))
        now = moment.time()
        return begin <= now < end if begin <= end else now >= begin or now < end


def rule_from(document: Mapping[str, Any], catalogue: Mapping[str, Metric] = CATALOGUE) -> Rule:
    """Read a rule from a form or a file; the metric it watches is one of the catalogue.

    Raises
    ------
    BadRuleError
        Names the field that is wrong.
    """
    name = str(document.get("name") or "?")
    try:
        rule = Rule.model_validate(dict(document), context=catalogue)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        # Between the field and its parts pydantic names the kind of condition that it tried.
        parts = [str(part) for part in first["loc"]]
        if len(parts) > 1 and parts[0] == "when":
            parts = [parts[0], *parts[2:]]
        raise BadRuleError(name, ".".join(parts) or "when", first["msg"].removeprefix("Value error, ")) from None
    _checked(rule)
    return rule


def _checked(rule: Rule) -> None:
    field = "metric"
    try:
        possible = possible_dimensions(tuple(rule.watched.leaves()))
        field = "where"
        named = [(field, each.dim) for each in rule.filters]
        named += [("by", rule.by)] if rule.by else []
    except QuestionError as error:
        raise BadRuleError(rule.name, field, error.what.rstrip(".")) from None
    if isinstance(rule.when, Forecast) and not rule.watched.is_additive:
        raise BadRuleError(
            rule.name, "metric", f"{rule.metric} does not add up to a month, so it has no end to foresee"
        )
    for field, dimension in named:
        if dimension not in possible:
            why = f"{rule.metric} cannot be split by {dimension!r}, only by {', '.join(possible)}"
            raise BadRuleError(rule.name, field, why)


def rules_from_toml(text: str, catalogue: Mapping[str, Metric] = CATALOGUE) -> tuple[Rule, ...]:
    r"""Read a file of rules: a ``[[rule]]`` for each, with its condition under ``[rule.when]``.

    Raises
    ------
    BadRuleError
        Names the rule and the field.

    Examples
    --------
    >>> [rule] = rules_from_toml('[[rule]]\nname = "r"\nmetric = "visitors"\nwhen = {kind = "below", limit = 9}')
    >>> rule.when
    Below(kind='below', limit=9.0)
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleError("?", "the file", f"it is no TOML: {error}") from None
    listed = document.get("rule")
    if not isinstance(listed, list) or set(document) != {"rule"}:
        raise BadRuleError("?", "rule", "the file holds [[rule]] sections and nothing else")
    found = tuple(rule_from(each, catalogue) for each in listed)
    names = [rule.name for rule in found]
    for name in names:
        if names.count(name) > 1:
            raise BadRuleError(name, "name", "two rules of the file have it")
    return found


def rules_to_toml(rules: Iterable[Rule]) -> str:
    r"""Write rules as a file that :func:`rules_from_toml` reads back.

    Examples
    --------
    >>> print(rules_to_toml(rules_from_toml('[[rule]]\nname = "r"\nmetric = "visitors"\n'
    ...                                     'when = {kind = "below", limit = 9}')), end="")
    [[rule]]
    name = "r"
    metric = "visitors"
    when = { kind = "below", limit = 9.0 }
    """
    return "\n".join("\n".join(_section(rule)) + "\n" for rule in rules)


def _section(rule: Rule) -> Iterator[str]:
    yield "[[rule]]"
    document = rule.document()
    when = document.pop("when")
    for key, value in document.items():
        yield f"{key} = {_toml(value)}"
    yield "when = { " + ", ".join(f"{key} = {_toml(value)}" for key, value in when.items()) + " }"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = "".join(f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter
                          for letter in value.replace("\\", "\\\\").replace('"', '\\"'))  # fmt: skip
        return f'"{escaped}"'
    return str(value)
