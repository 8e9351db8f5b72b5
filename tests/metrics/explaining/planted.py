"""Planted faults of simulated worlds as a ledger would hold them, and at which place an explanation names the cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from tests.metrics.ledgers import ledger_of

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.engine.ddl import arrow_schema
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.explaining import Asked, Explanation, explain
from zhanggui.metrics.explaining.alike import alike_before
from zhanggui.metrics.regions import REGION_OF
from zhanggui.simulate.options import Options, Platform
from zhanggui.simulate.plants.faults import Fault
from zhanggui.simulate.records import AD_ROWS, EVENTS, LINES, ORDERS, REFUNDS, TICKETS, OrderKind
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import CARRIERS, CHANNELS, PLACES, REGIONS, STORES, WAREHOUSES
from zhanggui.simulate.world import World

Columns = dict[str, npt.NDArray[Any]]  # Of one table, each column of a type of its own.
Mask = npt.NDArray[np.bool_]

DAYS = 180
KINDS: Mapping[str, tuple[str, str]] = {
    "payment_outage": ("orders_paid", "order_header"),
    "negative_posts": ("orders_created", "order_header"),
    "region_not_served": ("orders_created", "order_header"),
    "hit_out_of_stock": ("units_sold", "order_line"),
    "off_shelf": ("units_sold", "order_line"),
    "broken_coupon": ("merchant_discount", "line_profit"),
    "refund_wave": ("refund_amount", "refund"),
    "region_delay": ("delivery_days_p90", "shipment"),
    "carrier_delay": ("delivery_days_p90", "shipment"),
    "slow_replies": ("first_reply_minutes_median", "service_ticket"),
    "bot_traffic": ("visits", "session"),
    "creative_fatigue": ("click_rate", "ad_result"),
    "click_cost_jump": ("click_cost", "ad_result"),
    "budget_overspend": ("clicked_spend", "ad_result"),
}
"""Faults whose figure and place the ledger holds, with the metric that is explained and the table of its rows."""

ALIKE = 0.9
"""A segment names the cause when of the rows of either so large a part is of both."""
_NOTHING: npt.NDArray[Any] = np.array(None, object)


@dataclass(frozen=True)
class Explained:
    """One fault, what was said of its days, and the first place that names its cause: 1 is the first, 0 none."""

    fault: Fault
    found: Explanation
    place: int


def explained_faults(seed: int, folder: Path) -> Iterator[Explained]:
    """Live through a world, hold its records as a ledger does, and explain the days of each fault."""
    world = World(Options(days=DAYS, seed=seed))
    kept: dict[str, list[Rows]] = {each.name: [] for each in (ORDERS, LINES, REFUNDS, AD_ROWS, EVENTS, TICKETS)}
    for _ in range(DAYS):
        records = world.step()
        for table in (ORDERS, LINES, REFUNDS, AD_ROWS, EVENTS, TICKETS):
            kept[table.name].append(records[table])
    tables = _tables(world, kept)
    with _ledger(folder, tables) as ledger:
        for fault in world.plan.faults:
            if fault.kind in KINDS:
                yield _explained(ledger, world, fault, tables)


def _explained(ledger: Ledger, world: World, fault: Fault, tables: Mapping[str, Columns]) -> Explained:
    metric, table = KINDS[fault.kind]
    others = [each for each in world.plan.faults if each is not fault and KINDS.get(each.kind, ("", ""))[1] == table]
    before = _calm_days_before(world, fault, others)
    days = Period(_day(world, fault.first_day), _day(world, fault.last_day))
    found = explain(ledger, Asked(CATALOGUE[metric], days, before).checked())
    rows = tables[table]
    cause = _cause(world, fault, rows)
    at_once = [_cause(world, each, rows) for each in others if _meet(world, each, days)]
    place = 0
    for segment in found.segments.segments:
        named = _mask(segment.where, rows)
        is_part = fault.kind == "hit_out_of_stock"
        # What else went wrong on the same days is no false cause.
        place += not any(_is_alike(named, each, is_part=True) for each in at_once)
        if _is_alike(named, cause, is_part=is_part):
            return Explained(fault, found, place)
    return Explained(fault, found, 0)


def _calm_days_before(world: World, fault: Fault, others: Sequence[Fault]) -> Period:
    """Return the nearest days like those of a fault on which nothing else of the kind went wrong, else the nearest."""
    days = Period(_day(world, fault.first_day), _day(world, fault.last_day))
    nearest = found = alike_before(days, since=world.start)
    while any(_meet(world, each, found) for each in others):
        again = alike_before(found, since=world.start)
        if again.first >= found.first or again.first < world.start:
            return nearest
        found = again
    return found


def _meet(world: World, fault: Fault, days: Period) -> bool:
    return _day(world, fault.first_day) <= days.last and _day(world, fault.last_day) >= days.first


def _day(world: World, number: int) -> date:
    return world.start + timedelta(number)


def _is_alike(named: Mask, cause: Mask, *, is_part: bool) -> bool:
    """Tell whether a segment is the cause; of a supplier that delivers nothing each of its goods is."""
    both = (named & cause).sum()
    return bool(both >= ALIKE * named.sum() and (is_part or both >= ALIKE * cause.sum()) and both > 0)


def _mask(where: Mapping[str, object], rows: Columns) -> Mask:
    inside = np.ones(len(rows["shop_id"]), bool)
    for dim, value in where.items():
        held = rows[dim]
        inside &= (held == value) if value is not None else np.array([each is None for each in held])
    return inside


def _cause(world: World, fault: Fault, rows: Columns) -> Mask:
    inside = np.ones(len(rows["shop_id"]), bool)
    for dim, number in fault.segment.items():
        match dim:
            case "store":
                inside &= rows["shop"] == STORES[number].name
            case "channel":
                inside &= rows["channel"] == CHANNELS[number].label
            case "region":
                inside &= rows["region"] == REGIONS[number]
            case "carrier":
                inside &= rows["carrier"] == CARRIERS[number]
            case "warehouse":
                inside &= rows["warehouse"] == WAREHOUSES[number]
            case "ad_group":
                group = world.scene.ad_groups[number]
                inside &= (rows["campaign"] == group.name) & (rows["shop"] == STORES[group.store].name)
            case _:
                inside &= np.isin(rows["product"], [f"P{each}" for each in _products(world, fault)])
    return inside


def _products(world: World, fault: Fault) -> list[int]:
    if "product" in fault.segment:
        return [fault.segment["product"]]
    return sorted({int(world.shelf.product[pull.at["sku"]]) for pull in fault.pulls})


def _joined(days: list[Rows], *names: str) -> Columns:
    found: Columns = {name: np.concatenate([each[name] for each in days]) for name in names}
    found["day"] = np.concatenate([np.full(len(each[names[0]]), place) for place, each in enumerate(days)])
    return found


def _tables(world: World, kept: Mapping[str, list[Rows]]) -> dict[str, Columns]:
    """Return the ledger's tables, with the dimensions of their rows beside what they store."""
    orders = _joined(
        kept[ORDERS.name],
        *("order", "store", "person", "kind", "created_at", "paid_at", "shipped_at", "received_at"),
        *("due_minor", "place", "carrier", "warehouse", "channel"),
    )
    is_ordinary = orders["kind"] == OrderKind.ORDINARY
    orders = {name: column[is_ordinary] for name, column in orders.items()}
    at = np.full(int(orders["order"].max()) + 1, -1)
    at[orders["order"]] = np.arange(len(orders["order"]))
    header = _header(world, orders)
    lines = _joined(kept[LINES.name], "order", "sku", "quantity", "due_minor", "merchant_discount_minor", "is_gift")
    own = (at[np.minimum(lines["order"], len(at) - 1)] >= 0) & ~lines["is_gift"].astype(bool)
    lines = {name: column[own] for name, column in lines.items()}
    of_line = at[lines["order"]]
    goods = _goods(world, lines["sku"])
    line: Columns = {
        **{name: header[name][of_line] for name in (*_OF_ORDER, "shop_id", "order_id", "paid_date", "is_paid")},
        **goods, "line_key": np.arange(len(of_line)).astype(str), "line_kind": np.full(len(of_line), "product"),
        "quantity": lines["quantity"].astype(np.int32),
        "created_minor": lines["due_minor"], "paid_minor": lines["due_minor"],
        "merchant_discount_minor": lines["merchant_discount_minor"], "currency": np.full(len(of_line), "CNY"),
    }  # fmt: skip
    paid = line["is_paid"].astype(bool)
    return {
        "store": _stores(), "order_header": header, "order_line": line,
        "line_profit": {name: column[paid] for name, column in line.items()} | {
            "order_kind": np.full(int(paid.sum()), "ordinary")},
        "shipment": _shipments(orders, header), "refund": _refunds(world, kept[REFUNDS.name], at, header),
        "service_ticket": _tickets(world, kept[TICKETS.name], at, header), "ad_result": _ads(world, kept[AD_ROWS.name]),
        "session": _sessions(world, kept[EVENTS.name]),
    }  # fmt: skip


