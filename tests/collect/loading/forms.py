"""Files as the seller centre exports them, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Cells = Mapping[str, str]

_SIXTY_ONE = """订单编号,买家会员名,买家支付宝账号,支付单号,支付详情,买家应付货款,买家应付邮费,
买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,
收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,
宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,
店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,
特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,
异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,新零售导购门店id,
新零售发货门店名称,新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包,
是否信用购,体验期结束时间,前N有礼,配送类型,主订单编号"""
SIXTY_ONE = tuple(name.strip("\n") for name in _SIXTY_ONE.split(","))
_LATER = {"支付单号", "支付详情", "是否信用购", "体验期结束时间", "前N有礼", "配送类型", "主订单编号"}
FIFTY_FOUR = tuple(name for name in SIXTY_ONE if name not in _LATER)
FORTY_ONE = (
    *(name for name in FIFTY_FOUR[:33]),
    *("直播返现状态", "返现金额", "延迟发货自动赔付金额", "预售订单", "发货时间", "商家备忘", "订单类型", "配送方式"),
)
SEVEN = ("订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ", "退款金额")
ITEMS = ("订单编号", "标题", "价格", "购买数量", "外部系统编号", "商品属性", "套餐信息", "备注", "订单状态", "商家编码")
SUB_ORDERS = (
    *("主订单编号", "子订单编号", "商品标题", "商品属性", "商家编码", "购买数量", "商品价格", "买家实付金额"),
    *("买家应付货款", "退款金额", "订单状态", "退款状态", "订单创建时间", "订单付款时间"),
)
REFUNDS = ("订单编号", "退款编号", "退款状态", "退款的申请时间", "退款完结时间", "买家退款金额", "宝贝标题", "售后类型")

PAID = "买家已付款，等待卖家发货"
SHIPPED = "卖家已发货，等待买家确认"
DONE = "交易成功"
CLOSED = "交易关闭"
WAITING = "等待买家付款"


def order(order_id: str, created: str = "2026-09-01 10:00:00", *, amount: str = "100.00", **cells: str) -> Cells:
    """Return a row of an order report, paid a minute after it was created unless `cells` say otherwise."""
    row = {
        "订单编号": order_id,
        "买家应付货款": amount,
        "买家应付邮费": "0.00",
        "总金额": amount,
        "买家实际支付金额": amount,
        "订单状态": DONE,
        "收货地址 ": "浙江省 杭州市 余杭区",
        "订单创建时间": created,
        "订单付款时间 ": created[:-2] + "59" if len(created) > 16 else created,
        "退款金额": "0.00",
    }
    return row | cells


def unpaid(order_id: str, created: str = "2026-09-01 10:00:00", *, amount: str = "100.00", **cells: str) -> Cells:
    """Return a row of an order that was never paid."""
    nothing = {"订单付款时间 ": "", "买家实际支付金额": "0.00", "订单状态": WAITING}
    return order(order_id, created, amount=amount, **{**nothing, **cells})


def item(order_id: str, title: str = "茶", price: str = "100.00", quantity: str = "1", **cells: str) -> Cells:
    """Return a row of an item report."""
    row = {
        "订单编号": order_id,
        "标题": title,
        "价格": price,
        "购买数量": quantity,
        "外部系统编号": f"SKU-{title}",
        "订单状态": DONE,
        "商家编码": f"SPU-{title}",
    }
    return row | cells


def sub_order(order_id: str, line_id: str, created: str = "2026-09-01 10:00:00", **cells: str) -> Cells:
    """Return a row of a sub-order report."""
    row = {
        "主订单编号": order_id,
        "子订单编号": line_id,
        "商品标题": "茶",
        "商家编码": "SKU-茶",
        "购买数量": "1",
        "商品价格": "100.00",
        "买家实付金额": "100.00",
        "退款金额": "0.00",
        "订单状态": DONE,
        "订单创建时间": created,
        "订单付款时间": created,
    }
    return row | cells


def refund(refund_id: str, order_id: str, amount: str, **cells: str) -> Cells:
    """Return a row of a refund report, succeeded."""
    row = {
        "订单编号": order_id,
        "退款编号": refund_id,
        "退款状态": "退款成功",
        "退款的申请时间": "2026-09-05 10:00:00",
        "退款完结时间": "2026-09-06 10:00:00",
        "买家退款金额": amount,
    }
    return row | cells


def form(header: Sequence[str], rows: Iterable[Cells], encoding: str = "gb18030") -> bytes:
    """Return a report with these columns; cells of other columns are left out."""
    lines = [",".join(header)]
    lines += [",".join(_quoted(row.get(name, "")) for name in header) for row in rows]
    return ("\n".join(lines) + "\n").encode(encoding)


def report(*rows: Cells, header: Sequence[str] = SIXTY_ONE) -> bytes:
    """Return an order report, of 61 columns unless said otherwise."""
    return form(header, rows)


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell
