"""The shop's own metrics as the page, the terminal and the API give them; every change is kept with its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import BaseModel

from zhanggui.columns import FACTS, INPUT_COLUMNS
from zhanggui.i18n import Text
from zhanggui.ledger.shop import METRICS_FILE, Shop
from zhanggui.metrics import CATALOGUE, DIMENSIONS, Metric, Question
from zhanggui.metrics.cards import metric_named
from zhanggui.metrics.own import (
    OwnMetricBook,
    own_metric_from,
    own_metrics_from_toml,
    own_metrics_to_toml,
)
from zhanggui.metrics.own.building import is_sum
from zhanggui.metrics.own.conditions import OF_STORES, Place, places_of
from zhanggui.pagespec.words import Number
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.overview.unheard import unheard_values
from zhanggui.understand.view import Pairs, as_defined_from_pairs, question_from_pairs


class OwnMetricLine(BaseModel):
    """One metric of the shop's own.

    Attributes
    ----------
    document : dict
        The definition as form and file have it.
    error : str or None
        Why it cannot be used any more.
    """

    name: str
    label: Text
    definition: Text | None
    formula: str | None
    unit: str | None
    version: int
    since: str
    document: dict[str, Any]
    error: str | None


class MetricPick(BaseModel):
    """A metric that another can be made of.

    Attributes
    ----------
    is_sum : bool
        Whether it can be divided and weighed.
    rows : str or None
        Key of the fields that its rows can be filtered by; None where it has no rows.
    """

    name: str
    label: Text
    unit: str
    is_sum: bool
    rows: str | None


class FieldPick(BaseModel):
    """Something that rows can be filtered by."""

    name: str
    label: Text
    is_money: bool
    words: tuple[str, ...] = ()


class OwnMetricList(BaseModel):
    """The shop's own metrics, and what a new one can be made of; `fields` by the key of a metric's rows."""

    metrics: tuple[OwnMetricLine, ...]
    choices: tuple[MetricPick, ...]
    fields: dict[str, tuple[FieldPick, ...]]


class OwnMetricVersion(BaseModel):
    """One definition of a metric: `document` is null where it was taken away."""

    version: int
    since: str
    document: dict[str, Any] | None


class MetricHistory(BaseModel):
    """Every definition that a metric had, the oldest first; a metric of the product has the one of this program."""

    name: str
    origin: str
    versions: tuple[OwnMetricVersion, ...]


class OwnMetricTried(BaseModel):
    """What a definition gives before it is kept, over all days of the ledger."""

    formula: str
    definition: Text
    unit: str
    value: Number
    currency: str | None
    warnings: tuple[Text, ...]


def answered(desk: Desk, pairs: Pairs) -> dict[str, object]:
    """Return the answer to the question of a query string, by the definitions of the day that it may name.

    Raises
    ------
    QuestionError
        It cannot be understood, or a metric had no definition on that day.
    """
    day = as_defined_from_pairs(pairs)
    found = desk.ask(question_from_pairs(pairs), as_defined=day)
    answer = replace(found, warnings=(*found.warnings, *unheard_values(desk, found))).to_json()
    if day is None:
        return answer
    return answer | {
        "as_defined": day.isoformat(),
        "definitions": [
            {
                "name": metric.name,
                "version": metric.version,
                "origin": "built_in" if metric.name in CATALOGUE else "own",
                "formula": metric.formula,
            }
            for metric in found.metrics
        ],
    }


def own_metric_list(shop: Shop) -> OwnMetricList:
    """Return the shop's own metrics and what can be made of the catalogue."""
    book = OwnMetricBook(shop.state)
    catalogue, broken = book.catalogue(), book.broken()
    fields: dict[str, dict[str, FieldPick]] = {}
    picks = tuple(_pick(metric, fields) for metric in catalogue.values())
    return OwnMetricList(
        metrics=tuple(
            OwnMetricLine(
                name=each.name,
                label=_label(each.document or {}),
                definition=catalogue[each.name].definition if each.name in catalogue else None,
                formula=catalogue[each.name].formula if each.name in catalogue else None,
                unit=catalogue[each.name].unit.value if each.name in catalogue else None,
                version=each.version,
                since=_moment(each.defined_at),
                document=dict(each.document or {}),
                error=broken.get(each.name),
            )
            for each in book.current()
        ),
        choices=picks,
        fields={key: tuple(found.values()) for key, found in fields.items()},
    )


