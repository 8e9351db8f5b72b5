"""The seller's own list of a store's products, with the map that explains it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, yuan
from zhanggui.simulate.exports.files import TextFile
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.maps import write_map
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

PRODUCT_HEADER = (
    "商品ID", "商家编码", "商品名称", "类目", "品牌", "SKU ID", "SKU编码", "规格", "条形码", "吊牌价", "上架日期",
)  # fmt: skip

_NAMED_BY = {Platform.JD: "SKU ID", Platform.PINDUODUO: "商品ID", Platform.DOUYIN: "商品ID"}
"""The column that holds what a platform's orders call a product; the others write the merchant's own code."""
_SELLER_BACK_OFFICE = {Platform.TMALL: Platform.TAOBAO}
"""Tmall's stores export from Taobao's back office, whose files do not tell one from the other."""


class ProductList:
    """Writes the list of what a store lists or gives away, one row per SKU, when the world ends.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._shelf = world.shelf
        self._store = store
        self._view = view

    def write(self, records: DayRecords) -> None:
        """Take a day; the list does not follow it."""

    def close(self) -> list[WrittenFile]:
        """Write the list and its map."""
        shelf, store, view = self._shelf, self._store, self._view
        labels = labels_of(shelf, store)
        skus = np.union1d(shelf.sold_in(store.number), np.flatnonzero(shelf.is_gift_sku))
        skus = skus[shelf.launched_day[skus] <= view.last_day]
        file = TextFile(self._folder / f"{store.name}_商品资料.csv", PRODUCT_HEADER)
        file.add(
            {
                "商品ID": chosen(labels.product_ids, skus),
                "商家编码": chosen(labels.product_codes, skus),
                "商品名称": chosen(labels.titles, skus),
                "类目": chosen(labels.categories, skus),
                "品牌": chosen(labels.brands, skus),
                "SKU ID": chosen(labels.ids, skus),
                "SKU编码": chosen(labels.codes, skus),
                "规格": chosen(labels.specs, skus),
                "条形码": [shelf.barcode(sku) for sku in skus.tolist()],
                "吊牌价": yuan(shelf.list_minor[skus]),
                "上架日期": [f"{view.date_of(day):%Y-%m-%d}" for day in shelf.launched_day[skus].tolist()],
            }
        )
        file.close()
        explained = write_map(
            file.path.with_suffix(".toml"),
            f"{store.name}: what each product is, by the code that its orders name it by.",
            table="products",
            columns={
                "product_id": _NAMED_BY.get(store.platform, "商家编码"),
                "product_title": "商品名称",
                "category": "类目",
                "brand": "品牌",
                "sku_id": "SKU编码",
                "sku_spec": "规格",
                "unit_price": "吊牌价",
            },
            constants={
                "platform": _SELLER_BACK_OFFICE.get(store.platform, store.platform),
                "shop": store.name,
                "currency": "CNY",
            },
        )
        return [WrittenFile(file.path, store.name, store.platform, "products", file.n_rows, explained)]
