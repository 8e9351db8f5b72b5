"""What ``zhanggui score`` asks about goods: planted returns, wrong size charts, pairs and bundles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from zhanggui.methods.problems import NotEnoughDataError

JsonObject = dict[str, Any]
"""A part of the truth, or an answer, as JSON values."""

Ask = Callable[[list[str]], JsonObject]
"""What a command prints with ``--json``."""

Reading = tuple[float | None, list[str]]
"""What is reported, None where nothing is, and the command that was asked."""


def reading_of(id_: str, figure: str, where: Mapping[str, Any], ask: Ask) -> Reading | None:
    """Return what is reported of a figure of a planted example, or None where no command about goods tells of it."""
    reader = _READERS.get((id_, figure))
    return None if reader is None else reader(where, ask)


def size_charts(planted: list[JsonObject], ask: Ask) -> Iterator[tuple[str, bool, bool, list[str]]]:
    """Yield products with a wrong size chart, or one said to be: code, whether planted, whether said, the words."""
    words = ["products", "returns"]
    said = {each["merchant_code"]: each["size_fault"] for each in _listed(ask, words, "products") if each["size_fault"]}
    wanted = {each["merchant_code"]: f"size_{each['runs']}" for each in planted}
    for code in sorted({*said, *wanted}):
        yield code, code in wanted, code in said and said[code] == wanted.get(code, said[code]), words


def _listed(ask: Ask, words: list[str], part: str) -> list[JsonObject]:
    """Return a list of an answer; an empty one where the ledger is too thin for an answer."""
    try:
        found: list[JsonObject] = ask(words)[part]
    except NotEnoughDataError:
        return []
    return found


def _returned(name: str) -> Callable[[Mapping[str, Any], Ask], Reading]:
    def read(where: Mapping[str, Any], ask: Ask) -> Reading:
        words = ["products", "returns", "--product", str(where["merchant_code"])]
        found = _listed(ask, words, "products")
        return (found[0][name] if found else None), words

    return read


def _confidence(where: Mapping[str, Any], ask: Ask) -> Reading:
    words = ["products", "association", "--by", "category"]
    for pair in _listed(ask, words, "pairs"):
        for one, other, name in (("a", "b", "confidence_ab"), ("b", "a", "confidence_ba")):
            if (pair[one], pair[other]) == (where["from"], where["to"]):
                return float(pair[name]), words
    return None, words


def _order_value(where: Mapping[str, Any], ask: Ask) -> Reading:
    words = ["products", "companions", "--by", "category", "--store", str(where["store"])]
    for pair in _listed(ask, words, "pairs"):
        if [pair["a"], pair["b"]] == where["bundle"]:
            return pair["order_value_change"], words
    return None, words


_READERS: Mapping[tuple[str, str], Callable[[Mapping[str, Any], Ask], Reading]] = MappingProxyType(
    {
        ("X-07", "return_rate"): _returned("return_rate"),
        ("X-07", "good_review_share"): _returned("good_share"),
        ("X-08", "confidence"): _confidence,
        ("X-09", "order_value_change"): _order_value,
    }
)
