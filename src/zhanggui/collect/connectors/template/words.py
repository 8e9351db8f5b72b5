"""What a person writes in a template: Chinese for the words of closed sets, and how to fill each kind of column."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.columns import ValueKind
from zhanggui.i18n import Text

WORDS: Mapping[str, str] = MappingProxyType(
    {
        # Categories of settlement ledgers, and kinds of costs.
        "goods": "货款",
        "refund": "退款",
        "commission": "平台佣金",
        "service_fee": "服务费",
        "creator_commission": "达人佣金",
        "ad_fee": "推广费",
        "subsidy": "补贴",
        "insurance": "保险",
        "compensation": "赔付",
        "freight": "运费",
        "deposit": "保证金",
        "withdrawal": "提现",
        "packaging": "包材",
        "labour": "人工",
        "rent": "租金",
        "brushing": "刷单",
        "creator_slot": "坑位费",
        "content": "内容种草",
        "sample": "样品",
        "tax": "税费",
        # How a cost is shared, and how stock is valued.
        "orders": "按订单数",
        "units": "按件数",
        "paid_amount": "按支付金额",
        "none": "不分摊",
        "standard": "标准成本",
        "fifo": "先进先出",
        "average": "移动平均",
        # Movements of stock and of points.
        "sale": "销售出库",
        "return": "退货入库",
        "purchase": "采购入库",
        "transfer": "调拨",
        "adjust": "调整",
        "damage": "报损",
        "earn": "获得",
        "redeem": "抵扣",
        "expire": "过期",
        "reverse": "退回",
        # Ways of a parcel.
        "outbound": "发货",
        "inbound": "退货",
        # Objects of declared traffic, and where an ERP's order stands.
        "shop": "店铺",
        "product": "商品",
        "source": "来源",
        "search_word": "搜索词",
        "hour": "小时",
        "waiting": "待发货",
        "shipped": "已发货",
        "completed": "已完成",
        "cancelled": "已取消",
        # Marks of orders, and how content speaks of the goods.
        "test": "测试",
        "ordinary": "普通",
        "positive": "正面",
        "neutral": "中性",
        "negative": "负面",
        "other": "其他",
        "unknown": "未知",
    }
)
"""Chinese by the word of a closed set; templates take either."""

HOW: Mapping[ValueKind, Text] = MappingProxyType(
    {
        ValueKind.ID: Text.of("编号，按文本填写", "An id, as text."),
        ValueKind.TEXT: Text.of("文字", "Text."),
        ValueKind.WORD: Text.of("从可选值中选择", "One of the words listed."),
        ValueKind.MONEY: Text.of("金额，单位元", "An amount in yuan."),
        ValueKind.QUANTITY: Text.of("数量", "A quantity."),
        ValueKind.COUNT: Text.of("整数；是/否也可", "A whole number; 是 or 否 count 1 or 0."),
        ValueKind.RATIO: Text.of("小数或百分数", "A number or a percentage."),
        ValueKind.TIME: Text.of("日期和时间，店铺当地时间", "Date and time, in the store's local time."),
        ValueKind.DAY: Text.of("日期", "A date."),
        ValueKind.HOUR: Text.of("0 到 23 的小时", "An hour, 0 to 23."),
        ValueKind.STATUS: Text.of("平台原文即可", "As the platform writes it."),
        ValueKind.REGION: Text.of("省或市", "Province or city."),
    }
)

EXAMPLES: Mapping[ValueKind, str] = MappingProxyType(
    {
        ValueKind.ID: "A1001",
        ValueKind.TEXT: "示例",
        ValueKind.MONEY: "12.50",
        ValueKind.QUANTITY: "3",
        ValueKind.COUNT: "3",
        ValueKind.RATIO: "5%",
        ValueKind.TIME: "2026-09-01 10:00:00",
        ValueKind.DAY: "2026-09-01",
        ValueKind.HOUR: "10",
        ValueKind.REGION: "江苏",
    }
)
"""A cell of each kind; closed sets and states have examples of their own."""

STATUS_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "status": "交易成功",
        "item_status": "交易成功",
        "refund_status": "退款成功",
        "refund_type": "仅退款",
        "needs_return": "否",
        "goods_status": "买家未收到货",
        "presale": "否",
        "deposit_status": "已付款",
    }
)

NOTES_ZH: Mapping[str, str] = MappingProxyType(
    {
        "1 for a complaint.": "投诉填 1 或“是”",
        "1 for a person who was planned and not sent to.": "计划内但不发送的人填 1 或“是”",
        "1 for yes.": "是填 1 或“是”",
        "1 to 5.": "1 到 5",
        "1 when the person unsubscribed.": "退订填 1 或“是”",
        "As the ERP calls it.": "与 ERP 中的名称一致",
        "As the platform attributes it.": "平台归因的金额",
        "As the platform attributes them.": "平台归因的笔数",
        "Category, brand, shop or word.": "类目、品牌、店铺或词",
        "Day that the row is about.": "本行数据所属的日期",
        "Empty where nothing was spent.": "没有花费可留空",
        "Hour 0-23, store's local time.": "0 到 23，店铺当地时间",
        "How many of it one platform unit holds; 1 when empty.": "一件平台商品含几件；空为 1",
        "Keyed token of a stable id.": "稳定的编号；入库时变为不可还原的代号",
        "Keyed token of the id that one person has in all apps of a company.": "企业内各应用通用的编号；入库时变代号",
        "Keyed token of the id that the system running the trial gives a person.": "做实验的系统里的编号；入库时变代号",
        "Keyed token.": "入库时变为不可还原的代号",
        "Of a split or merged order: the id before, where `order_id` finds nothing.": "拆单或合单前的订单号",
        "Of the viewers, who went on to a product.": "观看者中点进商品的人数。",
        "Out to the buyer, which is meant when empty, or back to the merchant.": "发给买家（不填即是），或退回商家。",
        "Part kept for promotion.": "扣作推广的部分",
        "Part that a creator bears.": "达人承担的部分",
        "Part that a creator gets.": "归达人的部分",
        "Part that a payment channel or bank bears.": "支付渠道或银行承担的部分",
        "Part that an agency or channel gets.": "归机构或渠道的部分",
        "Part that the buyer paid for shipping.": "买家付的运费",
        "Part that the buyer paid for the goods.": "买家付的货款",
        "Part that the platform bears.": "平台承担的部分",
        "Part that the platform keeps for services.": "平台收取的服务费",
        "Part that the platform keeps.": "平台收取的佣金",
        "Part that went back to the buyer.": "退给买家的部分",
        "Product id, search word, or source levels joined by ' > '.": "商品ID、搜索词，或用“ > ”连接的各级来源",
        "Product or other thing that is advertised.": "被推广的商品或其他对象",
        "Role or initials; no full name is needed.": "职务或姓名缩写即可",
        "Share of paid amount.": "占支付金额的比例",
        "Signed.": "增加为正，减少为负",
        "Signed: what comes in is positive.": "收入、入库为正，支出、出库为负",
        "The ledger's own number; several lines may share it.": "账单自己的编号，可以重复",
        "Held after the line; a lost line shows in it.": "本行之后的余额；漏行会在这里露出来",
        "The order's, on each of its rows.": "整单的金额，每行相同",
        "The platform's own id, as the ERP has it.": "平台的编号，以 ERP 中的为准",
        "The word for an ordinary order takes a mark back.": "刷单或测试；填“普通”撤销标记",
        "The seller's own code of the goods.": "商家自己的货品编码",
        "The seller's own code.": "商家自己的编码",
        "What else was kept.": "其他扣款",
        "What the row is about.": "本行说的是什么",
        "Which report: its rows are added to no other's.": "哪一份报表；不同报表不相加",
    }
)
"""Chinese of what the declarations of columns say in English."""
