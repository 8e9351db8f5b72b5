"""What ``zhanggui score`` asks about goods: planted returns, wrong size charts, pairs and bundles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from zhanggui.cli.score_reading import Ask, JsonObject, Reading
from zhanggui.methods.problems import NotEnoughDataError

Answer = tuple[float | None, list[str]]
"""What is reported, None where nothing is, and the command that was asked."""

LEAST_TOGETHER = 20
"""Orders that are to hold a planted pair before its partner is looked for."""
FIRST_PARTNERS = 3
UNTOLD = 0.1
"""Share of the partners that may be missed: some come late to the shelf, and others are bought in their place."""


def reading_of(id_: str, figure: str, where: Mapping[str, Any], ask: Ask) -> Answer | None:
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


def goods_readings(truth: JsonObject, ask: Ask) -> Iterator[Reading]:
    """Yield of how many SKUs the units are right (M-GOODS-02), and how many planted partners are found (C-GOODS-03).

    A partner is found where it is among the first three that orders hold together with a product oftener than by
    chance, all stores together. Asked about are partners that were sold at all, and of which the orders of the product
    let `LEAST_TOGETHER` be expected.
    """
    words = ["products", "matrix"]
    sold: Counter[str] = Counter()
    for row in _listed(ask, words, "skus"):
        sold[row["merchant_code"]] += row["units"]
    wanted = {each["merchant_code"]: each["amounts"].get("units_paid", 0) for each in truth["M-GOODS-02"]["skus"]}
    n_right = sum(sold[code] == units for code, units in wanted.items())
    yield Reading("M-GOODS-02", "skus", float(len(wanted)), float(n_right) if sold else None, 0.0, " ".join(words))
    words = ["products", "association", "--min-support", "0.0001"]
    partners, orders = _partners(_listed(ask, words, "pairs"))
    on_sale = {code.rpartition("-")[0] for code, units in wanted.items() if units}
    told = [
        each
        for each in truth["C-GOODS-03"]["complements"]
        if each["to"] in on_sale and orders[each["from"]] * each["chance"] >= LEAST_TOGETHER
    ]
    n_found = sum(each["to"] in partners[each["from"]][:FIRST_PARTNERS] for each in told)
    if told:
        yield Reading("C-GOODS-03", "partners", float(len(told)), float(n_found), UNTOLD * len(told), " ".join(words))


def _partners(pairs: list[JsonObject]) -> tuple[Mapping[str, list[str]], Mapping[str, float]]:
    """Return by product, all stores together, what it is bought with oftener than by chance, and its orders."""
    excess: Counter[tuple[str, str]] = Counter()
    orders: dict[str, dict[str, float]] = defaultdict(dict)
    for pair in pairs:
        for one, other, confidence in (("a", "b", "confidence_ab"), ("b", "a", "confidence_ba")):
            product, partner = (pair[name].rpartition(":")[2] for name in (one, other))
            excess[product, partner] += pair["leverage"]
            orders[product][pair[one]] = pair["count"] / pair[confidence]
    partners: dict[str, list[str]] = defaultdict(list)
    for product, partner in sorted(excess, key=lambda pair: (-excess[pair], pair)):
        partners[product].append(partner)
    return partners, Counter({product: sum(each.values()) for product, each in orders.items()})


def _listed(ask: Ask, words: list[str], part: str) -> list[JsonObject]:
    """Return a list of an answer; an empty one where the ledger is too thin for an answer."""
    try:
        found: list[JsonObject] = ask(words)[part]
    except NotEnoughDataError:
        return []
    return found


def _returned(name: str) -> Callable[[Mapping[str, Any], Ask], Answer]:
    def read(where: Mapping[str, Any], ask: Ask) -> Answer:
        words = ["products", "returns", "--product", str(where["merchant_code"])]
        found = _listed(ask, words, "products")
        return (found[0][name] if found else None), words

    return read


def _confidence(where: Mapping[str, Any], ask: Ask) -> Answer:
    words = ["products", "association", "--by", "category"]
    for pair in _listed(ask, words, "pairs"):
        for one, other, name in (("a", "b", "confidence_ab"), ("b", "a", "confidence_ba")):
            if (pair[one], pair[other]) == (where["from"], where["to"]):
                return float(pair[name]), words
    return None, words


def _order_value(where: Mapping[str, Any], ask: Ask) -> Answer:
    words = ["products", "companions", "--by", "category", "--store", str(where["store"])]
    for pair in _listed(ask, words, "pairs"):
        if [pair["a"], pair["b"]] == where["bundle"]:
            return pair["order_value_change"], words
    return None, words


_READERS: Mapping[tuple[str, str], Callable[[Mapping[str, Any], Ask], Answer]] = MappingProxyType(
    {
        ("X-07", "return_rate"): _returned("return_rate"),
        ("X-07", "good_review_share"): _returned("good_share"),
        ("X-08", "confidence"): _confidence,
        ("X-09", "order_value_change"): _order_value,
    }
)
