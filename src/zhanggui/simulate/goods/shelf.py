"""The shelf: every product and SKU of the company as columns, and what is known about each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods.families import Family
from zhanggui.simulate.options import Platform
from zhanggui.simulate.rows import Column
from zhanggui.simulate.stores import Store

_FIRST_WEEKS = 25.0
"""Days in which a new product finds its buyers."""
_LEFT_OVER = 0.03
"""What a product sells long after its time: dead stock."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who delivers goods.

    Attributes
    ----------
    name : str
        As purchase orders write it.
    lead_days, lead_spread_days : float
        Mean and standard deviation of the days from order to receipt.
    least_units, case_units : int
        Least order of a SKU, and units of a case.
    price_day : int
        Day of the world on which it changes its prices; may be outside the world's days.
    price_factor : float
        Its prices from that day on, as a multiple of those before.
    """

    name: str
    lead_days: float
    lead_spread_days: float
    least_units: int
    case_units: int
    price_day: int
    price_factor: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of products.

    Attributes
    ----------
    a, b : array of int
        Products.
    strength : array of float
        Of complements: the chance that `a` in a basket brings `b` along. Of substitutes: how alike they are, 0-1.
    """

    a: Ints
    b: Ints
    strength: Floats


class Shelf:
    """All goods; SKUs and products are numbered from 0, the SKUs of a product follow each other.

    Parameters
    ----------
    columns : dict of str to array
        The columns of SKUs, see below.
    families : tuple of Family
        One per category.
    titles, specs, codes : list of str
        Title and code of each product, specification of each SKU.
    brands : tuple of str
        Names of brands.
    suppliers : tuple of Supplier
        Who delivers.
    complements, substitutes : Pairs
        What goes together; what replaces what.
    draws : Draws
        The world's.
    stores : tuple of Store
        The world's.

    Attributes
    ----------
    product, trade, category, brand, supplier : array of int
        Of each SKU; trade is a position in ``list(Trade)``.
    size, stage, colour : array of int
        Position in `SIZES`, `STAGES`, `COLOURS`, or -1.
    list_minor, cost_minor, weight_g : array of int
        List price, first unit cost (see `costs_on`) and weight.
    launched_day, retired_day : array of int
        Day of the world from which it is sold (may be long before) and from which it is off the shelf, or `NEVER`.
    popularity : array of float
        Its part of the units of its trade in a quiet month at its height; sums to 1 over a trade.
    margin_class : array of int
        0 low, 1 middle, 2 high.
    is_gift_sku : array of bool
        Given away, never sold.
    first_sku, n_specs : array of int
        Of each product: its first SKU and how many it has.
    size_fault : array of bool
        Of each product: whether its size chart is wrong.
    size_shift : array of int
        Of each product: sizes by which it runs large (+) or small (-).
    """

    def __init__(
        self,
        columns: dict[str, Column],
        *,
        families: tuple[Family, ...],
        titles: list[str],
        specs: list[str],
        codes: list[str],
        brands: tuple[str, ...],
        suppliers: tuple[Supplier, ...],
        complements: Pairs,
        substitutes: Pairs,
        draws: Draws,
        stores: tuple[Store, ...],
    ) -> None:
        self.product: Ints = columns["product"]
        self.trade: Ints = columns["trade"]
        self.category: Ints = columns["category"]
        self.brand: Ints = columns["brand"]
        self.size: Ints = columns["size"]
        self.stage: Ints = columns["stage"]
        self.colour: Ints = columns["colour"]
        self.supplier: Ints = columns["supplier"]
        self.list_minor: Ints = columns["list_minor"]
        self.cost_minor: Ints = columns["cost_minor"]
        self.weight_g: Ints = columns["weight_g"]
        self.launched_day: Ints = columns["launched_day"]
        self.retired_day: Ints = columns["retired_day"]
        self.popularity: Floats = columns["popularity"]
        self.is_gift_sku: Column = columns["is_gift"]
        self.half_life_days: Floats = columns["half_life_days"]
        self.families = families
        self.suppliers = suppliers
        self.complements = complements
        self.substitutes = substitutes
        self._titles, self._specs, self._codes, self._brands = titles, specs, codes, brands
        self.first_sku, self.n_specs = (
            np.asarray(part, np.int64) for part in np.unique(self.product, return_index=True, return_counts=True)[1:]
        )
        share = self.cost_minor / np.maximum(self.list_minor, 1)
        self.margin_class: Ints = np.where(share > 0.62, 0, np.where(share > 0.47, 1, 2)).astype(np.int64)
        self._draws = draws
        self._numbers: dict[tuple[str | int, ...], list[int]] = {}
        self._season = np.array([(f.season_month, f.season_strength) for f in families] or [(0, 0.0)])
        self.size_fault, self.size_shift = self._wrong_size_charts()
        self.fit = np.where(self.size >= 0, self.size, self.stage)
        self.sku_of_fit = self._skus_by_fit()
        self._sold_in = {store.number: self._chosen_for(store) for store in stores}

    @property
    def skus(self) -> int:
        """Number of SKUs, gifts included."""
        return int(self.product.size)

    @property
    def products(self) -> int:
        """Number of products, gifts included."""
        return len(self._titles)

    def title(self, product: int) -> str:
        """Return the title of a product."""
        return self._titles[product]

    def spec(self, sku: int) -> str:
        """Return the specification of a SKU, such as ``颜色:黑色;尺码:M``."""
        return self._specs[sku]

    def product_code(self, product: int) -> str:
        """Return the merchant's own code of a product."""
        return self._codes[product]

    def merchant_code(self, sku: int) -> str:
        """Return the merchant's own code of a SKU."""
        product = int(self.product[sku])
        return f"{self._codes[product]}-{sku - int(self.first_sku[product]) + 1:02d}"

    def barcode(self, sku: int) -> str:
        """Return an EAN-13 of the range that is kept for use inside a shop, so that it is nobody's."""
        digits = f"2{self._drawn('barcode')[self.product[sku]] % 10**6:06d}{sku:05d}"
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        return f"{digits}{-total % 10}"

    def category_name(self, category: int) -> str:
        """Return the name of a category."""
        return self.families[category].category

    def brand_name(self, brand: int) -> str:
        """Return the name of a brand."""
        return self._brands[brand]

    def sold_in(self, store_number: int) -> Ints:
        """Return the SKUs that a store lists, in their order; gifts are left out."""
        return self._sold_in[store_number]

    def platform_product_id(self, store: Store, product: int) -> str:
        """Return the number that the store's platform gave the product."""
        tail = self._drawn("platform product", store.number)[product]
        match store.platform:
            case Platform.JD:
                return f"100{tail % 10**5:05d}{product:04d}"
            case Platform.DOUYIN:
                return f"3{tail % 10**13:013d}{product:05d}"
            case Platform.OWN_SITE:
                return f"{100000 + product}"
            case _:
                return f"6{tail % 10**6:06d}{product:05d}"

    def platform_sku_id(self, store: Store, sku: int) -> str:
        """Return the number that the store's platform gave the SKU."""
        tail = self._drawn("platform sku", store.number)[sku]
        match store.platform:
            case Platform.JD:
                return f"100{tail % 10**6:06d}{sku:05d}"
            case Platform.DOUYIN:
                return f"17{tail % 10**9:09d}{sku:05d}"
            case Platform.OWN_SITE:
                return f"{500000 + sku}"
            case _:
                return f"5{tail % 10**7:07d}{sku:05d}"

    def is_on_shelf(self, day: int) -> Column:
        """Return for each SKU whether it is listed on a day of the world."""
        is_listed: Column = (self.launched_day <= day) & ((self.retired_day < 0) | (day < self.retired_day))
        return is_listed

    def appeal(self, day: int, on: date) -> Floats:
        """Return how many of its trade's units each SKU draws on a day, by popularity, age and season."""
        age = np.maximum(day - self.launched_day, 0).astype(np.float64)
        ripening = 0.25 + 0.75 * (1 - np.exp(-age / _FIRST_WEEKS))
        ageing = _LEFT_OVER + (1 - _LEFT_OVER) * np.exp2(-age / self.half_life_days)
        found: Floats = self.popularity * ripening * ageing * self.season(on) * self.is_on_shelf(day)
        return found

    def season(self, on: date) -> Floats:
        """Return the factor of each SKU's season on a date, 1 on average over the year."""
        month, strength = self._season[:, 0], self._season[:, 1]
        turned = 2 * math.pi * (on.timetuple().tm_yday / 365.25 - (month - 0.5) / 12)
        # The mean of exp(s cos x) over a year is the Bessel function I0(s).
        by_category: Floats = np.where(month > 0, np.exp(strength * np.cos(turned)) / np.i0(strength), 1.0)
        return by_category[self.category]

    def costs_on(self, day: int) -> Ints:
        """Return the unit cost of each SKU on a day."""
        factors = np.array([s.price_factor if day >= s.price_day else 1.0 for s in self.suppliers])
        costs: Ints = np.rint(self.cost_minor * factors[self.supplier]).astype(np.int64)
        return costs

    def cost_days(self) -> tuple[int, ...]:
        """Return the days from which other costs hold, the first one before the world begins."""
        return (-365, *sorted({supplier.price_day for supplier in self.suppliers}))

    def _drawn(self, stream: str, *keys: int) -> list[int]:
        """Return a number for each product, or for each SKU, of which there are more; drawn once."""
        name: tuple[str | int, ...] = (stream, *keys)
        if name not in self._numbers:
            things = np.arange(max(self.skus, self.products))
            self._numbers[name] = self._draws.key(stream, *keys, things).tolist()
        return self._numbers[name]

    def _wrong_size_charts(self) -> tuple[Column, Ints]:
        products = np.arange(self.products)
        is_sized = self.size[self.first_sku] >= 0
        drawn = self._draws.uniform("size fault", products)
        # The most and the least certain draws decide, so that every shop with sizes has some of each.
        order = np.argsort(np.where(is_sized, drawn, 2.0), kind="stable")
        n_faults = max(round(0.2 * float(is_sized.sum())), 2) if is_sized.any() else 0
        is_wrong = np.zeros(self.products, np.bool_)
        is_wrong[order[:n_faults]] = True
        shift = np.where(is_wrong, np.where(np.cumsum(is_wrong) % 4 == 3, 1, -1), 0).astype(np.int64)
        return is_wrong, shift

    def _skus_by_fit(self) -> Ints:
        """Return, for each SKU and each size or stage, the SKU of the same product and colour that has it."""
        n_fits = int(self.fit.max(initial=0)) + 1
        table = np.repeat(np.arange(self.skus)[:, None], n_fits, axis=1)
        colours = self.product * 100 + self.colour + 1
        for fit in range(n_fits):
            having = np.flatnonzero(self.fit == fit)
            if having.size == 0:
                continue
            place = np.searchsorted(colours[having], colours)
            place = np.minimum(place, having.size - 1)
            is_same = (colours[having][place] == colours) & (self.fit >= 0)
            table[is_same, fit] = having[place[is_same]]
        return table

    def _chosen_for(self, store: Store) -> Ints:
        trades = [list(type(trade)).index(trade) for trade in store.trades]
        is_sold = np.isin(self.trade, trades) & ~self.is_gift_sku
        # Stores of many trades and the second stores of a brand list a selection, all the same one: their orders
        # differ in value by who buys and how, not by what one of them happens to leave out.
        if len(store.trades) > 1 or store.platform in (Platform.JD, Platform.DOUYIN, Platform.OWN_SITE):
            is_sold &= self._draws.uniform("listed", self.product) < 0.85
        return np.flatnonzero(is_sold)
