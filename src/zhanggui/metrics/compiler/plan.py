"""From a question to the scans that answer it: measures that can share a pass do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics.compiler.needs import Spine, allocated_column, holder_of, tables_of
from zhanggui.metrics.compiler.scan import FilterShape, Scan, parameter_name
from zhanggui.metrics.dimensions import DIMENSIONS, PARENT, path_of
from zhanggui.metrics.model import Distinct, Lapse, Leaf, Level, Sum
from zhanggui.metrics.problems import CannotSplitError
from zhanggui.metrics.question import Filter, Question
from zhanggui.metrics.reach import ByDate


@dataclass(frozen=True, slots=True)
class Plan:
    """The scans of a question, and the values to bind in each of them but for the period."""

    scans: tuple[Scan, ...]
    values: dict[str, object]


def planned(question: Question, leaves: Iterable[Leaf], by: tuple[str, ...] | None = None) -> Plan:
    """Return which passes compute `leaves` for the cells of `question`.

    Parameters
    ----------
    question : Question
        A checked question.
    leaves : iterable of Sum, Distinct, Lapse or Level
        What to compute.
    by : tuple of str, optional
        Dimensions to split by instead of the question's own, without any date.
    """
    unique = tuple(dict.fromkeys(leaves))
    dims = question.dimensions if by is None else by
    grain = question.grain if by is None else None
    shapes, values = _shapes(question.where)
    names = (*dims, *(shape.dim for shape in shapes))
    is_dated = bool(grain or question.date_from or question.date_to) or any(DIMENSIONS[name].is_dated for name in names)
    spines = _shared({leaf: _spine(leaf, names) for leaf in unique})
    groups: dict[tuple[Spine, str | None, tuple[str, ...]], list[Leaf]] = {}
    for leaf in unique:
        date = leaf.date if is_dated else None
        groups.setdefault((spines[leaf], date, _entity(leaf, spines[leaf])), []).append(leaf)
    scans = tuple(
        Scan(
            spine=spine,
            date=date,
            grain=grain,
            date_name=question.date_name if grain else None,
            by=dims,
            where=shapes,
            has_from=question.date_from is not None,
            has_to=question.date_to is not None,
            entity=entity,
            measures=tuple(measures),
        )
        for (spine, date, entity), measures in _sums_ride_along(groups).items()
    )
    return Plan(scans, values)


def possible_dimensions(leaves: Sequence[Leaf]) -> tuple[str, ...]:
    """Return the dimensions that all of `leaves` can be split by; none where nothing is computed."""
    if not leaves:
        return ()
    return tuple(name for name in DIMENSIONS if all(_fitting_spine(leaf, (name,)) is not None for leaf in leaves))


def is_additive_over(leaf: Leaf, dimension: str) -> bool:
    """Return whether the values of a leaf over the parts of `dimension` add up to its total.

    Counting orders by product counts an order once under each of its products, so it does not add up.
    """
    if isinstance(leaf, Distinct | Lapse):
        return False
    if isinstance(leaf, Level):
        return path_of(DIMENSIONS[dimension], tables_of((leaf.table,))) is not None
    spine = _fitting_spine(leaf, (dimension,))
    return spine is not None and not _entity(leaf, spine)


def _spine(leaf: Leaf, names: Sequence[str]) -> Spine:
    spine = _fitting_spine(leaf, names)
    if spine is None:
        wrong = next((name for name in names if _fitting_spine(leaf, (name,)) is None), names[0])
        raise CannotSplitError(leaf.name, wrong, possible=possible_dimensions((leaf,)))
    return spine


def _fitting_spine(leaf: Leaf, names: Sequence[str]) -> Spine | None:
    """Return the tables whose rows hold the measure and reach all the dimensions, the fewest first."""
    parts = [part for part, whole in PARENT.items() if whole == leaf.table]
    for spine in ((leaf.table,), *((leaf.table, part) for part in parts)):
        if all(_is_reached(leaf, name, spine) for name in names) and (len(spine) == 1 or _can_be_split(leaf, spine)):
            return spine
    return None


def _is_reached(leaf: Leaf, name: str, spine: Spine) -> bool:
    """Return whether rows reach a dimension by the day that a leaf is dated by: not every day has an hour."""
    found = path_of(DIMENSIONS[name], tables_of(spine))
    return found is not None and not (isinstance(found[1], ByDate) and leaf.date not in found[1].columns)


def _can_be_split(leaf: Leaf, spine: Spine) -> bool:
    if isinstance(leaf, Lapse | Level):
        return False
    if isinstance(leaf, Distinct) or leaf.value is None:
        return True
    return allocated_column(spine, holder_of(leaf.table, leaf.value), leaf.value) is not None


def _shared(spines: dict[Leaf, Spine]) -> dict[Leaf, Spine]:
    """Let measures of the parts ride on a pass over wholes and parts where there is one at the same date."""
    split = {(spine[1], leaf.date): spine for leaf, spine in spines.items() if len(spine) > 1}
    return {
        leaf: split.get((spine[0], leaf.date), spine) if isinstance(leaf, Sum) else spine
        for leaf, spine in spines.items()
    }


def _entity(leaf: Leaf, spine: Spine) -> tuple[str, ...]:
    if isinstance(leaf, Distinct):
        return (leaf.entity, leaf.date) if leaf.is_per_day else (leaf.entity,)
    if isinstance(leaf, Level):
        return (leaf.date,)
    if isinstance(leaf, Lapse):
        return ()
    counts_wholes = leaf.value is None and len(spine) > 1 and leaf.table == spine[0]
    return ALL_TABLES[leaf.table].key if counts_wholes else ()


def _sums_ride_along(
    groups: dict[tuple[Spine, str | None, tuple[str, ...]], list[Leaf]],
) -> dict[tuple[Spine, str | None, tuple[str, ...]], list[Leaf]]:
    """Join sums over order lines with the count of orders over the same rows: one pass serves both."""
    result = dict(groups)
    for spine, date, entity in groups:
        if entity == ALL_TABLES[spine[0]].key and (spine, date, ()) in result:
            result[(spine, date, entity)] = [*result[(spine, date, entity)], *result.pop((spine, date, ()))]
    return result


def _shapes(filters: Sequence[Filter]) -> tuple[tuple[FilterShape, ...], dict[str, object]]:
    shapes: list[FilterShape] = []
    values: dict[str, object] = {}
    for place, each in enumerate(filters):
        given = [value for value in each.values if value is not None]
        is_on_key = DIMENSIONS[each.dim].filtered_on is not None and bool(given) and all(_number(v) for v in given)
        shapes.append(FilterShape(each.dim, len(given), len(given) < len(each.values), is_on_key))
        for number, value in enumerate(given):
            values[parameter_name(place, number)] = int(str(value)[1:]) if is_on_key else value
    return tuple(shapes), values


def _number(value: str | int) -> bool:
    text = str(value)
    return text.startswith("#") and text[1:].isdecimal()