_OF_ORDER = ("shop", "platform", "province", "region", "city", "country", "channel", "tier", "device")


def _header(world: World, orders: Columns) -> Columns:
    n = len(orders["order"])
    places = [place.province for place in PLACES]
    short = [next(name for name in REGION_OF if full.startswith(name)) for full in places]
    paid = orders["paid_at"] >= 0
    return {
        **_of_store(orders["store"]), "order_id": orders["order"].astype(str),
        "buyer_key": np.char.add("b", orders["person"].astype(str)),
        "status": np.full(n, "completed"), "order_kind": np.full(n, "ordinary"), "is_paid": paid,
        "created_date": _days(world, orders["day"]), "created_at": _moments(orders["created_at"]),
        "paid_date": _or_none(_moments(orders["paid_at"]).astype("datetime64[D]"), paid),
        "paid_at": _or_none(_moments(orders["paid_at"]), paid),
        "shipped_at": _or_none(_moments(orders["shipped_at"]), paid & (orders["shipped_at"] >= 0)),
        "created_minor": orders["due_minor"], "paid_minor": np.where(paid, orders["due_minor"], 0),
        "refunded_minor": np.zeros(n, np.int64), "currency": np.full(n, "CNY"), "n_lines": np.ones(n, np.int32),
        "province": np.array(short, object)[orders["place"]],
        "region": np.array([REGION_OF[each] for each in short], object)[orders["place"]],
        "city": np.array([place.city for place in PLACES], object)[orders["place"]],
        "channel": np.array([each.label for each in CHANNELS], object)[orders["channel"]],
        "country": np.full(n, "中国", object), "tier": np.full(n, None, object), "device": np.full(n, None, object),
    }  # fmt: skip


