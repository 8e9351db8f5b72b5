"""What the product finds of the planted truth about stock and sizes: X-05 and X-25."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zhanggui.cli.score_reading import Ask, JsonObject, categories_of, days_of_world

Answer = tuple[float | None, str]
"""What is reported, None where nothing is, and the command that was asked."""

SOLD_OUT_DAYS = 28
"""What is sold is held against what was there four weeks by four weeks."""
_NEIGHBOURS = ["products", "companions", "--by", "category"]


def stock_examples(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], Answer]:
    """Return what is answered of the worked examples about stock and sizes, with the command that was asked."""
    found: dict[tuple[str, str], Answer] = {}
    if truth["X-05"]["planted"]:
        change, words = _stock_change(truth, truth["X-05"]["where"], ask)
        found["X-05", "stock_days_change"] = (change, words)
    if truth["X-25"]["planted"]:
        where = truth["X-25"]["where"]
        change, words = _stock_change(truth, where, ask)
        found["X-25", "turnover_change"] = (None if change is None else 1 / (1 + change) - 1, words)
        found["X-25", "large_size_return_change"] = _return_change(truth, where, ask)
        found["X-25", "small_size_sold_out_change"] = _sold_out_change(truth, where, ask)
        for name, days in zip(("repurchase_before", "repurchase_after"), where["cohorts"], strict=True):
            found["X-25", name] = _repurchase(truth, where["store"], days, ask)
    return found


def stored_together(truth: JsonObject, ask: Ask) -> tuple[bool, str]:
    """Return whether the planted pair is among those to stock and store side by side, with the command asked."""
    wanted = set(truth["X-05"]["where"]["pair"])
    pairs = ask(_NEIGHBOURS)["neighbours"]
    return any({each["a_name"], each["b_name"]} == wanted for each in pairs), " ".join(_NEIGHBOURS)


def _stock_change(truth: JsonObject, where: Mapping[str, Any], ask: Ask) -> Answer:
    """Return the change of the stock of a warehouse beyond that of another that holds the same goods.

    What is sold of these goods is the same for both, so that days of stock change as the stock does.
    """
    words = [
        "query",
        "average_stock",
        "--by",
        "warehouse",
        "--where",
        f"category={','.join(categories_of(where['trade']))}",
    ]
    levels = [
        {row["warehouse"]: row["average_stock"] for row in ask([*words, *days_of_world(truth, *where[span])])["rows"]}
        for span in ("before", "after")
    ]
    places = (where["warehouse"], where["compared_with"])
    if not all(level.get(place) for level in levels for place in places):
        return None, " ".join(words)
    before, after = levels
    own, plain = (after[place] / before[place] for place in places)
    return own / plain - 1, " ".join(words)


def _sold_out_change(truth: JsonObject, where: Mapping[str, Any], ask: Ask) -> Answer:
    """Return by what share more is sold in four weeks of each piece in small sizes there or received in the pilot.

    It is that beyond the change of the warehouse that went on as ever. What is sold of these goods is the same for
    both, so that it changes as what was there to be sold does.
    """
    category = f"category={','.join(categories_of(where['trade']))}"
    rows = ask(["products", "matrix", "--where", category])["skus"]
    small = {row["merchant_code"] for row in rows if row["spec"].rpartition(" ")[2] in where["small_sizes"]}
    words = ["query", "stock_on_hand", "units_received", "--by", "warehouse,stock_code", "--where", category]
    places = (where["warehouse"], where["compared_with"])

    def there(first: int, last: int) -> dict[str, float]:
        found = dict.fromkeys(places, 0.0)
        for start in range(max(first, 1), last + 2 - SOLD_OUT_DAYS, SOLD_OUT_DAYS):
            spans = (("stock_on_hand", start - 1, start - 1), ("units_received", start, start + SOLD_OUT_DAYS - 1))
            for metric, *days in spans:
                for row in ask([*words, *days_of_world(truth, *days)])["rows"]:
                    if row["warehouse"] in found and row["stock_code"] in small:
                        found[row["warehouse"]] += row[metric] or 0.0
        return found

    before, after = there(*where["before"]), there(*where["sold_out_after"])
    if not all(each[place] for each in (before, after) for place in places):
        return None, " ".join(words)
    own, plain = (before[place] / after[place] for place in places)
    return own / plain - 1, " ".join(words)


def _repurchase(truth: JsonObject, store: str, days: list[int], ask: Ask) -> Answer:
    """Return the share of first buyers of some days who paid again; None where the store's files name no buyer."""
    words = ["query", "repurchase_within_90_days", "--where", f"shop={store}"]
    return ask([*words, *days_of_world(truth, *days)])["rows"][0]["repurchase_within_90_days"], " ".join(words)


def _return_change(truth: JsonObject, where: Mapping[str, Any], ask: Ask) -> Answer:
    """Return the change of the part of delivered pieces in large sizes that comes back.

    Product by product, pooled after Mantel and Haenszel: other products in other seasons make no difference.
    """
    words = ["products", "returns", "--where", f"category={','.join(categories_of(where['trade']))}"]
    before, after = (
        _of_sizes(ask([*words, *days_of_world(truth, *where[span])])["products"], where["large_sizes"])
        for span in ("before", "returns_after")
    )
    own = other = 0.0
    for code in before.keys() & after.keys():
        (b, n0), (a, n1) = before[code], after[code]
        own += a * n0 / max(n0 + n1, 1.0)
        other += b * n1 / max(n0 + n1, 1.0)
    return (own / other - 1 if other else None), " ".join(words)


def _of_sizes(products: Iterable[JsonObject], sizes: list[str]) -> dict[str, tuple[float, float]]:
    """Return what came back and was delivered of each product in some sizes."""
    found = {}
    for product in products:
        rows = [row for row in product["by_size"] if row["name"] in sizes]
        found[product["merchant_code"]] = (
            sum(row["returned"] for row in rows), sum(row["delivered"] for row in rows),
        )  # fmt: skip
    return found
