"""What can be wrong with a question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from difflib import get_close_matches

from zhanggui.errors import ZhangguiError


def _closest(name: str, known: Collection[str]) -> str | None:
    near = get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.5)
    return near[0] if near else None


class QuestionError(ZhangguiError):
    """A question cannot be answered as it is put."""

    code = "bad_question"


class UnknownMetricError(QuestionError):
    """A question asks for a metric that the catalogue does not hold."""

    code = "unknown_metric"

    def __init__(self, name: str, *, known: Collection[str], where: str = "the question's metrics") -> None:
        self.name = name
        self.closest = _closest(name, known)
        hint = f"did you mean {self.closest}? " if self.closest else ""
        super().__init__(
            f"Metric {name!r} is not in the catalogue.",
            where=where,
            next_step=f"{hint}`zhanggui metrics list` shows them all",
        )


class UnknownDimensionError(QuestionError):
    """A question splits or filters by something that is no dimension."""

    code = "unknown_dimension"

    def __init__(self, name: str, *, known: Collection[str], where: str) -> None:
        self.name = name
        self.closest = _closest(name, known)
        hint = f"did you mean {self.closest}? " if self.closest else ""
        super().__init__(
            f"{name!r} is not a dimension.", where=where, next_step=f"{hint}known are: {', '.join(sorted(known))}"
        )


class CannotSplitError(QuestionError):
    """A metric has no relation to a dimension."""

    code = "cannot_split"

    def __init__(self, metric: str, dimension: str, *, possible: Sequence[str]) -> None:
        self.metric = metric
        self.dimension = dimension
        super().__init__(
            f"Metric {metric!r} cannot be split or filtered by {dimension!r}: its rows do not hold it.",
            where=f"{metric} by {dimension}",
            next_step=f"{metric} goes by: {', '.join(possible)}",
        )


class BadFilterError(QuestionError):
    """A filter is not of the form dimension=value, or its value does not fit."""

    code = "bad_filter"

    def __init__(self, text: str, *, why: str) -> None:
        self.text = text
        super().__init__(
            f"Filter {text!r} {why}.",
            where="--where",
            next_step="write dimension=value, or dimension=value,value for any of several",
        )


class BackwardPeriodError(QuestionError):
    """A period ends before it begins."""

    code = "backward_period"

    def __init__(self, date_from: date, date_to: date) -> None:
        super().__init__(
            f"The period ends on {date_to} before it begins on {date_from}.",
            where="--from / --to",
            next_step="swap the two dates",
        )


class BadChoiceError(QuestionError):
    """A word of the question is not one of those allowed."""

    code = "bad_choice"

    def __init__(self, word: object, *, where: str, allowed: Collection[str]) -> None:
        super().__init__(f"{word!r} is not possible here.", where=where, next_step=f"use one of: {', '.join(allowed)}")


class EmptyQuestionError(QuestionError):
    """A question without a metric."""

    code = "empty_question"

    def __init__(self) -> None:
        super().__init__(
            "The question asks for no metric.",
            where="the question's metrics",
            next_step="name at least one; `zhanggui metrics list` shows them all",
        )
