"""``zhanggui score``: what was planted in a simulated shop, held against what Zhanggui reports about it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import asdict, replace
from io import StringIO
from pathlib import Path

import click

from zhanggui.cli.funnel_score import funnel_readings, step_change
from zhanggui.cli.goods_score import goods_readings, reading_of, size_charts
from zhanggui.cli.people_score import people_examples, returner_readings
from zhanggui.cli.score_marks import (
    EXACT,
    NOT_BUILT,
    NOT_LOADED,
    NOT_PLANTED,
    OFF,
    Mark,
    beside,
    print_marks,
    summary,
)
from zhanggui.cli.score_reading import JsonObject, Reading
from zhanggui.cli.stock_score import stock_examples, stored_together
from zhanggui.cli.terminal import json_option, print_json, shop_option
from zhanggui.cli.traffic_score import channel_readings, claim_readings, example_readings
from zhanggui.errors import ZhangguiError
from zhanggui.methods.problems import NotEnoughDataError

TRUTH_FILE = "truth.json"
KNOWN_VERSION = 1

_QUERIED: tuple[tuple[str, str, str, str], ...] = (
    ("M-FIN-01", "gmv_created", "moment", "gmv_reported_minor"),
    ("M-FIN-01", "gmv_paid", "payment", "gmv_paid_minor"),
    ("M-FIN-01", "refund_amount", "payment", "refunded_minor"),
    ("M-OPS-05", "orders_created", "moment", "orders_reported"),
    ("M-OPS-05", "orders_paid", "payment", "orders_paid"),
)
"""Catalogue id, metric, and the basis and item of the truth that it has to equal in every store and month."""

_PROFIT: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (("receivable",), ("receivable_minor",), ()),
    (("refunded",), ("refunded_minor",), ()),
    (("subsidy_back",), ("borne_back_minor",), ()),
    (("goods_cost",), ("cost_minor",), ("cost_back_minor",)),
    (("freight_out",), ("freight_minor",), ()),
    (("freight_back",), ("return_freight_minor",), ()),
    (("packaging_cost",), ("packaging_minor",), ()),
    (
        ("platform_fees", "unmatched_fees"),
        (
            "commission_minor", "service_fee_minor", "creator_commission_minor", "insurance_minor", "penalty_minor",
        ),
        (),
    ),
    (("ad_spend",), ("ad_spend_minor",), ()),
    (("slot_fees",), ("slot_fee_minor",), ()),
    (("content_cost",), ("content_minor",), ()),
    (("forfeited_deposits",), ("deposit_forfeit_minor",), ()),
)  # fmt: skip
"""Metrics of profit, and the items of the truth that together they have to equal: what adds, and what takes away."""

_UNANSWERED = ("C-EXP-01",)
"""Parts of the truth about which no command can be asked."""

_CHECKS_OF: dict[str, tuple[str, ...]] = {
    "duplicate_export": ("files.again", "orders.twins"),
    "missing_day": ("traffic.days", "orders.days", "settlements.days", "ads.days"),
    "unmatched_settlement": ("settlements.orders",),
    "price_below_cost": ("items.below_cost", "prices.below_cost"),
    "tracking_break": ("events.purchases",),
    "bot_traffic": ("sessions.crawlers",),
}
"""For each planted fault of what the shop is told, the checks of data quality any of which finds it."""

TOLD_APART = 0.999
"""Least share of a platform's orders that name their buyers for its people to be held against the world's."""

_ORDINARY = "ordinary"
"""Kind of the orders that are neither brushing nor tests."""


class TruthError(ZhangguiError):
    """A folder whose truth cannot be read."""

    code = "truth"

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(what, where=str(path), next_step="name a folder that `zhanggui simulate` wrote")


@click.command()
@click.argument("world", type=click.Path(path_type=Path), metavar="WORLD")
@shop_option
@json_option
@click.pass_context
def command(context: click.Context, world: Path, shop: Path | None, as_json: bool) -> None:
    """Hold what Zhanggui reports of a simulated shop against what was planted in it.

    WORLD is the folder that `zhanggui simulate` wrote; --shop the directory into which it was loaded. Only commands
    that anyone can give are asked. Exit code 0 when every answer is right, 1 when one is not.
    """
    truth = _truth_of(world)
    marks = [
        *_totals(truth, shop),
        *_profit(truth, shop),
        *_unanswered(truth),
        *_anomalies(truth, shop),
        *_marks(goods_readings(truth, lambda words: _asked(words, shop))),
        *_size_charts(truth, shop),
        *_stored_together(truth, shop),
        *_traffic(truth, shop),
        *_people(truth, shop),
        *_examples(truth, shop),
    ]
    if as_json:
        print_json({"world": truth["world"], "marks": [asdict(mark) for mark in marks], "summary": summary(marks)})
    else:
        print_marks(marks)
    context.exit(1 if any(mark.status in (OFF, NOT_LOADED) for mark in marks) else 0)


def _truth_of(world: Path) -> JsonObject:
    path = world / TRUTH_FILE
    try:
        truth = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TruthError(path, f"The truth of this world cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise TruthError(path, "The truth of this world is not JSON.") from error
    if not isinstance(truth, dict) or truth.get("version") != KNOWN_VERSION:
        raise TruthError(path, f"The truth of this world is not of version {KNOWN_VERSION}.")
    return truth


def _totals(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    """Compare the totals of every store and month that the world had."""
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for basis, rows in truth["M-FIN-01"]["totals"].items():
        # Brushing and test orders are on the company's list: they leave operating figures.
        for row in (row for row in rows if row["kind"] == _ORDINARY):
            for item, amount in row["amounts"].items():
                wanted[basis, row["store"], row["month"], item] += amount
    words = ["query", *(metric for _, metric, _, _ in _QUERIED), "--by", "shop", "--grain", "month"]
    reported = _by_month(truth, words, shop)
    months = sorted({(store, month) for (_, store, month, _) in wanted if store in _stores(truth)})
    for id_, metric, basis, item in _QUERIED:
        for store, month in months:
            amount = wanted[basis, store, month, item]
            true = amount / 100 if item.endswith("_minor") else float(amount)
            yield _total(id_, (metric,), (store, month), true, reported, words)


def _by_month(truth: JsonObject, words: list[str], shop: Path | None) -> dict[tuple[str, str], JsonObject]:
    """Return what a question by store and month answers."""
    return {(_store(truth, row["shop"]), row["date"][:7]): row for row in _asked(words, shop)["rows"]}


def _total(
    id_: str,
    metrics: tuple[str, ...],
    place: tuple[str, str],
    true: float,
    reported: Mapping[tuple[str, str], JsonObject],
    words: list[str],
) -> Mark:
    """Hold the sum of some metrics in one store and month against the truth, to the fen."""
    row = reported.get(place)
    found = None if row is None else sum(float(row[metric] or 0) for metric in metrics)
    error = None if found is None else round(found - true, 2)
    is_missing = found is None and true != 0
    status = NOT_LOADED if is_missing else EXACT if not error else OFF
    where = {"store": place[0], "month": place[1]}
    return Mark(id_, " + ".join(metrics), where, true, found, error, 0.0, status, asked=" ".join(words))


def _profit(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    """Compare the profit of every store and month, and each amount that it is made of; marked orders stand apart."""
    steps: Counter[tuple[str, str, str]] = Counter()
    for row in truth["M-FIN-01"]["totals"]["payment"]:
        if row["kind"] == _ORDINARY:
            for item, amount in row["amounts"].items():
                steps[row["store"], row["month"], item] += amount
    left: Counter[tuple[str, str, str]] = Counter()
    for row in truth["M-FIN-04"]["contribution_minor"]:
        metric = "contribution_profit" if row["kind"] == _ORDINARY else "marked_order_cost"
        left[row["store"], row["month"], metric] += row["amount_minor"]
    names = [*(name for metrics, _, _ in _PROFIT for name in metrics), "contribution_profit", "marked_order_cost"]
    words = ["query", *names, "--by", "shop", "--grain", "month"]
    reported = _by_month(truth, words, shop)
    for store, month in sorted({(store, month) for store, month, _ in left if store in _stores(truth)}):
        for metrics, adds, takes in _PROFIT:
            amount = sum(steps[store, month, item] for item in adds) - sum(steps[store, month, item] for item in takes)
            yield _total("M-FIN-03", metrics, (store, month), amount / 100, reported, words)
        for metric in ("contribution_profit", "marked_order_cost"):
            yield _total("M-FIN-04", (metric,), (store, month), left[store, month, metric] / 100, reported, words)


def _stores(truth: JsonObject) -> dict[str, str]:
    """Return the platform of each store by name."""
    return {store["name"]: store["platform"] for store in truth["world"]["stores"]}


def _store(truth: JsonObject, shop: str) -> str:
    """Return the world's name of a store: its own, or that of the only store of the platform it is named after."""
    stores = _stores(truth)
    own = [name for name, platform in stores.items() if platform == shop]
    return own[0] if shop not in stores and len(own) == 1 else shop


