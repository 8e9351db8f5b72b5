"""What the product finds of the planted truth about channels: their table, claims, X-01 to X-03, X-12 and X-18."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from zhanggui.cli.score_reading import Ask, JsonObject, Reading, categories_of, days_of_world

DECLARED_TOLERANCE = 0.05
"""Platforms count buyers, brushing among them, and miss what was never exported."""

CLAIM_TOLERANCE = 0.10
_LOOK_BACK_DAYS = 30
_ADS = ("search_ads", "feed_ads", "hard_ads")
_OUR_NAMES: Mapping[str, str] = {
    "hard_ads": "display_ads",
    "wecom_group": "group_chat",
    "xiaohongshu": "notes",
    "referral": "referral_program",
    "forum": "referral",
    "recommend": "recommendation",
}
"""Names of channels in the truth that are others here."""


def channel_readings(truth: JsonObject, ask: Ask, store_of: Callable[[str], str]) -> Iterator[Reading]:
    """Yield orders, amount, refunds and profit of every channel that the shop's files tell of (M-TRAFFIC-07)."""
    words = ["traffic", "channels"]
    rows = {(store_of(row["store"]), row["channel"]): row for row in ask(words)["channels"]}
    platforms = {store["name"]: store["platform"] for store in truth["world"]["stores"]}
    for each in truth["M-TRAFFIC-07"]["channels"]:
        row = rows.get((each["store"], _OUR_NAMES.get(each["code"], each["code"])))
        amounts = each["amounts"]
        # An order of Douyin names what showed it: a short video stands for advertisements and creators too.
        if row is None or (platforms[each["store"]], each["code"]) == ("douyin", "short_video"):
            continue
        if not (row["orders"] or row["buyers"]):
            continue
        is_counted = row["evidence"] == "counted"
        figures = [
            ("orders", amounts.get("orders_paid", 0), row["orders"] if is_counted else row["buyers"]),
            ("paid", amounts.get("gmv_paid_minor", 0) / 100, row["paid"]),
        ]
        if is_counted:
            refunded = None if row["net_revenue"] is None else round(row["paid"] - row["net_revenue"], 2)
            figures.append(("refunded", amounts.get("refunded_minor", 0) / 100, refunded))
            figures.append(("profit", each["contribution_minor"] / 100, row["profit"]))
        for what, true, reported in figures:
            tolerance = 0.0 if is_counted else DECLARED_TOLERANCE * abs(true)
            where = {"store": each["store"], "channel": each["channel"]}
            yield Reading("M-TRAFFIC-07", what, float(true), reported, tolerance, " ".join(words), where)


def claim_readings(truth: JsonObject, ask: Ask, store_of: Callable[[str], str]) -> Iterator[Reading]:
    """Yield how many orders platforms claim for each true one, where the shop sees the true ones (M-MKT-02)."""
    table = {(each["store"], each["code"]): each for each in truth["M-TRAFFIC-07"]["channels"]}
    planted: dict[tuple[str, str], float] = {}
    for key in {(group["store"], group["channel"]) for group in truth["M-MKT-02"]["ad_groups"]}:
        mine = [each for each in truth["M-MKT-02"]["ad_groups"] if (each["store"], each["channel"]) == key]
        spend = sum(each["spend_minor"] for each in mine)
        planted[key] = sum(each["claimed_per_order"] * each["spend_minor"] for each in mine) / max(spend, 1)
    words = ["traffic", "attribution"]
    found = ask([*words, "--draws", "0"])
    points = {row["channel"]: row for row in found["touch_points"]}
    own = {store_of(store) for store in found["stores"]}
    for (store, code), ratio in sorted(planted.items()):
        row = points.get(_OUR_NAMES.get(code, code)) if store in own else None
        if row is not None and row["over_claim"] is not None:
            where = {"store": store, "channel": code}
            yield _claim(ratio, row["over_claim"], words, where)
    for row in ask(["traffic", "channels"])["claims"]:
        store = store_of(row["store"])
        if row["over_claim"] is None or store in own:
            continue
        orders = {code: table[store, code]["amounts"].get("orders_paid", 0) for s, code in planted if s == store}
        total = sum(orders.values())
        mixed = sum(planted[store, code] * n for code, n in orders.items()) / max(total, 1)
        yield _claim(mixed, row["over_claim"], ["traffic", "channels"], {"store": store})


def _claim(ratio: float, reported: float, words: list[str], where: JsonObject) -> Reading:
    return Reading("M-MKT-02", "over-claim", ratio, reported, CLAIM_TOLERANCE * ratio, " ".join(words), where)


