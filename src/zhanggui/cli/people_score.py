"""What the product finds of the planted truth about people: who stays away, what they bring, trials, X-20 to X-24."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from types import MappingProxyType

from zhanggui.cli.score_reading import Ask, JsonObject, Reading, categories_of, days_of_world
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.metrics.regions import REGION_OF

LEAST_AUC = 0.77
LEAST_OF_KNOWABLE = 0.97
"""Part of the AUC that the world's own distributions give to whoever sees purchases alone; it is asked where that gives
less than `LEAST_AUC`: in half a year, hardly any buyer has come back often enough to be told from another."""
LEAST_OF_TRUE = 0.85
"""Of the tenth likeliest to stay away, as many stay away as this part of what the true chances give."""
SLOPE_OFF = 0.1
LEAST_NAMED = 0.95
"""Part of a platform's orders that name their buyer, from which on people are told from all stores."""
N_QUARTERS = 2
"""So many of the last quarters are forecast. Where the last one ends in 11.11 it brings far more than a first year's
ledger can tell, and is off (docs/concepts/simulated_shop.md)."""
LEAST_DAYS = 360
"""Days of a world in which half a year lies before those quarters."""
LEAST_CUSTOMERS = 300
"""A store of fewer says little about tenths."""

_OF_TREATED: Mapping[str, str] = MappingProxyType(
    {"X-13": "repurchase", "X-15": "wake_up_share", "X-21": "win_back_share"}
)
"""Examples whose figure is the share of the treated who pay while they are watched."""
_AGAINST_CONTROL: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "X-14": ("repurchase_change", "share_change"),
        "X-17": ("complaint_change", "complaints_change"),
        "X-19": ("activation_change", "share_change"),
    }
)
"""Examples whose figure is by what share more of the treated pay, or complain, than of the control."""

Found = dict[tuple[str, str], tuple[float | None, str]]
"""What is answered of a figure, by id and name, with the command that was asked."""


def returner_readings(truth: JsonObject, ask: Ask, store_of: dict[str, str]) -> Iterator[Reading]:
    """Yield who of each store's buyers came back, how well that was told, and whether profit came as forecast.

    Parameters
    ----------
    store_of : dict of str to str
        Stores whose buyers can be told apart: their names in the truth, and in the shop.
    """
    planted = truth["M-CUST-03"]
    if not planted["planted"]:
        return
    days = ["--calibration-end", planted["known_until"], "--holdout-end", planted["until"]]
    days += ["--horizon", str(planted["days"])]
    for store in planted["stores"]:
        if store["store"] in store_of and store["customers"] >= LEAST_CUSTOMERS:
            yield from _of_store(store, ["customers", "churn", "--store", store_of[store["store"]], *days], ask)
    if truth["world"]["days"] >= LEAST_DAYS:
        last = date.fromisoformat(planted["until"])
        for back in range(N_QUARTERS):
            yield _profit_slope(last - timedelta(days=back * planted["days"]), planted["days"], ask)


def _profit_slope(until: date, days: int, ask: Ask) -> Reading:
    """Return whether tenths of the customers brought by a day the profit that was forecast so many days before."""
    end = until - timedelta(days=days)
    words = ["customers", "lifetime-value", "--calibration-end", str(end), "--holdout-end", str(until)]
    profit = ask([*words, "--horizon", str(days)])["profit"]
    slope = None if profit is None else profit["slope"]
    return Reading("M-CUST-05", "profit_slope", 1.0, slope, SLOPE_OFF, " ".join(words), {"until": str(until)})


def people_examples(truth: JsonObject, ask: Ask) -> Found:
    """Return what is answered of the worked examples about people, with the command that was asked."""
    found = _tiers(truth, ask) | _group_chats(truth, ask) | _far_regions(truth, ask) | _private_domain(truth, ask)
    figures = {**_OF_TREATED, **{id_: figure for id_, (figure, _) in _AGAINST_CONTROL.items()}}
    for id_, figure in figures.items():
        if truth[id_]["planted"]:
            found[id_, figure] = _trial(truth, id_, ask)
    return found


def _tiers(truth: JsonObject, ask: Ask) -> Found:
    if not truth["X-20"]["planted"]:
        return {}
    # Other stores' members may be known too, and have no tiers.
    words = ["customers", "members", "--store", truth["X-20"]["where"]["store"]]
    gold, _ = truth["X-20"]["where"]["tiers"]
    ratio = next((tier["ratio"] for tier in ask(words)["tiers"] if tier["name"] == gold), None)
    return {("X-20", "spending_ratio"): (ratio, " ".join(words))}


