"""Facts of money and traffic: settlement ledgers, advertising, what platforms declare."""

from __future__ import annotations

from zhanggui.columns.fact import Fact, column
from zhanggui.columns.fact_columns import CREATOR, CREATOR_NAME, DATE, LINE, NOTE, ORDER, PRODUCT, REFUND, TITLE
from zhanggui.columns.model import ValueKind
from zhanggui.i18n import Text

SETTLEMENT_CATEGORY = (
    "goods",
    "refund",
    "commission",
    "service_fee",
    "creator_commission",
    "ad_fee",
    "subsidy",
    "insurance",
    "compensation",
    "freight",
    "deposit",
    "withdrawal",
    "other",
    "unknown",
)
_PARTS = (
    ("goods", "货款", "Goods", "Part that the buyer paid for the goods."),
    ("shipping", "运费", "Shipping", "Part that the buyer paid for shipping."),
    ("platform_subsidy", "平台补贴", "Platform subsidy", "Part that the platform bears."),
    ("creator_subsidy", "达人补贴", "Creator subsidy", "Part that a creator bears."),
    ("payment_subsidy", "支付补贴", "Payment subsidy", "Part that a payment channel or bank bears."),
    ("refunded", "订单退款", "Refund", "Part that went back to the buyer."),
    ("commission", "平台佣金", "Platform commission", "Part that the platform keeps."),
    ("service_fee", "平台服务费", "Platform service fee", "Part that the platform keeps for services."),
    ("creator_commission", "达人佣金", "Creator commission", "Part that a creator gets."),
    ("channel_fee", "渠道分成", "Channel share", "Part that an agency or channel gets."),
    ("promotion_fee", "站外推广费", "Promotion fee", "Part kept for promotion."),
    ("other_fee", "其他扣款", "Other deductions", "What else was kept."),
)

SETTLEMENTS = Fact(
    name="settlements",
    table="settlement_entry",
    label=Text.of("结算流水", "Settlement ledger"),
    grain="one line of a platform's or wallet's ledger",
    key=(),
    headline="amount_minor",
    columns=(
        column("entry_id", ValueKind.ID, "流水号", "Entry id", "The ledger's own number; several lines may share it."),
        column("booked_at", ValueKind.TIME, "入账时间", "Booked at", need=True),
        column(
            "amount",
            ValueKind.MONEY,
            "金额",
            "Amount",
            "Signed: what comes in is positive.",
            held_as="amount_minor",
            need=True,
        ),
        column("wallet", ValueKind.TEXT, "资金账户", "Wallet"),
        column(
            "balance",
            ValueKind.MONEY,
            "账户余额",
            "Balance",
            "Held after the line; a lost line shows in it.",
        ),
        column("scene", ValueKind.TEXT, "账务类型", "Kind in the file", held_as="scene_raw"),
        column(
            "settlement_category", ValueKind.WORD, "科目", "Category", held_as="category", allowed=SETTLEMENT_CATEGORY
        ),
        ORDER,
        LINE,
        REFUND,
        *(column(f"{name}_amount", ValueKind.MONEY, zh, en, note) for name, zh, en, note in _PARTS),
        column("ordered_at", ValueKind.TIME, "下单时间", "Ordered at"),
        PRODUCT,
        TITLE,
        CREATOR,
        CREATOR_NAME,
        NOTE,
    ),
)

