"""Money of Taobao and Tmall stores: the payment service's account as text, that of WeChat payments as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, dates, moments, where, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile, TextFile
from zhanggui.simulate.exports.ids import Ids, stranger
from zhanggui.simulate.exports.writing import Period, Report, Strays, View, Waiting, WrittenFile, closed, faults_of
from zhanggui.simulate.records import SETTLEMENTS, Scene
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

ALIPAY_HEADER = (
    "序号", "入账时间", "支付宝交易号", "支付宝流水号", "商户订单号", "账务类型", "账户余额（元）", "收入（+元）",
    "支出（-元）", "服务费（元）", "支付渠道", "签约产品", "对方账户", "对方名称", "银行订单号", "商品名称", "备注",
    "业务基础订单号", "业务订单号", "业务账单来源", "业务描述", "付款备注",
)  # fmt: skip
WECHAT_HEADER = (
    "商家昵称", "入帐日期", "入帐时间", "支付流水号", "主订单id", "子订单id", "入帐类型", "收入金额(元)",
    "支出金额(元)", "业务描述", "备注", "收/付渠道", "数据创建时间", "数据修改时间",
)  # fmt: skip

_KINDS = {
    Scene.GOODS: ("在线支付", "0010001|交易收款-交易收款"),
    Scene.REFUND: ("交易退款", "0010002|交易退款-售后退款"),
    Scene.COMMISSION: ("收费", "0030001|技术服务费-软件服务费"),
    Scene.COMMISSION_BACK: ("退费", "0030002|技术服务费-软件服务费返还"),
    Scene.SERVICE_FEE: ("收费", "0030003|技术服务费-基础服务费"),
    Scene.CREATOR_COMMISSION: ("收费", "0030004|推广费用-淘宝客佣金"),
    Scene.CREATOR_COMMISSION_BACK: ("退费", "0030005|推广费用-淘宝客佣金返还"),
    Scene.SUBSIDY: ("转账", "0040001|平台补贴-消费券补贴"),
    Scene.SUBSIDY_BACK: ("转账", "0040002|平台补贴-消费券补贴回收"),
    Scene.INSURANCE: ("收费", "0050001|保险-运费险保费"),
    Scene.PENALTY: ("其他", "0060001|赔付-延迟发货赔付"),
    Scene.DEPOSIT_FORFEIT: ("在线支付", "0010003|交易收款-定金不退"),
    Scene.WITHDRAWAL: ("提现", "0070001|提现-提现"),
    Scene.AD_FEE: ("转账", "0080001|推广费用-阿里妈妈充值"),
}
_KIND = [_KINDS[scene][0] for scene in Scene]
_WHAT_FOR = [_KINDS[scene][1] for scene in Scene]
_SHORT = [text.partition("-")[2] for text in _WHAT_FOR]
_OF_TRADE = (Scene.GOODS, Scene.REFUND, Scene.DEPOSIT_FORFEIT)
_WECHAT_SHARE = 0.18
_ACCOUNT = "208800000000"
"""How the numbers of the company's own accounts begin; no such account exists."""