def _asked(words: list[str], shop: Path | None) -> JsonObject:
    """Return what a command prints with ``--json``, run as anyone would run it."""
    from zhanggui.cli.entry import zhanggui

    said = StringIO()
    where = [] if shop is None else ["--shop", str(shop)]
    with redirect_stdout(said), redirect_stderr(StringIO()):
        zhanggui.main(args=[*words, *where, "--json"], prog_name="zhanggui", standalone_mode=False)
    answer = json.loads(said.getvalue())
    assert isinstance(answer, dict)
    return answer


def _unanswered(truth: JsonObject) -> Iterator[Mark]:
    for id_ in _UNANSWERED:
        part = truth[id_]
        reason = part.get("reason", {}) if part.get("planted") is False else {}
        yield Mark(id_, "all", status=NOT_PLANTED if reason else NOT_BUILT, reason=reason)


def _anomalies(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    """Hold the planted anomalies against what the checks of data quality find, and those against the anomalies."""
    planted = truth["C-MON-04"]["anomalies"]
    words = ["check"]
    found = list(_findings(_asked(words, shop)))
    ran = {check for check, _, _ in found}
    for one in planted:
        where = {**one["segment"], "first_date": one["first_date"], "last_date": one["last_date"]}
        mark = Mark("C-MON-04", f"{one['id']} {one['kind']}", where, truth=one["change"])
        checks = [check for check in _CHECKS_OF.get(one["kind"], ()) if check in ran]
        if one["kind"] not in _CHECKS_OF:
            yield mark
        elif not checks:
            yield replace(mark, status=NOT_LOADED, asked=" ".join(words))
        else:
            hits = [each for check, store, each in found if check in checks and each and _is_about(each, store, one)]
            rows = float(sum(each["n_rows"] for each in hits))
            yield replace(mark, reported=rows, status=EXACT if hits else OFF, asked=" ".join(words))
    for check, store, each in found:
        if each and not any(_is_about(each, store, one) for one in planted):
            where = {"store": store, "day": each["day"] or "", "subject": each["subject"] or ""}
            yield Mark("C-QUAL-02", f"not planted: {check}", where, 0.0, float(each["n_rows"]), None, 0.0, OFF)


def _findings(answer: JsonObject) -> Iterator[tuple[str, str, JsonObject]]:
    """Yield check, store and finding of everything that is not as it should be; a check that found nothing once."""
    for check in answer["checks"]:
        yield check["name"], "", {}
        for store in check["stores"]:
            yield from ((check["name"], store["store"], found) for found in store["findings"])


def _is_about(found: JsonObject, store: str, planted: JsonObject) -> bool:
    """Whether a finding lies in the store and the days of something that was planted."""
    segment, first, last = planted["segment"], found["day"], found["last_day"] or found["day"]
    if "store" in segment and store != segment["store"]:
        return False
    if "sku" in segment and found["subject"] not in (None, segment["sku"]) and planted["kind"] == "price_below_cost":
        return False
    return first is None or bool(first <= planted["last_date"] and last >= planted["first_date"])


def _size_charts(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    """Hold the planted wrong size charts against those that are said to be wrong, and those against the planted."""
    for code, is_planted, is_said, words in size_charts(
        truth["C-GOODS-08"]["wrong_size_charts"], lambda words: _asked(words, shop)
    ):
        what = "wrong size chart" if is_planted else "not planted: wrong size chart"
        status = EXACT if is_planted and is_said else OFF
        where = {"merchant_code": code}
        yield Mark(
            "C-GOODS-08", what, where, float(is_planted), float(is_said), None, 0.0, status, asked=" ".join(words)
        )


def _stored_together(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    """Say whether the pair that is stocked together in the world is found as one to stock and store side by side."""
    if not truth["X-05"]["planted"]:
        return
    mark = Mark("X-05", "stored together", truth["X-05"]["where"], 1.0, tolerance=0.0)
    reported, asked = None, ""
    with suppress(NotEnoughDataError):
        is_found, asked = stored_together(truth, lambda words: _asked(words, shop))
        reported = float(is_found)
    yield beside(replace(mark, asked=asked), reported)


def _judged(mark: Mark, shop: Path | None) -> Mark:
    """Return the mark of a planted figure with what is reported of it, where a command tells of it."""
    found = reading_of(mark.id, mark.what, mark.where, lambda words: _asked(words, shop))
    if found is None or mark.truth is None or mark.tolerance is None:
        return mark
    reported, words = found
    return beside(replace(mark, asked=" ".join(words)), reported)


def _marks(found: Iterable[Reading]) -> Iterator[Mark]:
    for each in found:
        mark = Mark(each.id, each.what, each.where, each.truth, tolerance=each.tolerance, asked=each.asked)
        yield beside(mark, each.reported)


def _traffic(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    """Compare the channels of the shop, what platforms claim for each order, and the steps to one, with the world's."""

    def ask(words: list[str]) -> JsonObject:
        return _asked(words, shop)

    def store_of(name: str) -> str:
        return _store(truth, name)

    found: list[Reading] = []
    with suppress(NotEnoughDataError):
        found += [*channel_readings(truth, ask, store_of), *claim_readings(truth, ask, store_of)]
    with suppress(NotEnoughDataError):
        found += funnel_readings(truth, ask)
    yield from _marks(found)
    funnel = truth["M-CONV-08"]
    if not funnel["planted"]:
        yield Mark("M-CONV-08", "all", status=NOT_PLANTED, reason=funnel["reason"])
    for id_ in ("M-TRAFFIC-07", "M-MKT-02", *(("M-CONV-08",) if funnel["planted"] else ())):
        if not any(each.id == id_ for each in found):
            yield Mark(id_, "all", status=NOT_LOADED)


def _people(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    """Compare who stayed away, and what customers brought, with the world's where orders name their buyers."""
    planted = truth["M-CUST-03"]
    if not planted["planted"]:
        yield Mark("M-CUST-03", "all", status=NOT_PLANTED, reason=planted["reason"])
        return
    found: list[Reading] = []
    with suppress(NotEnoughDataError):
        shares = {row["platform"]: row["share"] for row in _asked(["customers", "people"], shop)["platforms"]}
        named = {
            _store(truth, row["shop"]): row["shop"]
            for row in _asked(["query", "orders_paid", "--by", "shop"], shop)["rows"]
        }
        told = {store: name for store, name in named.items() if shares.get(_stores(truth)[store], 0.0) >= TOLD_APART}
        found += returner_readings(truth, lambda words: _asked(words, shop), told)
    yield from _marks(found)
    if not any(each.id == "M-CUST-03" for each in found):
        yield Mark("M-CUST-03", "all", status=NOT_LOADED)


def _examples(truth: JsonObject, shop: Path | None) -> Iterator[Mark]:
    try:
        answered = example_readings(truth, lambda words: _asked(words, shop))
    except NotEnoughDataError:
        answered = {}
    with suppress(NotEnoughDataError):
        answered |= step_change(truth, lambda words: _asked(words, shop))
    with suppress(NotEnoughDataError):
        answered |= people_examples(truth, lambda words: _asked(words, shop))
    with suppress(NotEnoughDataError):
        answered |= stock_examples(truth, lambda words: _asked(words, shop))
    for id_ in sorted(key for key in truth if key.startswith("X-")):
        example = truth[id_]
        status = NOT_BUILT if example["planted"] else NOT_PLANTED
        reason = {} if example["planted"] else example["reason"]
        for figure in example["figures"]:
            mark = Mark(
                id_,
                figure["name"],
                example["where"],
                truth=figure["realised"],
                tolerance=figure["tolerance"],
                status=status,
                reason=reason,
            )
            reported, asked = answered.get((id_, figure["name"]), (None, ""))
            if asked:
                yield beside(replace(mark, asked=asked), reported)
            else:
                yield _judged(mark, shop) if example["planted"] else mark
