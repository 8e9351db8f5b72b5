"""Two months of a two-store tea seller: made up from one seed, the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tests.sample_shop.files import write_items, write_orders, write_products, write_refunds
from tests.sample_shop.goods import GOODS, HOURS, PLACES, STORES, WEEKDAYS, Goods, Store
from tests.sample_shop.sale import Item, Refund, Sale

FIRST_DAY = date(2026, 8, 1)
PROMOTION_LIFT = {date(2026, 9, 8): 1.5, date(2026, 9, 9): 2.4, date(2026, 9, 10): 1.4}
MOONCAKE_SEASON = date(2026, 9, 5)
OVERLAP_DAYS = 2
"""The later export begins this much before the earlier one ends, as exports by hand do."""
PAID_SHARE = 0.88
RISING_PROVINCE = "四川省"


@dataclass(frozen=True, slots=True)
class SampleShop:
    """What was written: export files in the order to load them, and product lists, each with its map."""

    exports: tuple[Path, ...]
    products: tuple[tuple[Path, Path], ...]


def write_sample_shop(folder: Path, *, seed: int = 7, days: int = 61) -> SampleShop:
    """Write the export files of the made-up shop.

    Parameters
    ----------
    folder : Path
        Where to write; one folder per store is made in it.
    seed : int, default 7
        The same seed writes the same bytes.
    days : int, default 61
        Days of trade, from 1 August 2026: two whole months.

    Returns
    -------
    SampleShop
    """
    orders: list[Path] = []
    others: list[Path] = []
    mapped: list[tuple[Path, Path]] = []
    exported_at = datetime.combine(FIRST_DAY + timedelta(days=days), time(9, 0))
    for store in STORES:
        rng = random.Random(f"{seed}:{store.number}")
        sales = list(_sales(store, rng, days=days, exported_at=exported_at))
        place = folder / store.name
        place.mkdir(parents=True, exist_ok=True)
        for part, (first, last) in enumerate(_months(days)):
            stamp = f"{exported_at + timedelta(minutes=part):%Y%m%d%H%M}"
            chosen = [sale for sale in sales if first <= sale.created_at.date() <= last]
            path = place / f"ExportOrderList{stamp}.csv"
            is_typed_by_hand = store is STORES[0] and part == 1
            orders.append(write_orders(path, chosen, store_name=store.name, has_typing_error=is_typed_by_hand))
            others.append(write_items(place / f"ExportOrderDetailList{stamp}.csv", chosen))
        others.append(write_refunds(place / f"退款_{exported_at:%Y%m%d}.csv", sales))
        shelf = [goods for goods in GOODS if goods.category in store.categories]
        mapped.append(write_products(place, shelf, store_name=store.name))
    return SampleShop((*orders, *others), tuple(mapped))


def _months(days: int) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each export; the later one reaches back a little."""
    last_day = FIRST_DAY + timedelta(days=days - 1)
    first = FIRST_DAY
    while first <= last_day:
        next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        reach = timedelta(days=OVERLAP_DAYS if first > FIRST_DAY else 0)
        yield first - reach, min(next_month - timedelta(days=1), last_day)
        first = next_month


def _sales(store: Store, rng: random.Random, *, days: int, exported_at: datetime) -> Iterator[Sale]:
    number = 3_300_000_000_000_000_000 + store.number * 10**15
    for offset in range(days):
        day = FIRST_DAY + timedelta(days=offset)
        expected = store.orders_per_day * WEEKDAYS[day.weekday()] * PROMOTION_LIFT.get(day, 1.0)
        for moment in sorted(_moments(day, round(rng.gauss(expected, expected**0.5)), rng)):
            number += rng.randrange(1_000, 9_000_000)
            yield _sale(number, moment, store, rng, exported_at=exported_at)


def _moments(day: date, n_orders: int, rng: random.Random) -> list[datetime]:
    hours = rng.choices(range(24), HOURS, k=max(n_orders, 0))
    return [datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60))) for hour in hours]


def _sale(number: int, created_at: datetime, store: Store, rng: random.Random, *, exported_at: datetime) -> Sale:
    items = _items(created_at, store, rng)
    goods_fen = sum(item.amount_fen for item in items)
    shipping_fen = 0 if goods_fen >= 5_900 else 800
    discount_fen = rng.choice((500, 1_000, 2_000, 3_000)) if goods_fen > 10_000 and rng.random() < 0.3 else 0
    province, city = _place(created_at, rng)
    paid_at = created_at + timedelta(seconds=round(rng.expovariate(1 / 240)) + 5)
    is_paid = rng.random() < PAID_SHARE and paid_at < exported_at
    sale = Sale(
        number=str(number),
        created_at=created_at,
        paid_at=paid_at if is_paid else None,
        items=tuple(items),
        shipping_fen=shipping_fen,
        discount_fen=discount_fen,
        province=province,
        city=city,
        buyer=rng.choice("王李张刘陈杨赵黄周吴"),
        exported_at=exported_at,
    )
    return sale.with_refund(_refund(sale, rng)) if is_paid else sale


def _items(created_at: datetime, store: Store, rng: random.Random) -> list[Item]:
    shelf = [goods for goods in GOODS if goods.category in store.categories]
    weights = [goods.appeal * _season(goods, created_at.date()) for goods in shelf]
    n_items = rng.choices((1, 2, 3), (72, 21, 7))[0]
    chosen: dict[str, Goods] = {}
    for goods in rng.choices(shelf, weights, k=n_items):
        chosen[goods.code] = goods
    return [Item(goods, rng.choice(goods.specs), rng.choices((1, 2, 3), (80, 16, 4))[0]) for goods in chosen.values()]


def _season(goods: Goods, day: date) -> float:
    if goods.code == "SNACK-005":
        return 6.0 if day >= MOONCAKE_SEASON else 0.4
    return 1.0


def _place(created_at: datetime, rng: random.Random) -> tuple[str, str]:
    is_late = created_at.date() >= FIRST_DAY + timedelta(days=31)
    weights = [weight * (2 if is_late and name == RISING_PROVINCE else 1) for name, _, weight in PLACES]
    province, city, _ = rng.choices(PLACES, weights)[0]
    return province, city


def _refund(sale: Sale, rng: random.Random) -> Refund | None:
    assert sale.paid_at is not None
    returned = [item for item in sale.items if rng.random() < item.goods.return_rate]
    applied_at = sale.paid_at + timedelta(hours=rng.uniform(2, 150))
    if not returned or applied_at >= sale.exported_at:
        return None
    is_whole = len(returned) == len(sale.items)
    amount = sale.paid_fen if is_whole else min(sum(item.amount_fen for item in returned), sale.paid_fen)
    closed_at = applied_at + timedelta(hours=rng.uniform(6, 70))
    reasons: Sequence[str] = ("七天无理由退换货", "不想要了", "破损/污渍", "大小/尺寸与商品描述不符", "发货太慢")
    return Refund(
        number=f"2{int(sale.number) % 10**17:017d}",
        item=returned[0],
        amount_fen=amount,
        is_whole=is_whole,
        applied_at=applied_at.replace(microsecond=0),
        closed_at=closed_at.replace(microsecond=0) if closed_at < sale.exported_at else None,
        reason=rng.choice(reasons),
    )
