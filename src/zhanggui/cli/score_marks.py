"""The marks of ``zhanggui score``: one planted truth each, with what is reported of it, and how they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from zhanggui.cli.terminal import language, say, table_lines

EXACT, WITHIN, OFF = "exact", "within tolerance", "off"
NOT_LOADED, NOT_BUILT, NOT_PLANTED = "not loaded", "not built yet", "not planted"
RIGHT = (EXACT, WITHIN)


@dataclass(frozen=True, slots=True)
class Mark:
    """One planted truth and what is reported of it.

    Attributes
    ----------
    id : str
        Catalogue id.
    what : str
        Which figure or fact.
    where : mapping
        Store, month, days and the like.
    truth : float or None
        As the world has it; None where it is a fact and no figure.
    reported : float or None
        As Zhanggui says; None where it says nothing.
    error : float or None
        Reported minus true.
    tolerance : float or None
        What the error may be; None where none is stated.
    status : str
        ``exact``, ``within tolerance``, ``off``, ``not loaded``, ``not built yet`` or ``not planted``.
    reason : mapping
        Why it is not planted, by language.
    asked : str
        The command that was asked, without the program's name.
    """

    id: str
    what: str
    where: Mapping[str, Any] = field(default_factory=dict)
    truth: float | None = None
    reported: float | None = None
    error: float | None = None
    tolerance: float | None = None
    status: str = NOT_BUILT
    reason: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""


def beside(mark: Mark, reported: float | None) -> Mark:
    """Return a mark with what was reported of it."""
    if reported is None or mark.truth is None:
        return replace(mark, status=NOT_LOADED)
    error = round(reported - mark.truth, 6)
    status = EXACT if not error else WITHIN if abs(error) <= (mark.tolerance or 0.0) else OFF
    return replace(mark, reported=reported, error=error, status=status)


def summary(marks: list[Mark]) -> dict[str, int]:
    """Return how many truths there are of each status."""
    counts = Counter(mark.status for mark in marks)
    return {status: counts[status] for status in (EXACT, WITHIN, OFF, NOT_LOADED, NOT_BUILT, NOT_PLANTED)}


def print_marks(marks: list[Mark]) -> None:
    """Print how many truths of each catalogue id are answered, and those that are not right one by one."""
    is_zh = language() == "zh"
    header = (
        ["编号", "植入", "答对", "不符", "未装载", "尚无功能", "未植入"]
        if is_zh
        else ["id", "truths", "right", "off", "not loaded", "not built yet", "not planted"]
    )
    rows = []
    for id_ in sorted({mark.id for mark in marks}):
        counts = Counter(mark.status for mark in marks if mark.id == id_)
        cells = [sum(counts.values()), sum(counts[status] for status in RIGHT)]
        cells += [counts[status] for status in (OFF, NOT_LOADED, NOT_BUILT, NOT_PLANTED)]
        rows.append([id_, *(f"{count:,}" if count else "-" for count in cells)])
    for line in table_lines(header, rows, right=[False, *[True] * 6]):
        say(line)
    for mark in marks:
        if mark.status in (OFF, NOT_LOADED):
            where = " ".join(str(value) for value in mark.where.values())
            true, shown = ("-" if each is None else f"{each:,.2f}" for each in (mark.truth, mark.reported))
            said = f"真值 {true}，报告 {shown}" if is_zh else f"truth {true}, reported {shown}"
            say(f"{mark.id} {mark.what} {where}: {said}")
    counts_of = summary(marks)
    right, answered = counts_of[EXACT] + counts_of[WITHIN], sum(counts_of[each] for each in (EXACT, WITHIN, OFF))
    say(
        f"{answered} 个有回答，其中 {right} 个正确；{counts_of[NOT_BUILT]} 个还没有功能回答"
        if is_zh
        else f"{right} of {answered} answers right; no feature answers {counts_of[NOT_BUILT]} yet"
    )