def example_readings(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return what is answered of each figure of the worked examples, with the command that was asked."""
    found: dict[tuple[str, str], tuple[float | None, str]] = {}
    if truth["X-03"]["planted"]:
        at = truth["X-03"]["where"]
        numbers = [f"old_cac={at['old_cost']}", f"new_cac={at['new_cost']}", f"new_users={at['new_users']}"]
        words = ["traffic", "calculate", "saving", *numbers]
        found["X-03", "saved_yuan"] = (ask(words)["results"][0]["value"], " ".join(words))
    if truth["X-02"]["planted"]:
        found |= _beauty(truth, ask)
    if truth["X-10"]["planted"]:
        found |= _live_room(truth, ask)
    if truth["X-11"]["planted"]:
        found |= _promotion(truth, ask)
    if truth["X-12"]["planted"]:
        found |= _shifted_budget(truth, ask)
    if truth["X-18"]["planted"]:
        found |= _friends(truth, ask)
    return found


def _beauty(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return cost of a buyer, working share of the budget and days to order, before and after the change."""
    where = truth["X-02"]["where"]
    campaigns = {*where["hard_ads"], *where["working_ads"]}
    working = {
        row["channel"] for row in ask(["traffic", "attribution", "--draws", "0"])["touch_points"] if row["works"]
    }
    cost: dict[str, float | None] = {}
    found: dict[tuple[str, str], tuple[float | None, str]] = {}
    asked = ""
    for name in ("before", "after"):
        first, last = where[name]
        words = _of_days(truth, first, last)
        rows = [row for row in ask(words)["touch_points"] if row["campaign"] in campaigns]
        spend, buyers = sum(row["spend"] for row in rows), sum(row["new_buyers"] for row in rows)
        used = sum(row["spend"] for row in rows if row["channel"] in working)
        cost[name] = spend / buyers if buyers else None
        asked = " ".join(words)
        found["X-02", f"acquisition_cost_{name}"] = (cost[name], asked)
        found["X-02", f"working_share_{name}"] = (used / spend if spend else None, asked)
        # Who came before the change came at the old pace: a look-back is let pass.
        words = _of_days(truth, first + _LOOK_BACK_DAYS, last)
        found["X-02", f"cycle_days_{name}"] = (_cycle(ask(words), campaigns), " ".join(words))
    before, after = cost["before"], cost["after"]
    change = after / before - 1 if before and after is not None else None
    found["X-02", "acquisition_cost_change"] = found["X-01", "acquisition_cost_change"] = (change, asked)
    return found


def _of_days(truth: JsonObject, first: int, last: int) -> list[str]:
    return ["traffic", "attribution", "--by", "campaign", "--draws", "0", *days_of_world(truth, first, last)]


def _live_room(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return by what share an order of beauty goods is smaller in the live room than from the official account.

    Of the account on the days on which no other example changes what beauty visitors do.
    """
    where = truth["X-10"]["where"]
    values, asked = [], ""
    for channel, store, days in (
        ("official_account", where["official_account"]["store"], [0, where["last_days_by_trade"]["beauty"]]),
        (where["live"]["channel"], where["live"]["store"], [0, truth["world"]["days"] - 1]),
    ):
        words = ["query", "average_order_value", "--where", f"shop={store}", "--where", f"channel={channel}"]
        words += ["--where", f"category={','.join(categories_of('beauty'))}", *days_of_world(truth, *days)]
        values.append(ask(words)["rows"][0]["average_order_value"])
        asked = " ".join(words)
    account, live = values
    return {("X-10", "order_value_change"): (live / account - 1 if account and live else None, asked)}


def _promotion(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return by what share a promotion lowers the margin, at the stores and categories sold before it."""
    where = truth["X-11"]["where"]
    answers, asked = [], ""
    for name in ("before", "promotion"):
        words = ["query", "gmv_paid", "gross_margin", "--by", "shop,category"]
        words += ["--where", f"shop={','.join(where['stores'])}", *days_of_world(truth, *where[name])]
        rows = ask(words)["rows"]
        answers.append({(row["shop"], row["category"]): row for row in rows if row["gross_margin"] is not None})
        asked = " ".join(words)
    before, promotion = answers
    both = [
        (row["gmv_paid"], row["gross_margin"], promotion[key]["gross_margin"])
        for key, row in before.items()
        if key in promotion
    ]
    was, became = (sum(row[0] * row[place] for row in both) for place in (1, 2))
    return {("X-11", "margin_change"): (became / was - 1 if was else None, asked)}


def _shifted_budget(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return by how much the platforms' own return of the stores changed with the budget (declared by them)."""
    where, returns, asked = truth["X-12"]["where"], [], ""
    for name in ("before", "after"):
        words = ["query", "claimed_gmv", "claiming_spend", "--by", "shop", *days_of_world(truth, *where[name])]
        rows = [row for row in ask(words)["rows"] if row["shop"] in where["stores"]]
        gmv, spend = (sum(row[each] or 0.0 for row in rows) for each in ("claimed_gmv", "claiming_spend"))
        returns.append(gmv / spend if spend else None)
        asked = " ".join(words)
    before, after = returns
    change = after / before - 1 if before and after is not None else None
    return {("X-12", "roi_change"): (change, asked)}


def _cycle(found: JsonObject, campaigns: set[str]) -> float | None:
    rows = [row for row in found["touch_points"] if row["campaign"] in campaigns and row["cycle_days"] is not None]
    n = sum(row["new_buyers"] for row in rows)
    return sum(row["cycle_days"] * row["new_buyers"] for row in rows) / n if n else None


def _friends(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return what a buyer costs whom a friend brings, of what one by advertisements costs, beauty left out."""
    # A short world has X-18 without X-02.
    of_beauty = truth["X-02"]["where"]
    beauty = {*of_beauty.get("hard_ads", ()), *of_beauty.get("working_ads", ())}
    store = truth["X-18"]["where"]["store"]
    ads = {_OUR_NAMES.get(code, code) for code in _ADS}
    words = ["traffic", "attribution", "--by", "campaign", "--draws", "0"]
    rows = [row for row in ask(words)["touch_points"] if row["channel"] in ads and row["campaign"] not in beauty]
    spend, buyers = sum(row["spend"] for row in rows), sum(row["new_buyers"] for row in rows)
    channels = ask(["traffic", "channels", "--store", store])["channels"]
    friends = next((row["cac"] for row in channels if row["channel"] == "referral_program"), None)
    ratio = friends / (spend / buyers) if friends is not None and spend and buyers else None
    return {("X-18", "cost_ratio"): (ratio, " ".join(words))}
