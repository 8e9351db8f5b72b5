"""What a store's reports call each SKU."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from zhanggui.simulate.goods.shelf import Shelf
from zhanggui.simulate.people.people import People
from zhanggui.simulate.rows import NEVER, Column
from zhanggui.simulate.stores import PLACES, Store


class Labels:
    """Texts by number of the SKU.

    Parameters
    ----------
    shelf : Shelf
        The goods.
    store : Store
        Whose platform numbers them.

    Attributes
    ----------
    titles, product_codes, product_ids : list of str
        Those of each SKU's product: title, merchant's code and platform's number.
    specs, codes, ids : list of str
        Specification, merchant's code and platform's number of each SKU.
    categories, brands : list of str
        Names of each SKU's category and brand.
    """

    def __init__(self, shelf: Shelf, store: Store) -> None:
        products = shelf.product.tolist()
        titles = [shelf.title(product) for product in range(shelf.products)]
        codes = [shelf.product_code(product) for product in range(shelf.products)]
        ids = [shelf.platform_product_id(store, product) for product in range(shelf.products)]
        self.titles = [titles[product] for product in products]
        self.product_codes = [codes[product] for product in products]
        self.product_ids = [ids[product] for product in products]
        self.specs = [shelf.spec(sku) for sku in range(shelf.skus)]
        self.codes = [shelf.merchant_code(sku) for sku in range(shelf.skus)]
        self.ids = [shelf.platform_sku_id(store, sku) for sku in range(shelf.skus)]
        self.categories = [shelf.category_name(category) for category in shelf.category.tolist()]
        self.brands = [shelf.brand_name(brand) for brand in shelf.brand.tolist()]


@lru_cache(maxsize=16)
def labels_of(shelf: Shelf, store: Store) -> Labels:
    """Return the labels of a store's reports; its writers share them."""
    return Labels(shelf, store)


_FIRST_GUEST = 1_000_000_000_000
"""Accounts of people who never registered begin here; no membership has so high a number."""

MASKED_ADDRESSES: tuple[str, ...] = tuple(
    f"{place.province} {place.city} {place.district} **街道****" for place in PLACES
)
"""Address of each of `PLACES` as platforms show it to sellers."""


def accounts(people: People, persons: Column) -> Column:
    """Return the number of each person's account on the own site: of members that of their membership."""
    numbers = people.member_no[persons].astype(np.int64)
    return np.where(numbers != NEVER, numbers, _FIRST_GUEST + persons)


def member_numbers(people: People, persons: Column) -> list[str]:
    """Return the number of each person's membership as text; blank for whoever has none."""
    numbers = people.member_no[persons].tolist()
    return [str(number) if number != NEVER else "" for number in numbers]


def account_numbers(people: People, persons: Column) -> list[str]:
    """Return the number of each person's account as text."""
    return list(map(str, accounts(people, persons).tolist()))


def masked_phones(phones: list[str]) -> list[str]:
    """Return phone numbers with their middle hidden.

    Examples
    --------
    >>> masked_phones(["13800001234"])
    ['138****1234']
    """
    return [f"{phone[:3]}****{phone[-4:]}" for phone in phones]


def masked_nicknames(nicknames: list[str]) -> list[str]:
    """Return nicknames of which only the first and the last sign are left.

    Examples
    --------
    >>> masked_nicknames(["海盐00042"])
    ['海**2']
    """
    return [f"{nickname[0]}**{nickname[-1]}" for nickname in nicknames]


_SPREAD = 0x9E3779B97F4A7C15


def union_ids(people: Column) -> list[str]:
    """Return the id that each person has in all apps of the company."""
    return [f"o6_{scattered(person, 'union'):016x}" for person in people.tolist()]


def scattered(person: int, what: str) -> int:
    """Return a number of 64 bits for a person that is another for each purpose."""
    salt = sum(ord(letter) * 257**place for place, letter in enumerate(what[:2]))
    number: int = (person + 1 + salt * 1_000_003) * _SPREAD % 2**64
    return number