class TaobaoMoney:
    """Writes the two ledgers of a Taobao or Tmall store, by the day of booking.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._draws = world.draws
        self._store = store
        self._view = view
        self._ids = Ids(store.platform, world.start)
        self._waiting = Waiting(SETTLEMENTS, "booked_at", view)
        self._balance_minor, self._wechat_minor = 0, 0
        self._n_lines = 0
        faults = faults_of(world.plan.file_faults, store.number, "settlements")
        self._strays = Strays(faults)
        self._alipay, self._wechat = (
            Report(view, open_file, store=store, dataset=dataset, faults=faults)
            for dataset, open_file in (("settlements", self._open_alipay), ("settlements_wechat", self._open_wechat))
        )

    def write(self, records: DayRecords) -> None:
        """Write the lines that were booked on a day."""
        lines = records[SETTLEMENTS]
        self._waiting.put(lines.where(lines["store"] == self._store.number))
        due = self._waiting.due(records.day)
        is_wechat = (due["order"] >= 0) & (self._draws.uniform("paid with wechat", due["order"]) < _WECHAT_SHARE)
        wechat_minor = self._through_wechat(due, is_wechat)
        alipay_minor = due["amount_minor"] - wechat_minor
        is_stray = self._strays.among(records.day, ~is_wechat & (due["scene"] == Scene.GOODS))
        named = np.where(is_stray, stranger(due["order"]), due["order"])
        for add, amounts in ((self._add_alipay, alipay_minor), (self._add_wechat, wechat_minor)):
            here = amounts != 0
            add(records.day, due.where(here).but(amount_minor=amounts[here], order=named[here]))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._alipay, self._wechat))

    def _through_wechat(self, due: Rows, is_wechat: Column) -> Column:
        """Return what of each line goes through the WeChat account: its trades, and what is drawn from it."""
        amounts: Column = np.where(is_wechat, due["amount_minor"], 0)
        for place in np.flatnonzero(due["scene"] == Scene.WITHDRAWAL).tolist():
            held = self._wechat_minor + int(amounts[:place].sum())
            amounts[place] = -min(max(held, 0), -int(due["amount_minor"][place]))
        self._wechat_minor += int(amounts.sum())
        return amounts

    def _open_alipay(self, period: Period) -> TextFile:
        name = f"{_ACCOUNT}{self._store.number:02d}_账务明细_{period.between('%Y%m%d', '-')}{period.again}.csv"
        last = "#-----------------------------------------账务明细列表结束------------------------------------"
        return TextFile(self._folder / name, ALIPAY_HEADER, encoding="gb18030", below=(last, "#共{n_rows}笔"))

    def _open_wechat(self, period: Period) -> SheetFile:
        path = self._folder / f"微信账单_{period.between('%Y%m%d', '-')}{period.again}.xlsx"
        return SheetFile(path, WECHAT_HEADER, made_at=self._view.exported_at(20 + period.number))

    def _add_alipay(self, day: int, lines: Rows) -> None:
        amounts, scenes = lines["amount_minor"], lines["scene"]
        balances = self._balance_minor + np.cumsum(amounts)
        numbers = self._n_lines + 1 + np.arange(len(lines))
        if len(lines):
            self._balance_minor, self._n_lines = int(balances[-1]), int(numbers[-1])
        has_order = lines["order"] >= 0
        is_trade = has_order & np.isin(scenes, _OF_TRADE)
        orders = chosen(self._orders(lines), np.arange(len(lines)), has_order)
        own = counts(7_000_000_000_000 + lines["entry"])
        named = zip(orders, is_trade.tolist(), own, strict=True)
        pairs = zip(chosen(_SHORT, scenes), orders, strict=True)
        columns: dict[str, Cells] = {
            "序号": counts(numbers),
            "入账时间": moments(lines["booked_at"]),
            "支付宝交易号": chosen(self._ids.trades(lines["order"]), np.arange(len(lines)), is_trade),
            "支付宝流水号": [f"{text}\t" for text in own],
            "商户订单号": [f"T200P{order}" if is_of_trade else f"CAE_{number}" for order, is_of_trade, number in named],
            "账务类型": chosen(_KIND, scenes),
            "账户余额（元）": yuan(balances),
            "收入（+元）": yuan(np.maximum(amounts, 0)),
            "支出（-元）": yuan(np.minimum(amounts, 0)),
            "服务费（元）": "0.00",
            "支付渠道": where(is_trade, "余额宝", "支付宝"),
            "对方账户": where(is_trade, "138****0000"),
            "商品名称": chosen(_SHORT, scenes),
            "备注": [f"{text}，关联订单号：{order}" if order else text for text, order in pairs],
            "业务基础订单号": orders,
            "业务账单来源": where(has_order, "淘宝", "支付宝"),
            "业务描述": chosen(_WHAT_FOR, scenes),
        }
        self._alipay.add(day, columns)

    def _add_wechat(self, day: int, lines: Rows) -> None:
        amounts, scenes = lines["amount_minor"], lines["scene"]
        has_order = lines["order"] >= 0
        orders = chosen(self._orders(lines), np.arange(len(lines)), has_order)
        booked_on = dates(lines["booked_at"])
        what = chosen(_SHORT, scenes)
        columns: dict[str, Cells] = {
            "商家昵称": self._store.name,
            "入帐日期": booked_on,
            "入帐时间": moments(lines["booked_at"]),
            "支付流水号": counts(4_200_000_000_000_000 + lines["entry"]),
            "主订单id": orders,
            "子订单id": orders,
            "入帐类型": what,
            "收入金额(元)": yuan(np.maximum(amounts, 0)),
            "支出金额(元)": yuan(np.maximum(-amounts, 0)),
            "业务描述": what,
            "收/付渠道": "微信",
            "数据创建时间": booked_on,
            "数据修改时间": booked_on,
        }
        self._wechat.add(day, columns)

    def _orders(self, lines: Rows) -> list[str]:
        return self._ids.orders(lines["order"])