def define(shop: Shop, documents: Sequence[Mapping[str, Any]], now: float) -> tuple[str, ...]:
    """Keep definitions, all of them or none, and write the file of the shop directory; return their names.

    Raises
    ------
    BadMetricError
        Names the metric and the field that is wrong.
    """
    kept = OwnMetricBook(shop.state).define(tuple(map(own_metric_from, documents)), now)
    _write_file(shop)
    return tuple(each.name for each in kept)


def define_file(shop: Shop, text: str, now: float) -> tuple[str, ...]:
    """Keep the definitions of a TOML file, all of them or none; return their names."""
    return define(shop, [each.document() for each in own_metrics_from_toml(text)], now)


def remove(shop: Shop, name: str, now: float) -> None:
    """Take a metric away from now on, also from the file of the shop directory."""
    OwnMetricBook(shop.state).remove(name, now)
    _write_file(shop)


def as_toml(shop: Shop) -> str:
    """Return the shop's own metrics as a file that can be read back."""
    return own_metrics_to_toml(each.definition for each in OwnMetricBook(shop.state).definitions())


def history(shop: Shop, name: str) -> MetricHistory:
    """Return every definition that a metric had.

    Raises
    ------
    UnknownMetricError, NotOwnMetricError
        There never was such a metric.
    """
    if name in CATALOGUE:
        plain = OwnMetricVersion(version=metric_named(name).version, since="", document=None)
        return MetricHistory(name=name, origin="built_in", versions=(plain,))
    versions = tuple(
        OwnMetricVersion(version=each.version, since=_moment(each.defined_at), document=_plain(each.document))
        for each in OwnMetricBook(shop.state).history(name)
    )
    return MetricHistory(name=name, origin="own", versions=versions)


def tried(desk: Desk, document: Mapping[str, Any]) -> OwnMetricTried:
    """Return what a definition gives; nothing is kept.

    Raises
    ------
    BadMetricError
        Names the field that is wrong.
    """
    definition = own_metric_from(document)
    catalogue = OwnMetricBook(desk.shop.state).catalogue_with(definition)
    metric = catalogue[definition.name]
    found = desk.ask_with(catalogue, Question(metrics=(metric.name,)))
    return OwnMetricTried(
        formula=metric.formula,
        definition=metric.definition,
        unit=metric.unit.value,
        value=number(found.rows[0], metric.name),
        currency=found.currency,
        warnings=tuple(dict.fromkeys(each.text for each in found.warnings)),
    )


def _pick(metric: Metric, fields: dict[str, dict[str, FieldPick]]) -> MetricPick:
    places = [places_of(leaf) for leaf in metric.leaves()]
    key = "+".join(sorted({f"{leaf.table}.{leaf.date}" for leaf in metric.leaves()})) or None
    if key is not None and key not in fields:
        shared = [name for name in places[0] if all(name in each for each in places)]
        of_stores = {name: FieldPick(name=name, label=DIMENSIONS[name].label, is_money=False) for name in OF_STORES}
        fields[key] = of_stores | {name: _field(places[0][name]) for name in shared}
    return MetricPick(name=metric.name, label=metric.label, unit=metric.unit.value, is_sum=is_sum(metric), rows=key)


def _field(place: Place) -> FieldPick:
    dimension = DIMENSIONS.get(place.name)
    label = dimension.label if dimension else _labels().get(place.column.name, Text.same(place.name))
    return FieldPick(name=place.name, label=label, is_money=place.is_money, words=place.column.allowed)


@cache
def _labels() -> Mapping[str, Text]:
    """Return what a shopkeeper calls the columns that files fill."""
    of_facts = {column.held_as: column.label for fact in FACTS.values() for column in fact.columns}
    of_orders = {column.name: column.label for column in INPUT_COLUMNS.values()}
    return {**of_facts, **of_orders, **{f"{name}_minor": label for name, label in of_orders.items()}}


def _label(document: Mapping[str, Any]) -> Text:
    zh = str(document.get("label", ""))
    return Text(zh, str(document.get("label_en") or zh))


def _plain(document: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if document is None else dict(document)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _write_file(shop: Shop) -> None:
    """Write the definitions beside the settings: whole, or not at all."""
    part = shop.dir / f"{METRICS_FILE}.part"
    part.write_text(as_toml(shop), "utf-8")
    part.replace(shop.dir / METRICS_FILE)
