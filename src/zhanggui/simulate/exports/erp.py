"""What the company's own stock system holds: costs by date, which goods are whose, stock, purchases and counts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, moments, where, yuan
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.numbering import PLATFORM_NAMES, STORE_NAMES, Numbering
from zhanggui.simulate.exports.own_lists import Meaning, own_list, whole_list
from zhanggui.simulate.exports.writing import View, Waiting, WrittenFile, closed
from zhanggui.simulate.records import COUNTS, PRICES, PURCHASES, STOCK_LEVELS, STOCK_MOVES, StockReason
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.stores import STORES, WAREHOUSES

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

COST_HEADER = ("商品编码", "商品名称", "规格", "供应商", "成本价", "生效日期", "失效日期")
MAP_HEADER = ("平台", "店铺", "平台商品ID", "平台SKU ID", "平台商家编码", "商品编码", "组合数量", "生效日期")
SUPPLIER_HEADER = ("供应商", "平均到货天数", "到货天数标准差", "起订量", "箱规", "供货SKU数")
LEVEL_HEADER = ("日期", "仓库", "商品编码", "实际库存", "占用库存", "在途库存", "可用库存", "超卖数量")
MOVE_HEADER = ("流水号", "时间", "仓库", "商品编码", "数量", "业务类型", "店铺", "关联订单号", "关联采购单号")
PURCHASE_HEADER = (
    "采购单号", "供应商", "仓库", "商品编码", "采购数量", "已入库数量", "采购单价", "采购金额", "下单时间",
    "预计到货时间", "入库时间", "状态",
)  # fmt: skip
COUNT_HEADER = ("盘点单号", "仓库", "商品编码", "盘点时间", "账面数量", "实盘数量", "差异数量", "差异金额", "审核人")
PRICE_HEADER = ("日期", "平台", "店铺", "商品编码", "售价", "吊牌价")

_REASONS = {
    StockReason.SALE: ("销售出库", "sale"),
    StockReason.RETURN: ("退货入库", "return"),
    StockReason.PURCHASE: ("采购入库", "purchase"),
    StockReason.TRANSFER: ("调拨", "transfer"),
    StockReason.ADJUST: ("盘点调整", "adjust"),
    StockReason.DAMAGE: ("报损", "damage"),
}
_MEANINGS = {
    "stock_levels": Meaning(
        "stock_snapshots",
        {
            "day": "日期",
            "warehouse": "仓库",
            "internal_sku": "商品编码",
            "on_hand": "实际库存",
            "committed": "占用库存",
            "on_order": "在途库存",
            "oversold": "超卖数量",
        },
    ),
    "stock_moves": Meaning(
        "stock_movements",
        {
            "movement_id": "流水号",
            "occurred_at": "时间",
            "warehouse": "仓库",
            "internal_sku": "商品编码",
            "quantity": "数量",
            "movement_reason": "业务类型",
            "order_id": "关联订单号",
            "purchase_order_id": "关联采购单号",
        },
        words={"movement_reason": dict(_REASONS.values())},
    ),
    "purchases": Meaning(
        "purchase_orders",
        {
            "purchase_order_id": "采购单号",
            "supplier": "供应商",
            "warehouse": "仓库",
            "internal_sku": "商品编码",
            "ordered_quantity": "采购数量",
            "received_quantity": "已入库数量",
            "unit_cost": "采购单价",
            "ordered_at": "下单时间",
            "due_at": "预计到货时间",
            "received_at": "入库时间",
        },
    ),
    "stock_counts": Meaning(
        "stock_counts",
        {
            "count_id": "盘点单号",
            "warehouse": "仓库",
            "internal_sku": "商品编码",
            "counted_at": "盘点时间",
            "book_quantity": "账面数量",
            "counted_quantity": "实盘数量",
            "approved_by": "审核人",
        },
    ),
    "price_changes": Meaning(
        "price_changes",
        {"store_name": "店铺", "day": "日期", "internal_sku": "商品编码", "new_price": "售价", "list_price": "吊牌价"},
    ),
}
_SUPPLIER_MEANING = Meaning(
    "suppliers",
    {
        "supplier": "供应商",
        "lead_days": "平均到货天数",
        "lead_days_spread": "到货天数标准差",
        "least_order": "起订量",
        "carton_units": "箱规",
        "n_skus": "供货SKU数",
    },
)
_COST_MEANING = Meaning(
    "sku_costs",
    {"internal_sku": "商品编码", "product_title": "商品名称", "unit_cost": "成本价", "valid_from": "生效日期"},
)
_MAP_MEANING = Meaning(
    "sku_map",
    {
        "store_name": "店铺",
        "platform_sku_id": "平台SKU ID",
        "internal_sku": "商品编码",
        "units": "组合数量",
        "valid_from": "生效日期",
    },
)

_REASON = [_REASONS[reason][0] for reason in StockReason]
_SUNDAY = 6


class StockSystem:
    """Writes the stock system's lists.

    Standings are those of Sundays and of the last day: the moves between them say the rest.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._folder = folder
        self._world = world
        self._view = view
        self._codes = labels_of(world.shelf, STORES[0]).codes
        self._numbering = Numbering(world)
        self._purchases = Waiting(PURCHASES, "ordered_at", view)
        self._reports = {
            dataset: own_list(folder, view, dataset, name, header, _MEANINGS.get(dataset))
            for dataset, name, header in (
                ("stock_levels", "库存快照", LEVEL_HEADER),
                ("stock_moves", "出入库流水", MOVE_HEADER),
                ("purchases", "采购单", PURCHASE_HEADER),
                ("stock_counts", "盘点单", COUNT_HEADER),
                ("price_changes", "调价记录", PRICE_HEADER),
            )
        }

    def write(self, records: DayRecords) -> None:
        """Write what happened in the warehouses on a day."""
        day = records.day
        self._numbering.note(records)
        moves, levels, listed = records[STOCK_MOVES], records[STOCK_LEVELS], records[PRICES]
        on = self._view.date_of(day)
        if on.weekday() == _SUNDAY or day == self._view.last_day:
            columns = ("on_hand", "committed", "on_order", "oversold")
            is_something = np.any([levels[column] != 0 for column in columns], axis=0)
            self._reports["stock_levels"].add(day, self._level_columns(levels.where(is_something), f"{on:%Y-%m-%d}"))
        self._reports["stock_moves"].add(day, self._move_columns(moves))
        self._purchases.put(records[PURCHASES])
        self._reports["purchases"].add(day, self._purchase_columns(self._purchases.due(day)))
        self._reports["stock_counts"].add(day, self._count_columns(records[COUNTS], day))
        self._reports["price_changes"].add(day, self._price_columns(listed, f"{on:%Y-%m-%d}"))

    def close(self) -> list[WrittenFile]:
        """Write the lists that do not follow the days, and finish all files."""
        return [self._costs(), self._map(), self._suppliers(), *closed(list(self._reports.values()))]

    def _costs(self) -> WrittenFile:
        """Write what each SKU costs from when to when; a supplier's new prices end the old ones."""
        shelf, view = self._world.shelf, self._view
        days = [day for day in shelf.cost_days() if day <= view.last_day]
        rows: list[tuple[int, int, int]] = []
        costs = np.stack([shelf.costs_on(day) for day in days])
        for sku in np.flatnonzero(shelf.launched_day <= view.last_day).tolist():
            is_new = [True, *(costs[1:, sku] != costs[:-1, sku]).tolist()]
            starts = [place for place, new in enumerate(is_new) if new]
            ends = [*(days[place] for place in starts[1:]), NEVER]
            rows += [(sku, place, end) for place, end in zip(starts, ends, strict=True)]
        skus = np.array([sku for sku, _, _ in rows], np.int64)
        places = np.array([place for _, place, _ in rows], np.int64)
        labels = labels_of(shelf, STORES[0])
        last_days = [view.date_of(end) - timedelta(days=1) if end != NEVER else None for _, _, end in rows]
        columns: dict[str, Cells] = {
            "商品编码": chosen(labels.codes, skus),
            "商品名称": chosen(labels.titles, skus),
            "规格": chosen(labels.specs, skus),
            "供应商": chosen([one.name for one in shelf.suppliers], shelf.supplier[skus]),
            "成本价": yuan(costs[places, skus]),
            "生效日期": [f"{view.date_of(days[place]):%Y-%m-%d}" for place in places.tolist()],
            "失效日期": [f"{day:%Y-%m-%d}" if day else "" for day in last_days],
        }
        return whole_list(self._folder, "sku_costs", "商品成本", COST_HEADER, columns, _COST_MEANING)

    def _map(self) -> WrittenFile:
        """Write which goods of a platform are which of the company's own; every SKU is kept in stock by itself."""
        shelf, parts = self._world.shelf, []
        for store in self._world.stores:
            skus = np.union1d(shelf.sold_in(store.number), np.flatnonzero(shelf.is_gift_sku))
            skus = skus[shelf.launched_day[skus] <= self._view.last_day]
            labels, known_from = labels_of(shelf, store), np.maximum(shelf.launched_day[skus], -365)
            rows = zip(
                chosen(labels.product_ids, skus),
                chosen(labels.ids, skus),
                chosen(labels.codes, skus),
                known_from.tolist(),
                strict=True,
            )
            where_sold = (PLATFORM_NAMES[store.number], store.name)
            parts += [
                (*where_sold, product, sku, code, code, "1", f"{self._view.date_of(day):%Y-%m-%d}")
                for product, sku, code, day in rows
            ]
        columns = {name: list(cells) for name, cells in zip(MAP_HEADER, zip(*parts, strict=True), strict=True)}
        return whole_list(self._folder, "sku_map", "商品对照表", MAP_HEADER, columns, _MAP_MEANING)

    def _suppliers(self) -> WrittenFile:
        suppliers = self._world.shelf.suppliers
        n_skus = np.bincount(self._world.shelf.supplier, minlength=len(suppliers))
        columns: dict[str, Cells] = {
            "供应商": [one.name for one in suppliers],
            "平均到货天数": [f"{one.lead_days:g}" for one in suppliers],
            "到货天数标准差": [f"{one.lead_spread_days:g}" for one in suppliers],
            "起订量": [str(one.least_units) for one in suppliers],
            "箱规": [str(one.case_units) for one in suppliers],
            "供货SKU数": counts(n_skus),
        }
        return whole_list(self._folder, "suppliers", "供应商", SUPPLIER_HEADER, columns, _SUPPLIER_MEANING)

    def _level_columns(self, levels: Rows, on: str) -> dict[str, Cells]:
        free = levels["on_hand"] - levels["committed"]
        return {
            "日期": on,
            "仓库": chosen(WAREHOUSES, levels["warehouse"]),
            "商品编码": chosen(self._codes, levels["sku"]),
            "实际库存": counts(levels["on_hand"]),
            "占用库存": counts(levels["committed"]),
            "在途库存": counts(levels["on_order"]),
            "可用库存": counts(free),
            "超卖数量": counts(levels["oversold"]),
        }

    def _move_columns(self, moves: Rows) -> dict[str, Cells]:
        stores = self._numbering.stores(moves["order"])
        bought = moves["purchase"]
        return {
            "流水号": counts(moves["move"] + 1),
            "时间": moments(moves["at"]),
            "仓库": chosen(WAREHOUSES, moves["warehouse"]),
            "商品编码": chosen(self._codes, moves["sku"]),
            "数量": counts(moves["quantity"]),
            "业务类型": chosen(_REASON, moves["reason"]),
            "店铺": chosen(STORE_NAMES, stores, stores != NEVER),
            "关联订单号": self._numbering.orders(moves["order"], stores),
            "关联采购单号": [f"CG{number:08d}" if number != NEVER else "" for number in bought.tolist()],
        }

    def _purchase_columns(self, bought: Rows) -> dict[str, Cells]:
        is_here = self._view.seen(bought["received_at"])
        return {
            "采购单号": [f"CG{number:08d}" for number in bought["purchase"].tolist()],
            "供应商": chosen([one.name for one in self._world.shelf.suppliers], bought["supplier"]),
            "仓库": chosen(WAREHOUSES, bought["warehouse"]),
            "商品编码": chosen(self._codes, bought["sku"]),
            "采购数量": counts(bought["quantity"]),
            "已入库数量": counts(np.where(is_here, bought["received_quantity"], 0)),
            "采购单价": yuan(bought["unit_cost_minor"]),
            "采购金额": yuan(bought["unit_cost_minor"] * bought["quantity"]),
            "下单时间": moments(bought["ordered_at"]),
            "预计到货时间": moments(bought["due_at"]),
            "入库时间": moments(bought["received_at"], is_here),
            "状态": where(is_here, "已完成", "待入库"),
        }

    def _count_columns(self, counted: Rows, day: int) -> dict[str, Cells]:
        missing = counted["counted_quantity"] - counted["book_quantity"]
        return {
            "盘点单号": [f"PD{number:06d}" for number in counted["count"].tolist()],
            "仓库": chosen(WAREHOUSES, counted["warehouse"]),
            "商品编码": chosen(self._codes, counted["sku"]),
            "盘点时间": moments(counted["counted_at"]),
            "账面数量": counts(counted["book_quantity"]),
            "实盘数量": counts(counted["counted_quantity"]),
            "差异数量": counts(missing),
            "差异金额": yuan(missing * self._world.shelf.costs_on(day)[counted["sku"]]),
            "审核人": "仓储主管",
        }

    def _price_columns(self, prices: Rows, on: str) -> dict[str, Cells]:
        return {
            "日期": on,
            "平台": chosen(PLATFORM_NAMES, prices["store"]),
            "店铺": chosen(STORE_NAMES, prices["store"]),
            "商品编码": chosen(self._codes, prices["sku"]),
            "售价": yuan(prices["price_minor"]),
            "吊牌价": yuan(prices["list_minor"]),
        }
