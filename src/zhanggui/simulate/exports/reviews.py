"""Reviews of all stores: stars and words, with the order and the goods that they are about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.labels import Labels, labels_of
from zhanggui.simulate.exports.numbering import PLATFORM_NAMES, STORE_NAMES, Numbering
from zhanggui.simulate.exports.own_lists import Meaning, own_list
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.goods.families import COLOURS, SIZES
from zhanggui.simulate.goods.shelf import Shelf
from zhanggui.simulate.records import REVIEWS
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.service.words import review_text

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = (
    "评价ID", "平台", "店铺", "订单编号", "商品ID", "商品名称", "商家编码", "规格", "评分", "评价内容", "评价时间",
)  # fmt: skip
_MEANING = Meaning(
    "reviews",
    {
        "store_name": "店铺",
        "review_id": "评价ID",
        "order_id": "订单编号",
        "product_id": "商品ID",
        "stars": "评分",
        "review_text": "评价内容",
        "reviewed_at": "评价时间",
    },
)
_SIZES, _COLOURS = (*SIZES, ""), (*COLOURS, "")
"""The last one is that of goods without."""


class ReviewList:
    """Writes reviews by the day on which they were written.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._shelf = world.shelf
        self._things = _things(world.shelf)
        self._numbering = Numbering(world)
        self._labels = {store.number: labels_of(world.shelf, store) for store in world.stores}
        self._report = own_list(folder, view, "reviews", "商品评价", HEADER, _MEANING)

    def write(self, records: DayRecords) -> None:
        """Write the reviews of a day, store by store."""
        reviews = records[REVIEWS]
        for store, labels in self._labels.items():
            self._report.add(records.day, self._columns(reviews.where(reviews["store"] == store), store, labels))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()

    def _columns(self, reviews: Rows, store: int, labels: Labels) -> dict[str, Cells]:
        sku = reviews["sku"]
        return {
            "评价ID": counts(880_000_000 + reviews["review"]),
            "平台": PLATFORM_NAMES[store],
            "店铺": STORE_NAMES[store],
            "订单编号": self._numbering.orders(reviews["order"], np.full(sku.size, store)),
            "商品ID": chosen(labels.product_ids, sku),
            "商品名称": chosen(labels.titles, sku),
            "商家编码": chosen(labels.codes, sku),
            "规格": chosen(labels.specs, sku),
            "评分": counts(reviews["stars"]),
            "评价内容": self._words(reviews, sku),
            "评价时间": moments(reviews["at"]),
        }

    def _words(self, reviews: Rows, sku: Column) -> list[str]:
        shelf = self._shelf
        things = chosen(self._things, sku)
        parts = (reviews["text"], reviews["topic"], reviews["stars"], shelf.size[sku], shelf.colour[sku])
        rows = zip(things, *(part.tolist() for part in parts), strict=True)
        return [
            review_text(text, topic, stars, thing=thing, size=_SIZES[size], colour=_COLOURS[colour])
            for thing, text, topic, stars, size, colour in rows
        ]


def _things(shelf: Shelf) -> list[str]:
    """Return what each SKU is called in talk: the noun of its title."""
    by_product = {}
    for sku in range(shelf.skus):
        product = int(shelf.product[sku])
        if product not in by_product:
            title, nouns = shelf.title(product), shelf.families[int(shelf.category[sku])].nouns
            by_product[product] = next((noun for noun in nouns if noun in title), "东西")
    return [by_product[product] for product in shelf.product.tolist()]
