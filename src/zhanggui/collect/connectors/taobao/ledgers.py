"""The money ledgers of Taobao and Tmall stores: Alipay's and WeChat's (``docs/connectors/taobao.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "交易收款": "goods",
        "在线支付": "goods",
        "交易付款": "goods",
        "交易退款": "refund",
        "售后退款": "refund",
        "退款": "refund",
        "技术服务费": "service_fee",
        "基础服务费": "service_fee",
        "软件服务费": "service_fee",
        "基础服务费返还": "service_fee",
        "软件服务费返还": "service_fee",
        "服务费": "service_fee",
        "推广费用": "creator_commission",
        "淘宝客佣金": "creator_commission",
        "淘宝客佣金返还": "creator_commission",
        "平台补贴": "subsidy",
        "消费券补贴": "subsidy",
        "消费券补贴回收": "subsidy",
        "保险": "insurance",
        "运费险保费": "insurance",
        "赔付": "compensation",
        "延迟发货赔付": "compensation",
        "定金不退": "deposit",
        "提现": "withdrawal",
        "转账": "other",
        "其他": "other",
        "收费": "other",
        "退费": "other",
    }
)
_ORDER_IN_TEXT = (
    ("商户订单号", r"T200P(?P<v>\d{10,25})"),
    ("备注", r"(?:关联订单号[:：]|tradeid:)\s*(?P<v>\d{10,25})"),
    ("业务基础订单号", r"^(?P<v>\d{10,25})$"),
)

ALIPAY = Layout(
    format_id="taobao.alipay_ledger",
    title_zh="支付宝账务明细",
    title_en="Alipay ledger",
    dataset="settlements",
    platform="taobao",
    required=(
        *("入账时间", "支付宝流水号", "商户订单号", "账务类型", "收入（+元）", "支出（-元）", "业务基础订单号"),
        "业务描述",
    ),
    columns=carried_by(
        entry_id="支付宝流水号",
        booked_at="入账时间",
        amount="收入（+元）",
        balance="账户余额（元）",
        scene="业务描述",
        wallet="支付渠道",
        product_title="商品名称",
        note="备注",
    ),
    subtracted=MappingProxyType({"amount": ("支出（-元）",)}),
    extracted=MappingProxyType(
        {
            "order_id": _ORDER_IN_TEXT,
            "settlement_category": (("业务描述", r"^\d+\|(?P<v>[^-]+)"), ("账务类型", r"^(?P<v>.+)$")),
        }
    ),
    words=MappingProxyType({"settlement_category": _WORDS}),
    certainty="A: headers of real files; the words of 业务描述 beyond those listed are not known",
    amounts="""\
Amount = income less the size of expense; files write expenses with either sign. The order is found as ``T200P…`` in
商户订单号, in 备注, or as 业务基础订单号 when that cell is nothing but digits. The category comes from the words of
业务描述, else of 账务类型; an unknown word is kept and counts as unknown.""",
)

WECHAT = Layout(
    format_id="taobao.wechat_ledger",
    title_zh="微信收款账单",
    title_en="WeChat ledger of a Taobao store",
    dataset="settlements",
    platform="taobao",
    required=("入帐时间", "支付流水号", "主订单id", "入帐类型", "收入金额(元)", "支出金额(元)", "业务描述"),
    columns=carried_by(
        store_name="商家昵称",
        entry_id="支付流水号",
        booked_at="入帐时间",
        amount="收入金额(元)",
        scene="业务描述",
        settlement_category="入帐类型",
        wallet="收/付渠道",
        order_id="主订单id",
        line_id="子订单id",
        note="备注",
    ),
    subtracted=MappingProxyType({"amount": ("支出金额(元)",)}),
    words=MappingProxyType({"settlement_category": _WORDS}),
    certainty="B: 14 columns read by two parsers",
    amounts="Amount = income less the size of expense.",
)

WECHAT_SHORT = Layout(
    format_id="taobao.wechat_ledger_short",
    title_zh="微信收款账单（8 列）",
    title_en="WeChat ledger of a Taobao store, 8 columns",
    dataset="settlements",
    platform="taobao",
    required=("入账时间", "支付流水号", "淘宝订单编号", "入账类型", "收入金额（元）", "支出金额", "业务描述"),
    columns=carried_by(
        entry_id="支付流水号",
        booked_at="入账时间",
        amount="收入金额（元）",
        scene="业务描述",
        settlement_category="入账类型",
        order_id="淘宝订单编号",
        note="备注",
    ),
    subtracted=MappingProxyType({"amount": ("支出金额",)}),
    words=MappingProxyType({"settlement_category": _WORDS}),
    certainty="B: 8 columns read by one parser",
    amounts="Amount = income less the size of expense.",
)

FORMATS = (ALIPAY, WECHAT, WECHAT_SHORT)
