"""What can be wrong with a metric of the shop's own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from zhanggui.errors import ZhangguiError
from zhanggui.metrics.problems import QuestionError


class BadMetricError(ZhangguiError):
    """A definition cannot be used as it is written.

    Attributes
    ----------
    metric : str
        The metric.
    field : str
        The field that is wrong, such as ``where.0.value``.
    """

    code = "bad_metric"

    def __init__(self, metric: str, field: str, why: str) -> None:
        self.metric = metric
        self.field = field
        super().__init__(
            f"The metric cannot be used: {why}.",
            where=f"metric {metric!r}, field {field}",
            next_step="correct that field; docs/how_to/own_metrics.md lists them all",
        )

    def to_json(self) -> dict[str, dict[str, object]]:
        """Return the error with the field that is wrong, for a form."""
        answer = super().to_json()
        answer["error"]["field"] = self.field
        return answer


class NotOwnMetricError(ZhangguiError):
    """The shop has defined no metric of this name."""

    code = "not_own_metric"

    def __init__(self, name: str, *, known: Collection[str]) -> None:
        self.name = name
        super().__init__(
            f"The shop has defined no metric {name!r}.",
            where=f"metric {name!r}",
            next_step=f"it has defined: {', '.join(sorted(known))}" if known else "`zhanggui metrics define FILE`",
        )


class MetricInUseError(ZhangguiError):
    """Another metric is made of one that is to be taken away."""

    code = "metric_in_use"

    def __init__(self, name: str, *, used_by: str) -> None:
        self.name = name
        self.used_by = used_by
        super().__init__(
            f"Metric {name!r} cannot be taken away: {used_by!r} is made of it.",
            where=f"metric {name!r}",
            next_step=f"take {used_by!r} away first, or make it of something else",
        )


class NotDefinedThenError(QuestionError):
    """A question goes by the definitions of a day on which one of its metrics had none."""

    code = "not_defined_then"

    def __init__(self, name: str, day: date, *, first: str | None) -> None:
        self.name = name
        super().__init__(
            f"Metric {name!r} was not defined on {day.isoformat()}.",
            where="--as-defined",
            next_step=f"it was first defined on {first}; `zhanggui metrics history {name}` shows when it was current"
            if first
            else "choose a later day",
        )
