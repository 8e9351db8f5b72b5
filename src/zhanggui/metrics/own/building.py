"""From definitions to metrics: ordinary objects of the catalogue's kinds, so that everything else treats them alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal, NoReturn

from zhanggui.ledger.jobs import StoreRecord
from zhanggui.metrics.catalogue import CATALOGUE
from zhanggui.metrics.coverage import needs_buyer
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.metrics.model import (
    Awaited,
    Difference,
    Distinct,
    Evidence,
    Filters,
    Lapse,
    Leaf,
    Level,
    Metric,
    Ratio,
    Sum,
    Total,
    Unit,
    Weighted,
)
from zhanggui.metrics.own.conditions import UnfitError, filters_of
from zhanggui.metrics.own.definition import FilterOf, RatioOf, Restriction, WeightedSum
from zhanggui.metrics.own.problems import BadMetricError
from zhanggui.metrics.problems import UnknownMetricError
from zhanggui.metrics.question import DATE, GRAINS

OWN_ID = "C-QUAL-06"
"""Requirement that every metric of a shop's own answers."""

_LEAST_SURE = (Evidence.DECLARED, Evidence.ESTIMATED, Evidence.ATTRIBUTED, Evidence.COUNTED, Evidence.MEASURED)
_TAKEN = frozenset({*DIMENSIONS, *GRAINS, DATE, "label", "value", "compare", "change", "shop_id"})
"""Words that already name a column of an answer."""

