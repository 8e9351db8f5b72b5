"""The export files as the platform writes them: GB18030, wrapped ids, blanks in headers, masked persons."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tests.sample_shop.goods import Goods
from tests.sample_shop.sale import Item, Sale

ENCODING = "gb18030"

# The blanks at the end of some names are the platform's.
_ORDER_NAMES = (
    "订单编号,买家会员名,买家支付宝账号,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,"
    "买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,"
    "订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,"
    "订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,"
    "是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,"
    "新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额,预约门店,"
    "确认收货时间,打款商家金额,含应开票给个人的个人红包,是否信用购,体验期结束时间,前N有礼,配送类型,主订单编号"
)
_ITEM_NAMES = "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码"
_REFUND_NAMES = (
    "订单编号,退款编号,支付宝交易号,订单付款时间,商品编码,退款完结时间,买家实际支付金额,宝贝标题,买家退款金额,"
    "手工退款/系统退款,是否需要退货,退款的申请时间,超时时间,退款状态,货物状态,退货物流信息,发货物流信息,客服介入状态,"
    "卖家真实姓名,卖家真实姓名新,卖家退货地址,卖家邮编,卖家电话,卖家手机,退货物流单号,退货物流公司,买家退款原因,"
    "买家退款说明,买家退货时间,责任方,售中或售后,商家备注,完结时间,部分退款/全部退款,审核操作人,举证超时,"
    "是否零秒响应,退款操作人,退款原因标签,业务类型,是否帮他退款,帮他退款操作账号"
)
ORDER_HEADER = tuple(_ORDER_NAMES.split(","))
ITEM_HEADER = tuple(_ITEM_NAMES.split(","))
REFUND_HEADER = tuple(_REFUND_NAMES.split(","))
PRODUCT_HEADER = ("商家编码", "商品标题", "类目", "品牌")
PRODUCT_MAP = """\
# The product list of the sample shop: what each product is, and its category.
table = "products"

[columns]
product_id = "商家编码"
product_title = "商品标题"
category = "类目"
brand = "品牌"

[constants]
platform = "taobao"
shop = "{store}"
"""


def write_orders(path: Path, sales: Sequence[Sale], *, store_name: str, has_typing_error: bool = False) -> Path:
    """Write an order report of 61 columns; with `has_typing_error` one amount holds the letter O, as typed by hand."""
    rows = [_order_row(sale, store_name) for sale in sales]
    if has_typing_error and rows:
        row = rows[len(rows) // 2]
        row["总金额"] = row["总金额"].replace("0", "O", 1)
    return _write(path, ORDER_HEADER, rows)


def write_items(path: Path, sales: Iterable[Sale]) -> Path:
    """Write an item report (宝贝报表)."""
    return _write(path, ITEM_HEADER, [_item_row(sale, item) for sale in sales for item in sale.items])


def write_refunds(path: Path, sales: Iterable[Sale]) -> Path:
    """Write a refund report of 42 columns."""
    return _write(path, REFUND_HEADER, [_refund_row(sale) for sale in sales if sale.refund])


def write_products(folder: Path, goods: Sequence[Goods], *, store_name: str) -> tuple[Path, Path]:
    """Write the seller's own product list and the map that explains it."""
    path, map_path = folder / f"{store_name}_商品资料.csv", folder / f"{store_name}_商品资料.toml"
    rows = [dict(zip(PRODUCT_HEADER, (g.code, g.title, g.category, "青禾"), strict=True)) for g in goods]
    _write(path, PRODUCT_HEADER, rows, encoding="utf-8-sig")
    map_path.write_text(PRODUCT_MAP.format(store=store_name), encoding="utf-8")
    return path, map_path


def _write(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, str]], *, encoding: str = ENCODING) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows([row.get(name, "") for name in header] for row in rows)
    return path


def _wrapped(number: str) -> str:
    return f'="{number}"'


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


def _order_row(sale: Sale, store_name: str) -> dict[str, str]:
    settled = sale.paid_fen - sale.refunded_fen if sale.received_at else 0
    return {
        "订单编号": _wrapped(sale.number),
        "买家会员名": f"{sale.buyer}**",
        "买家支付宝账号": "138****0000",
        "支付单号": _wrapped(f"{sale.created_at:%Y%m%d}22001199{sale.number[-10:]}"),
        "买家应付货款": _yuan(sale.goods_fen - sale.discount_fen),
        "买家应付邮费": _yuan(sale.shipping_fen),
        "买家支付积分": "0",
        "总金额": _yuan(sale.total_fen),
        "返点积分": "0",
        "买家实际支付金额": _yuan(sale.paid_fen),
        "买家实际支付积分": "0",
        "订单状态": sale.status,
        "买家留言": "null",
        "收货人姓名": f"{sale.buyer}**",
        "收货地址 ": f"{sale.province} {sale.city} **街道****",
        "运送方式": "快递",
        "联系手机": "'138****0000",
        "订单创建时间": _moment(sale.created_at),
        "订单付款时间 ": _moment(sale.paid_at),
        "宝贝标题 ": "，".join(item.goods.title for item in sale.items),
        "宝贝种类 ": str(len(sale.items)),
        "物流单号 ": _wrapped(f"SF{sale.number[-13:]}") if sale.shipped_at else "",
        "物流公司": "顺丰速运" if sale.shipped_at else "",
        "宝贝总数量": str(sum(item.quantity for item in sale.items)),
        "店铺Id": "0",
        "店铺名称": store_name,
        "订单关闭原因": sale.close_reason,
        "卖家服务费": "0元",
        "买家服务费": "0元",
        "是否手机订单": "手机订单",
        "退款金额": _yuan(sale.refunded_fen),
        "确认收货时间": _moment(sale.received_at),
        "打款商家金额": f"{_yuan(settled)}元" if settled else "0元",
        "主订单编号": _wrapped(sale.number),
    }


def _item_row(sale: Sale, item: Item) -> dict[str, str]:
    spec_number = item.goods.specs.index(item.spec) + 1
    return {
        "订单编号": _wrapped(sale.number),
        "标题": item.goods.title,
        "价格": _yuan(item.goods.price_fen),
        "购买数量": str(item.quantity),
        "外部系统编号": f"{item.goods.code}-{spec_number}",
        "商品属性": item.spec,
        "套餐信息": "null",
        "备注": "null",
        "订单状态": sale.status,
        "商家编码": item.goods.code,
    }


def _refund_row(sale: Sale) -> dict[str, str]:
    refund = sale.refund
    if refund is None:
        return {}
    return {
        "订单编号": sale.number,
        "退款编号": refund.number,
        "支付宝交易号": f"{sale.created_at:%Y%m%d}22001199{sale.number[-10:]}",
        "订单付款时间": _moment(sale.paid_at),
        "商品编码": refund.item.goods.code,
        "退款完结时间": _moment(refund.closed_at),
        "买家实际支付金额": _yuan(sale.paid_fen),
        "宝贝标题": refund.item.goods.title,
        "买家退款金额": _yuan(refund.amount_fen),
        "手工退款/系统退款": "系统退款",
        "是否需要退货": "是" if sale.shipped_at else "否",
        "退款的申请时间": _moment(refund.applied_at),
        "退款状态": "退款成功" if refund.closed_at else "买家已经申请退款，等待卖家同意",
        "货物状态": "买家已收到货" if sale.received_at else "买家未收到货",
        "买家退款原因": refund.reason,
        "售中或售后": "售后" if sale.received_at else "售中",
        "部分退款/全部退款": "全部退款" if refund.is_whole else "部分退款",
    }