AD_SPEND = Fact(
    name="ad_spend",
    table="ad_spend",
    label=Text.of("推广花费", "Advertising"),
    grain="one object of one advertising report on one day or hour; reports of different scope are never added",
    key=(
        "day",
        "hour",
        "report_scope",
        "campaign_id",
        "ad_group_id",
        "creative_id",
        "item_type",
        "item_id",
        "creator_name",
    ),
    headline="spend_minor",
    counts_repeats=True,
    columns=(
        DATE,
        column("hour", ValueKind.HOUR, "小时", "Hour", "Hour 0-23, store's local time."),
        column(
            "report_scope",
            ValueKind.TEXT,
            "报表口径",
            "Report scope",
            "Which report: its rows are added to no other's.",
        ),
        column("scene_name", ValueKind.TEXT, "场景", "Scene"),
        column("campaign_id", ValueKind.ID, "计划ID", "Campaign id"),
        column("campaign_name", ValueKind.TEXT, "计划名称", "Campaign name"),
        column("ad_group_id", ValueKind.ID, "单元ID", "Ad group id"),
        column("ad_group_name", ValueKind.TEXT, "单元名称", "Ad group name"),
        column("creative_id", ValueKind.ID, "创意ID", "Creative id"),
        column("creative_name", ValueKind.TEXT, "创意名称", "Creative name"),
        column("item_type", ValueKind.TEXT, "主体类型", "Kind of item"),
        column("item_id", ValueKind.ID, "主体ID", "Item id", "Product or other thing that is advertised."),
        column("item_name", ValueKind.TEXT, "主体名称", "Item name"),
        CREATOR_NAME,
        column("impressions", ValueKind.COUNT, "展现量", "Impressions"),
        column("clicks", ValueKind.COUNT, "点击量", "Clicks"),
        column("spend", ValueKind.MONEY, "花费", "Spend", "Empty where nothing was spent."),
        column("carts", ValueKind.COUNT, "加购数", "Added to cart"),
        column("favourites", ValueKind.COUNT, "收藏数", "Favourites"),
        column(
            "attributed_orders", ValueKind.COUNT, "总成交笔数", "Orders claimed", "As the platform attributes them."
        ),
        column("attributed_gmv", ValueKind.MONEY, "总成交金额", "GMV claimed", "As the platform attributes it."),
        column("net_orders", ValueKind.COUNT, "净成交笔数", "Net orders claimed"),
        column("net_gmv", ValueKind.MONEY, "净成交金额", "Net GMV claimed"),
        column("direct_orders", ValueKind.COUNT, "直接成交笔数", "Direct orders claimed"),
        column("direct_gmv", ValueKind.MONEY, "直接成交金额", "Direct GMV claimed"),
    ),
)

SHOP_METRICS = Fact(
    name="shop_metrics",
    table="shop_metric_daily",
    label=Text.of("平台流量数据", "Declared traffic"),
    grain="what a platform declares about one object on one day or hour; people are not additive",
    key=("day", "hour", "object_type", "object_path"),
    columns=(
        DATE,
        column("hour", ValueKind.HOUR, "小时", "Hour", "Hour 0-23, store's local time."),
        column(
            "object_type",
            ValueKind.WORD,
            "对象",
            "Object",
            "What the row is about.",
            allowed=("shop", "product", "source", "search_word", "hour"),
            need=True,
        ),
        column(
            "object_path",
            ValueKind.TEXT,
            "对象名",
            "Object path",
            "Product id, search word, or source levels joined by ' > '.",
        ),
        TITLE,
        column("visitors", ValueKind.COUNT, "访客数", "Visitors"),
        column("page_views", ValueKind.COUNT, "浏览量", "Page views"),
        column("favourites", ValueKind.COUNT, "收藏人数", "People who favoured"),
        column("carts", ValueKind.COUNT, "加购人数", "People who added to cart"),
        column("cart_units", ValueKind.COUNT, "加购件数", "Units added to cart"),
        column("ordered_buyers", ValueKind.COUNT, "下单买家数", "Ordering buyers"),
        column("ordered_amount", ValueKind.MONEY, "下单金额", "Ordered amount"),
        column("paid_buyers", ValueKind.COUNT, "支付买家数", "Paying buyers"),
        column("paid_orders", ValueKind.COUNT, "支付单量", "Paid orders"),
        column("paid_units", ValueKind.COUNT, "支付件数", "Paid units"),
        column("paid_amount", ValueKind.MONEY, "支付金额", "Paid amount"),
        column("refund_amount", ValueKind.MONEY, "成功退款金额", "Refunded amount"),
        column("search_visitors", ValueKind.COUNT, "搜索引导访客数", "Visitors from search"),
        column("returning_buyers", ValueKind.COUNT, "老客支付买家数", "Returning buyers"),
    ),
)

MARKET_FACTS = Fact(
    name="market_facts",
    table="market_fact",
    label=Text.of("市场行情", "Market figures"),
    grain="one figure that the seller's own market export declares",
    key=("day", "subject", "market_metric"),
    columns=(
        DATE,
        column("subject", ValueKind.TEXT, "对象", "Subject", "Category, brand, shop or word.", need=True),
        column("market_metric", ValueKind.TEXT, "指标", "Metric", need=True),
        column("market_value", ValueKind.RATIO, "数值", "Value", need=True),
        column("market_rank", ValueKind.COUNT, "排名", "Rank"),
    ),
)