Definition = RatioOf | FilterOf | WeightedSum


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition, and which version of it."""

    definition: Definition
    version: int = 1


def catalogue_with(own: Sequence[Defined], stores: Sequence[StoreRecord] = ()) -> Mapping[str, Metric]:
    """Return the product's catalogue with a shop's own metrics after it.

    Parameters
    ----------
    own : sequence of Defined
        Definitions; one may name another.
    stores : sequence of StoreRecord
        The stores of the shop, which filters by platform and store look up.

    Raises
    ------
    BadMetricError
        Names the metric and the field that is wrong.

    Examples
    --------
    >>> west = FilterOf(name="west", label="西部", of="gmv_paid", where=(Restriction(field="province", value="西藏"),))
    >>> share = RatioOf(name="west_share", label="西部占比", numerator="west", denominator="gmv_paid")
    >>> catalogue_with([Defined(share), Defined(west)])["west_share"].formula
    'west ÷ gmv_paid'
    """
    return MappingProxyType({**CATALOGUE, **_Builder(own, stores).all()})


class _Builder:
    """Builds each definition after those that it names."""

    def __init__(self, own: Sequence[Defined], stores: Sequence[StoreRecord]) -> None:
        self._own = {each.definition.name: each for each in own}
        self._stores = stores
        self._built: dict[str, Metric] = {}
        self._under_way: list[str] = []

    def all(self) -> dict[str, Metric]:
        return {name: self._own_metric(name) for name in self._own}

    def _own_metric(self, name: str) -> Metric:
        if name not in self._built:
            definition, version = self._own[name].definition, self._own[name].version
            if name in CATALOGUE:
                raise BadMetricError(name, "name", "a metric of the product has this name")
            if name in _TAKEN:
                raise BadMetricError(name, "name", "this word names a column of answers")
            self._under_way.append(name)
            self._built[name] = replace(_made(definition, self), version=version)
            self._under_way.pop()
        return self._built[name]

    def metric(self, asked_by: str, field: str, name: str) -> Metric:
        """Return a metric that a definition names."""
        if name in self._under_way:
            raise BadMetricError(asked_by, field, f"{name} is defined by {asked_by} itself")
        if name in self._own:
            return self._own_metric(name)
        if name not in CATALOGUE:
            error = UnknownMetricError(name, known=(*CATALOGUE, *self._own))
            hint = f"; did you mean {error.closest}?" if error.closest else ""
            raise BadMetricError(asked_by, field, f"there is no metric {name!r}{hint}")
        return CATALOGUE[name]

    def filters(self, name: str, where: Sequence[Restriction], leaf: Leaf) -> Filters:
        """Return the restrictions of a definition as conditions of the rows of a leaf."""
        found: list[object] = []
        for place, each in enumerate(where):
            try:
                found += filters_of(each, leaf, self._stores)
            except UnfitError as error:
                raise BadMetricError(name, f"where.{place}.{error.field}", error.why) from None
        return tuple(found)  # type: ignore[arg-type]  # what filters_of gives


def _made(definition: Definition, builder: _Builder) -> Metric:
    match definition:
        case RatioOf():
            return _ratio(definition, builder)
        case FilterOf():
            return _filtered(definition, builder)
        case WeightedSum():
            return _weighted(definition, builder)


def _ratio(given: RatioOf, builder: _Builder) -> Metric:
    above = _summed(given.name, "numerator", builder.metric(given.name, "numerator", given.numerator))
    below = _summed(given.name, "denominator", builder.metric(given.name, "denominator", given.denominator))
    metric = Ratio(
        **_card(given, (above, below)),
        unit=_unit_of(given, above, below),
        formula=f"{above.name} ÷ {below.name}",
        numerator=above,
        denominator=below,
    )
    return _told(
        given,
        metric,
        f"{above.label_zh}除以{below.label_zh}，各自先求和再相除。",
        f"{above.label_en} divided by {below.label_en}, each summed first.",
    )


def _unit_of(given: RatioOf, above: Metric, below: Metric) -> Unit:
    """Return the unit of a ratio, or refuse one that has no meaning."""

    def refuse(why: str) -> NoReturn:
        raise BadMetricError(given.name, "unit", why)

    asked = None if given.unit is None else Unit(given.unit)
    if above.unit is Unit.MONEY and below.unit is Unit.COUNT:
        return Unit.MONEY if asked in (None, Unit.MONEY) else refuse("money divided by a count is money")
    if above.unit is below.unit:
        return refuse("a ratio of two of a kind is no money") if asked is Unit.MONEY else asked or Unit.RATIO
    raise BadMetricError(given.name, "denominator", f"{above.unit} divided by {below.unit} has no unit")


def _summed(name: str, field: str, part: Metric) -> Metric:
    """Return a part that is summed before it is divided or weighed, and refuse any other."""
    if is_sum(part):
        return part
    raise BadMetricError(name, field, f"{part.name} is no sum or count, and only those stay exact at every level")


def is_sum(metric: Metric) -> bool:
    """Return whether a metric is a sum or count, or adds such up: only those can be divided and weighed.

    Examples
    --------
    >>> is_sum(CATALOGUE["net_revenue"]), is_sum(CATALOGUE["refund_rate"])
    (True, False)
    """
    return isinstance(metric, Sum | Distinct | Awaited | Difference | Total) and all(map(is_sum, metric.parts))


def _weighted(given: WeightedSum, builder: _Builder) -> Metric:
    terms = tuple(
        (_summed(given.name, f"parts.{place}.metric", builder.metric(given.name, f"parts.{place}.metric", each.metric)),
         each.weight)
        for place, each in enumerate(given.parts)
    )  # fmt: skip
    units = [part.unit for part, _ in terms]
    for place, unit in enumerate(units):
        if unit is not units[0]:
            why = f"{terms[place][0].name} is {unit}, {terms[0][0].name} is {units[0]}: they do not add up"
            raise BadMetricError(given.name, f"parts.{place}.metric", why)
    metric = Weighted(
        **_card(given, tuple(part for part, _ in terms)),
        unit=units[0],
        formula=" + ".join(f"{weight:g} × {part.name}" for part, weight in terms),
        terms=terms,
    )
    return _told(
        given,
        metric,
        f"{'，加'.join(f'{part.label_zh}乘以 {weight:g}' for part, weight in terms)}。",
        f"{', plus '.join(f'{part.label_en} times {weight:g}' for part, weight in terms)}.",
    )


def _filtered(given: FilterOf, builder: _Builder) -> Metric:
    of = builder.metric(given.name, "of", given.of)
    if not tuple(of.leaves()):
        raise BadMetricError(given.name, "of", f"{of.name} is computed from no rows yet, so none can be left out")
    for leaf in of.leaves():
        _check_part_is_known(given.name, of, leaf)
    said, said_zh, said_en = (_said(given.where, which) for which in ("name", "zh", "en"))
    card = {**_card(given, (of,)), "good": given.good if "good" in given.model_fields_set else of.good}
    metric = replace(_restricted(of, given, builder), **card, formula=f"{of.name} where {said}")
    plain_zh, plain_en = of.definition_zh.rstrip("。"), of.definition_en.rstrip(".")
    return _told(given, metric, f"{plain_zh}。只看{said_zh}。", f"{plain_en}. Only where {said_en}.")


def _check_part_is_known(name: str, of: Metric, leaf: Leaf) -> None:
    """Refuse what a condition of its rows would count otherwise than the same filter of a question."""
    if isinstance(leaf, Distinct) and leaf.is_first_ever:
        why = f"{leaf.name} counts what is the first of all history, not the first among some rows"
    elif needs_buyer(leaf):
        # A part in which nobody is known would count nobody, where the answer is that it is not known.
        why = f"{leaf.name} tells buyers apart, who are known in some parts and not in others"
    else:
        return
    raise BadMetricError(name, "of", f"{why}; ask {of.name} with --where instead")


def _said(where: Sequence[Restriction], which: Literal["name", "zh", "en"]) -> str:
    """Return restrictions as one reads them: by the names of their fields, or by what people call those."""

    def field(name: str) -> str:
        dimension = DIMENSIONS.get(name)
        if dimension is None or which == "name":
            return name
        return dimension.label_zh if which == "zh" else dimension.label_en.lower()

    said = (f"{field(each.field)} {each.operator} {', '.join(map(str, each.values))}" for each in where)
    return ("，且 " if which == "zh" else " and ").join(said)


def _restricted(metric: Metric, given: FilterOf, builder: _Builder) -> Metric:
    """Return a metric over fewer rows, its parts under names of their own."""

    def part(each: Metric) -> Metric:
        inner = _restricted(each, given, builder)
        label = (f"{each.label_zh}（{given.label}）", f"{each.label_en} ({given.label_en or given.label})")
        return replace(inner, name=f"{given.name}__{each.name}", label_zh=label[0], label_en=label[1])

    match metric:
        case Sum() | Distinct() | Lapse() | Level():
            return replace(metric, where=(*metric.where, *builder.filters(given.name, given.where, metric)))
        case Ratio():
            return replace(metric, numerator=part(metric.numerator), denominator=part(metric.denominator))
        case Difference():
            return replace(metric, minuend=part(metric.minuend), subtrahend=part(metric.subtrahend))
        case Total():
            return replace(metric, addends=tuple(part(each) for each in metric.addends))
        case Weighted():
            return replace(metric, terms=tuple((part(each), weight) for each, weight in metric.terms))
    return metric


def _card(given: Definition, parts: Sequence[Metric]) -> dict[str, Any]:  # the fields that every kind has
    """Return what a metric's card says whatever its kind."""
    leaves = [each.evidence for part in parts for each in (part, *part.leaves())]
    return {
        "name": given.name,
        "label_zh": given.label,
        "label_en": given.label_en or given.label,
        "good": given.good,
        "definition_zh": "",
        "definition_en": "",
        "chain": parts[0].chain,
        "catalogue_ids": (OWN_ID,),
        "owner_zh": given.owner or parts[0].owner_zh,
        "owner_en": given.owner or parts[0].owner_en,
        "evidence": min(leaves, key=_LEAST_SURE.index),
    }


def _told(given: Definition, metric: Metric, zh: str, en: str) -> Metric:
    """Return the metric with the definition that was given, or with that which its content tells."""
    return replace(
        metric,
        definition_zh=given.definition or zh,
        definition_en=given.definition_en or given.definition or en,
    )


def named_by(definition: Definition) -> Iterator[str]:
    """Yield the metrics that a definition names.

    Examples
    --------
    >>> list(named_by(RatioOf(name="a_share", label="占比", numerator="visits", denominator="visitors")))
    ['visits', 'visitors']
    """
    match definition:
        case RatioOf(numerator=above, denominator=below):
            yield from (above, below)
        case FilterOf(of=of):
            yield of
        case WeightedSum(parts=parts):
            yield from (part.metric for part in parts)
