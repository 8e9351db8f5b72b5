"""Fills the shelf: products of each family with titles, prices, costs and popularity, drawn from the seed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods.families import (
    ADJECTIVES,
    BRANDS,
    COLOURS,
    FAMILIES,
    GIFTS,
    PAIRED,
    PAIRED_PRICE,
    SIZES,
    SUPPLIERS,
    Family,
)
from zhanggui.simulate.goods.shelf import Pairs, Shelf, Supplier
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.rows import NEVER, Column
from zhanggui.simulate.stores import Store

_TRADES = list(Trade)
_SIZE_SHARES = (0.17, 0.3, 0.28, 0.17, 0.08)
_HALF_LIFE_DAYS = {Trade.BEAUTY: 1500.0, Trade.FASHION: 700.0, Trade.BABY: 2500.0, Trade.HOME: 2500.0}
_ZIPF = 0.85
_LETTERS = {Trade.BEAUTY: "MZ", Trade.FASHION: "FS", Trade.BABY: "MY", Trade.HOME: "JJ"}


@dataclass(slots=True)
class _Stock:
    """Columns of SKUs while they are put together."""

    columns: dict[str, list[float]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    specs: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def add(self, spec: str, **values: float) -> None:
        """Add a SKU."""
        self.specs.append(spec)
        for name, value in values.items():
            self.columns.setdefault(name, []).append(value)


def shelf_of(options: Options, draws: Draws, stores: tuple[Store, ...]) -> Shelf:
    """Return the goods that a world of these options sells.

    Parameters
    ----------
    options : Options
        Which trades there are.
    draws : Draws
        The world's draws; titles, prices and popularity differ from seed to seed.
    stores : tuple of Store
        The world's stores.
    """
    trades = [trade for trade in _TRADES if any(trade in store.trades for store in stores)]
    families = tuple(family for family in FAMILIES if family.trade in trades)
    suppliers, supplier_of = _suppliers(trades, draws)
    brands = tuple(name for trade in trades for name in BRANDS[trade])
    stock = _Stock()
    for category, family in enumerate(families):
        for nth in range(family.n_products):
            _add_product(stock, family, category, nth, draws, brands, supplier_of)
    for trade in trades:
        last = max(place for place, family in enumerate(families) if family.trade is trade)
        for nth, name in enumerate(GIFTS[trade]):
            _add_gift(stock, name, trade, last, nth, supplier_of)
    columns = {name: _typed(name, values) for name, values in stock.columns.items()}
    columns["popularity"] = _popularity(columns, draws)
    complements, substitutes = _pairs(columns, families, draws)
    return Shelf(
        columns,
        families=families,
        titles=stock.titles,
        specs=stock.specs,
        codes=stock.codes,
        brands=brands,
        suppliers=suppliers,
        complements=complements,
        substitutes=substitutes,
        draws=draws,
        stores=stores,
    )


def _typed(name: str, values: list[float]) -> Column:
    kinds = {"is_gift": np.bool_, "share": np.float64, "half_life_days": np.float64}
    return np.asarray(values).astype(kinds.get(name, np.int64))


def _suppliers(trades: list[Trade], draws: Draws) -> tuple[tuple[Supplier, ...], dict[Trade, tuple[int, int]]]:
    found: list[Supplier] = []
    ranges = {}
    for trade in trades:
        first = len(found)
        for place, (name, lead, spread, least, case) in enumerate(SUPPLIERS[trade]):
            keys = (_TRADES.index(trade), place)
            day = 30 + int(draws.uniform("supplier price day", *keys)[0] * 120)
            factor = 0.97 + 0.09 * float(draws.uniform("supplier price", *keys)[0])
            found.append(Supplier(name, lead, spread, least, case, day, round(factor, 3)))
        ranges[trade] = (first, len(found))
    return tuple(found), ranges


def _add_product(
    stock: _Stock,
    family: Family,
    category: int,
    nth: int,
    draws: Draws,
    brands: tuple[str, ...],
    supplier_of: dict[Trade, tuple[int, int]],
) -> None:
    family_number = FAMILIES.index(family)
    keys = (family_number, nth)

    def drawn(stream: str) -> float:
        return float(draws.uniform(stream, *keys)[0])

    own_brands = BRANDS[family.trade]
    brand = own_brands[int(drawn("brand") * len(own_brands))]
    product = len(stock.titles)
    stock.titles.append(f"{brand} {_name(family, family_number, nth, draws)}")
    stock.codes.append(f"{_LETTERS[family.trade]}{family_number:02d}{nth:02d}")
    price_yuan = family.price_from * (family.price_to / family.price_from) ** drawn("price")
    cost_share = min(max(family.cost_share * (0.75 + 0.5 * drawn("cost")), 0.1), 0.85)
    first, last = supplier_of[family.trade]
    is_new, is_short_lived = drawn("is new") < 0.1, drawn("is short lived") < 0.06
    launched = int(360 * drawn("launched")) if is_new else -30 - int(700 * drawn("launched"))
    retired = max(launched, 0) + 60 + int(500 * drawn("retired")) if is_short_lived else NEVER
    for spec, price, share, size, stage, colour in _specs(family):
        # Shelf prices end in 9 yuan, as they do.
        list_minor = max(round((price_yuan * price - 9) / 10) * 10 + 9, 9) * 100
        stock.add(
            spec,
            product=product,
            trade=_TRADES.index(family.trade),
            category=category,
            brand=brands.index(brand),
            size=size,
            stage=stage,
            colour=colour,
            supplier=_own_supplier(family, first, last),
            list_minor=list_minor,
            cost_minor=round(list_minor * cost_share),
            weight_g=round(family.weight_g * price),
            launched_day=launched,
            retired_day=retired,
            half_life_days=_HALF_LIFE_DAYS[family.trade],
            is_gift=False,
            share=share,
        )


def _name(family: Family, family_number: int, nth: int, draws: Draws) -> str:
    """Return what a product is called; no two of a family are called alike."""
    noun = family.nouns[nth % len(family.nouns)]
    offset = int(draws.uniform("adjective", family_number)[0] * len(ADJECTIVES))
    return f"{ADJECTIVES[(offset + nth // len(family.nouns)) % len(ADJECTIVES)]}{noun}"


def _own_supplier(family: Family, first: int, last: int) -> int:
    """Return who delivers a family: the first of the trade its first half, fresh food the farmers alone."""
    siblings = [other for other in FAMILIES if other.trade is family.trade]
    if family.trade is Trade.HOME:
        return first + {"床垫": 1, "床品": 1, "收纳清洁": 2, "厨具": 2}.get(family.category, 0)
    return first + siblings.index(family) * (last - first) // len(siblings)


def _specs(family: Family) -> list[tuple[str, float, float, int, int, int]]:
    """Return the SKUs of a product: text, price factor, share of its units, size, stage, colour."""
    colours = range(family.n_colours) if family.n_colours else (-1,)
    shares = 1 / np.arange(1, max(family.n_colours, 1) + 1) ** 0.6
    found = []
    for colour in colours:
        colour_share = float(shares[max(colour, 0)])
        colour_text = f"颜色:{COLOURS[colour]}" if colour >= 0 else ""
        if family.fit == "size":
            for size, name in enumerate(SIZES):
                found.append((f"{colour_text};尺码:{name}", 1.0, colour_share * _SIZE_SHARES[size], size, -1, colour))
            continue
        for place, (name, price) in enumerate(zip(family.specs, family.spec_prices, strict=True)):
            text = ";".join(part for part in (colour_text, f"规格:{name}") if part)
            share = colour_share * (1.0, 0.6, 0.35)[place]
            found.append((text, price, share, -1, place if family.fit == "stage" else -1, colour))
    return found


def _add_gift(
    stock: _Stock, name: str, trade: Trade, category: int, nth: int, supplier_of: dict[Trade, tuple[int, int]]
) -> None:
    product = len(stock.titles)
    stock.titles.append(f"赠品 {name}")
    stock.codes.append(f"ZP{_LETTERS[trade]}{nth:02d}")
    stock.add(
        "规格:赠品",
        product=product,
        trade=_TRADES.index(trade),
        category=category,
        brand=0,
        size=-1,
        stage=-1,
        colour=-1,
        supplier=supplier_of[trade][0],
        list_minor=0,
        cost_minor=180 + 120 * nth,
        weight_g=40,
        launched_day=-700,
        retired_day=NEVER,
        half_life_days=1e6,
        is_gift=True,
        share=0.0,
    )


def _popularity(columns: dict[str, Column], draws: Draws) -> Floats:
    """Return each SKU's part of its trade's units: products by Zipf's law in a drawn order, SKUs by their share."""
    product, trade = columns["product"], columns["trade"]
    n_products = int(product[-1]) + 1
    trade_of = np.zeros(n_products, np.int64)
    trade_of[product] = trade
    drawn = draws.uniform("product rank", trade_of, np.arange(n_products))
    weight = np.zeros(n_products)
    for one in np.unique(trade):
        own = np.flatnonzero(trade_of == one)
        weight[own[np.argsort(drawn[own], kind="stable")]] = 1 / np.arange(1, own.size + 1) ** _ZIPF
    share = columns["share"] / np.maximum(np.bincount(product, columns["share"]), 1e-12)[product]
    popularity = weight[product] * share
    found: Floats = popularity / np.bincount(trade, popularity)[trade]
    return found