def _of_store(store: npt.NDArray[Any]) -> Columns:
    number = store.astype(np.int64)
    return {
        "shop_id": (number + 1).astype(np.int32),
        "shop": np.array([each.name for each in STORES], object)[number],
        "platform": np.array([each.platform.value for each in STORES], object)[number],
    }


def _goods(world: World, sku: npt.NDArray[Any]) -> Columns:
    number = sku.astype(np.int64)
    product = world.shelf.product[number]
    named: Columns = {
        "product_id": np.char.add("P", product.astype(str)), "sku_id": np.char.add("S", number.astype(str)),
        "category": np.char.add("类目", world.shelf.category[number].astype(str)),
        "brand": np.char.add("品牌", world.shelf.brand[number].astype(str)),
    }  # fmt: skip
    return {**named, "product": named["product_id"], "sku": named["sku_id"]}


def _shipments(orders: Columns, header: Columns) -> Columns:
    sent = np.flatnonzero((orders["paid_at"] >= 0) & (orders["shipped_at"] >= 0))
    shipped, received = (_moments(orders[name][sent]) for name in ("shipped_at", "received_at"))
    return {
        **{name: header[name][sent] for name in (*_OF_ORDER, "shop_id", "order_id")},
        "fact_key": np.arange(len(sent)).astype(str), "direction": np.full(len(sent), "outbound"),
        "carrier": np.array(CARRIERS, object)[orders["carrier"][sent]],
        "warehouse": np.array(WAREHOUSES, object)[orders["warehouse"][sent]],
        "shipped_at": shipped, "shipped_date": shipped.astype("datetime64[D]"),
        "received_at": _or_none(received, orders["received_at"][sent] >= 0), "currency": np.full(len(sent), "CNY"),
    }  # fmt: skip


def _refunds(world: World, days: list[Rows], at: npt.NDArray[np.int64], header: Columns) -> Columns:
    rows = _joined(days, "order", "sku", "refunded_minor")
    own = (at[np.minimum(rows["order"], len(at) - 1)] >= 0) & (rows["sku"] >= 0)
    rows = {name: column[own] for name, column in rows.items()}
    of = at[rows["order"]]
    return {
        **{name: header[name][of] for name in (*_OF_ORDER, "shop_id", "order_id")}, **_goods(world, rows["sku"]),
        "refund_id": np.arange(len(of)).astype(str), "basis": np.full(len(of), "case"),
        "has_order": np.ones(len(of), bool), "order_kind": np.full(len(of), "ordinary"),
        "refunded_minor": rows["refunded_minor"], "cohort_date": _days(world, rows["day"]),
        "currency": np.full(len(of), "CNY"),
    }  # fmt: skip


