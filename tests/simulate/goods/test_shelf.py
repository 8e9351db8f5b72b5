from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.goods import SIZES, Shelf, shelf_of
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.stores import stores_of


def _shelf(seed: int = 1) -> Shelf:
    options = Options(seed=seed)
    return shelf_of(options, Draws(seed), stores_of(options))


def test_each_trade_has_between_a_hundred_and_three_hundred_and_thirty_skus_below_their_price() -> None:
    shelf = _shelf()

    assert all(100 <= n <= 330 for n in np.bincount(shelf.trade))
    sold = ~shelf.is_gift_sku
    assert (shelf.cost_minor[sold] < shelf.list_minor[sold]).all()


def test_codes_titles_and_platform_ids_name_one_thing_each() -> None:
    shelf, stores = _shelf(), stores_of(Options())

    assert len({shelf.merchant_code(sku) for sku in range(shelf.skus)}) == shelf.skus
    assert len({shelf.barcode(sku) for sku in range(shelf.skus)}) == shelf.skus
    assert len({shelf.title(product) for product in range(shelf.products)}) == shelf.products
    for store in stores:
        ids = {shelf.platform_sku_id(store, sku) for sku in range(shelf.skus)}
        assert len(ids) == shelf.skus
        assert all(text.isdigit() for text in ids)


def test_a_barcode_ends_in_its_check_digit() -> None:
    digits = [int(digit) for digit in _shelf().barcode(42)]

    assert sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def test_the_sku_that_fits_is_of_the_same_product_and_colour() -> None:
    shelf = _shelf()
    sized = np.flatnonzero(shelf.size >= 0)

    for size in range(len(SIZES)):
        fitting = shelf.sku_of_fit[sized, size]
        assert (shelf.size[fitting] == size).all()
        assert (shelf.product[fitting] == shelf.product[sized]).all()
        assert (shelf.colour[fitting] == shelf.colour[sized]).all()


def test_some_products_with_sizes_have_a_wrong_size_chart_and_no_others() -> None:
    shelf = _shelf()
    wrong = np.flatnonzero(shelf.size_fault)

    assert wrong.size >= 2
    assert (shelf.size[shelf.first_sku[wrong]] >= 0).all()
    assert (shelf.size_shift[wrong] != 0).all()


def test_seasons_move_sales_within_the_year_and_not_its_sum() -> None:
    shelf = _shelf()
    days = [date(2026, 1, 1) + timedelta(place) for place in range(365)]

    mean = np.mean([shelf.season(day) for day in days], axis=0)

    assert np.allclose(mean, 1, atol=0.02)


def test_a_cost_changes_on_the_suppliers_day_and_stays() -> None:
    shelf = _shelf()
    supplier = shelf.suppliers[0]
    own = shelf.supplier == 0

    before, after = shelf.costs_on(supplier.price_day - 1), shelf.costs_on(supplier.price_day)

    assert (before[own] == shelf.cost_minor[own]).all()
    assert np.array_equal(after[own], np.rint(shelf.cost_minor[own] * supplier.price_factor).astype(np.int64))
    assert supplier.price_day in shelf.cost_days()


def test_another_seed_prices_and_ranks_the_same_families_otherwise() -> None:
    one, other = _shelf(1), _shelf(2)

    assert one.skus == other.skus
    assert not np.array_equal(one.list_minor, other.list_minor)
    assert not np.array_equal(one.popularity, other.popularity)


def test_a_trade_alone_has_the_same_goods_as_among_all_four() -> None:
    alone = Options(trades=(Trade.BABY,))
    shelf, whole = shelf_of(alone, Draws(1), stores_of(alone)), _shelf(1)
    baby = whole.trade == list(Trade).index(Trade.BABY)

    assert np.array_equal(shelf.list_minor, whole.list_minor[baby])