def _pairs(columns: dict[str, Column], families: tuple[Family, ...], draws: Draws) -> tuple[Pairs, Pairs]:
    """Return complements by the families that are bought together, and substitutes within families."""
    product, popularity = columns["product"], columns["popularity"]
    n_products = int(product[-1]) + 1
    category_of = np.full(n_products, -1)
    is_sold = ~columns["is_gift"]
    category_of[product[is_sold]] = columns["category"][is_sold]
    weight = np.bincount(product, popularity)
    places = {family.category: place for place, family in enumerate(families)}
    rows: list[tuple[int, int, float]] = []
    for first, second, strength in PAIRED:
        if first not in places or second not in places:
            continue
        partners = np.flatnonzero(category_of == places[second])
        for a in np.flatnonzero(category_of == places[first]):
            fits = weight[partners] * _price_fit(columns, int(a), partners, PAIRED_PRICE.get((first, second)))
            b = partners[draws.pick(fits, "complement", int(a), places[second])[0]]
            rows.append((int(a), int(b), strength))
    pairs = [
        (a, b, 0.5 + 0.5 * min(weight[a], weight[b]) / max(weight[a], weight[b]))
        for a in range(n_products)
        for b in range(n_products)
        if a != b and category_of[a] == category_of[b] >= 0
    ]
    return _as_pairs(rows), _as_pairs(pairs)


def _price_fit(columns: dict[str, Column], a: int, partners: Ints, ratio: float | None) -> Floats:
    """Return how well the prices of partners go with that of a product, where a ratio of prices is meant."""
    if ratio is None:
        return np.ones(partners.size)
    price = np.bincount(columns["product"], columns["list_minor"]) / np.bincount(columns["product"])
    off = np.abs(np.log(price[partners] / price[a] / ratio))
    found: Floats = np.where(off <= off.min() + 1e-9, 1.0, 0.0)
    return found


def _as_pairs(rows: list[tuple[int, int, float]]) -> Pairs:
    a, b, strength = zip(*rows, strict=True) if rows else ((), (), ())
    return Pairs(np.asarray(a, np.int64), np.asarray(b, np.int64), np.asarray(strength, np.float64))