def _tickets(world: World, days: list[Rows], at: npt.NDArray[np.int64], header: Columns) -> Columns:
    rows = _joined(days, "store", "order", "topic", "opened_at", "first_reply_at")
    place = np.where(rows["order"] >= 0, at[np.clip(rows["order"], 0, len(at) - 1)], -1)
    named = {
        name: np.where(place >= 0, header[name][np.maximum(place, 0)], _NOTHING)
        for name in (*_OF_ORDER, "order_id")
        if name not in ("shop", "platform")
    }
    opened, replied = (_moments(rows[name]) for name in ("opened_at", "first_reply_at"))
    return {
        **named, **_of_store(rows["store"]), "fact_key": np.arange(len(place)).astype(str),
        "topic": np.char.add("主题", rows["topic"].astype(str)), "opened_at": opened,
        "opened_date": _days(world, rows["day"]), "replied_at": _or_none(replied, rows["first_reply_at"] >= 0),
        "currency": np.full(len(place), "CNY"),
    }  # fmt: skip


def _ads(world: World, days: list[Rows]) -> Columns:
    rows = _joined(days, "store", "ad_group", "creative", "sku", "impressions", "clicks", "spend_minor")
    groups = world.scene.ad_groups
    goods = _goods(world, np.maximum(rows["sku"], 0))
    return {
        **_of_store(rows["store"]), "product_id": np.where(rows["sku"] >= 0, goods["product_id"], _NOTHING),
        "product": np.where(rows["sku"] >= 0, goods["product_id"], _NOTHING),
        "fact_key": np.arange(len(rows["day"])).astype(str), "day": _days(world, rows["day"]),
        "channel": np.array([CHANNELS[each.channel].label for each in groups], object)[rows["ad_group"]],
        "campaign": np.array([each.name for each in groups], object)[rows["ad_group"]],
        "creative": np.char.add("创意", rows["creative"].astype(str)), "impressions": rows["impressions"],
        "clicks": rows["clicks"], "spend_minor": rows["spend_minor"], "currency": np.full(len(rows["day"]), "CNY"),
    }  # fmt: skip


def _sessions(world: World, days: list[Rows]) -> Columns:
    rows = _joined(days, "session", "channel")
    _, first = np.unique(rows["session"], return_index=True)
    n = len(first)
    number = next(each.number for each in STORES if each.platform is Platform.OWN_SITE)
    return {
        **_of_store(np.full(n, number)), "session_id": np.arange(n).astype(str),
        "visitor_id": np.arange(n).astype(str), "session_date": _days(world, rows["day"][first]),
        "channel": np.array([each.label for each in CHANNELS], object)[rows["channel"][first]],
        "is_bot": np.zeros(n, bool), "device": np.full(n, None, object), "campaign": np.full(n, None, object),
    }  # fmt: skip


def _stores() -> Columns:
    n = len(STORES)
    return {
        **_of_store(np.arange(n)), "name": np.array([each.name for each in STORES]),
        "tz": np.full(n, "Asia/Shanghai"), "currency": np.full(n, "CNY"),
    }  # fmt: skip


def _days(world: World, day: npt.NDArray[Any]) -> npt.NDArray[np.datetime64]:
    return np.datetime64(world.start) + day.astype("timedelta64[D]")


def _moments(seconds: npt.NDArray[Any]) -> npt.NDArray[np.datetime64]:
    return np.datetime64("1970-01-01T00:00:00") + seconds.astype("timedelta64[s]")


def _or_none(values: npt.NDArray[np.datetime64], is_known: npt.NDArray[Any]) -> npt.NDArray[np.datetime64]:
    return np.where(is_known.astype(bool), values, np.datetime64("NaT"))


@contextmanager
def _ledger(folder: Path, tables: Mapping[str, Columns]) -> Iterator[Ledger]:
    with ledger_of(folder, {}) as ledger:
        with ledger.transaction() as transaction:
            for name, columns in tables.items():
                declared = TABLES.get(name)
                stored = ALL_TABLES[(declared and declared.view_of) or name]
                schema = arrow_schema(stored)
                given = {
                    key: pa.array(column, from_pandas=True).cast(schema.field(key).type)
                    for key, column in columns.items()
                    if key in stored.column_names
                }
                n = len(columns["shop_id"])
                for column in stored.columns:
                    if column.name not in given and (not column.nullable or column.name == "is_current"):
                        empty = _EMPTY.get(column.type.value, 0)
                        given[column.name] = pa.array([empty] * n).cast(schema.field(column.name).type)
                if stored.is_sparse:
                    transaction.widen(stored.name, list(given))
                transaction.insert(stored.name, pa.table(given))
        yield ledger


_EMPTY: Mapping[str, object] = {"boolean": True, "text": "", "date": date(2020, 2, 1)}