def _group_chats(truth: JsonObject, ask: Ask) -> Found:
    """Return what a buyer cost whom a group chat brought, over all stores that tell of such buyers."""
    if not truth["X-24"]["planted"]:
        return {}
    words = ["traffic", "channels"]
    rows = [row for row in ask(words)["channels"] if row["channel"] == "group_chat" and row["spend"] is not None]
    n = sum(row["new_buyers"] or 0 for row in rows)
    cost = sum(row["spend"] for row in rows) / n if n else None
    return {("X-24", "acquisition_cost"): (cost, " ".join(words))}


def _far_regions(truth: JsonObject, ask: Ask) -> Found:
    """Return by what part more home and food orders of far regions were followed by another, of any store."""
    if not truth["X-22"]["planted"]:
        return {}
    where = truth["X-22"]["where"]
    far = [province for province, region in REGION_OF.items() if region in where["regions"]]
    words = ["customers", "order-repurchase", "--days", str(where["days"]), "--where", f"province={','.join(far)}"]
    words += _of_trade(where["trade"])
    change = None
    with suppress(NotEnoughDataError):
        before, after = (ask([*words, *days_of_world(truth, *where[span])]) for span in ("before", "after"))
        if before["rate"] and _names_buyers(before) and _names_buyers(after):
            change = after["rate"] / before["rate"] - 1
    return {("X-22", "retention_change"): (change, " ".join(words))}


def _private_domain(truth: JsonObject, ask: Ask) -> Found:
    """Return how many times what others pay for baby goods a contact pays in a year, in all stores."""
    if not truth["X-24"]["planted"]:
        return {}
    words = ["customers", "private-domain", *_of_trade(truth["X-24"]["where"]["trade"])]
    ratio = None
    with suppress(NotEnoughDataError):
        answer = ask(words)
        ratio = answer["ratio"] if _names_buyers(answer) else None
    return {("X-24", "spending_ratio"): (ratio, " ".join(words))}


def _of_trade(trade: str) -> list[str]:
    return [word for name in categories_of(trade) for word in ("--category", name)]


def _names_buyers(answer: JsonObject) -> bool:
    return all(each["share"] >= LEAST_NAMED for each in answer["identifiable"])


def _trial(truth: JsonObject, id_: str, ask: Ask) -> tuple[float | None, str]:
    """Return what is said of the treated of the trial that tells an example; None where it is refused."""
    number = truth[id_]["where"]["experiment"]
    one = next(each for each in truth["C-EXP-01"]["experiments"] if each["number"] == number)
    control = one["arms"][0]["name"]
    words = ["customers", "trials", one["name"], "--days", str(one["window_days"]), "--control", control]
    answer: JsonObject = {"groups": [], "effects": []}
    # A trial whose lists were not loaded is none that can be chosen.
    with suppress(NotEnoughDataError, BadChoiceError):
        answer = ask(words)
    if id_ in _AGAINST_CONTROL:
        _, change = _AGAINST_CONTROL[id_]
        told = [effect[change]["value"] for effect in answer["effects"]]
    else:
        told = [group["share"]["value"] for group in answer["groups"] if not group["is_control"]]
    return next(iter(told), None), " ".join(words)


def _of_store(true: JsonObject, words: list[str], ask: Ask) -> Iterator[Reading]:
    found = ask(words)
    asked, where = " ".join(words), {"store": true["store"]}
    customers = sum(each["customers"] for each in found["deciles"])
    away = sum(each["actual"] for each in found["deciles"])
    best = true["top_decile_precision"]
    yield Reading("M-CUST-03", "customers", true["customers"], customers, 0.0, asked, where)
    yield Reading("M-CUST-03", "stayed_away", true["stayed_away"], away, 0.0, asked, where)
    yield Reading(
        "M-CUST-03", "top_decile_precision", best, found["top_decile_precision"], (1 - LEAST_OF_TRUE) * best, asked,
        where,
    )  # fmt: skip
    if true["auc"] is not None:
        # The true chances know who has stopped for good; nobody else can. Older worlds do not tell what can be known.
        knowable = true.get("knowable_auc")
        least = LEAST_AUC if knowable is None else min(LEAST_AUC, LEAST_OF_KNOWABLE * knowable)
        room = max(true["auc"] - least, 0.0)
        yield Reading("M-CUST-03", "auc", true["auc"], found["auc"], room, asked, where)
