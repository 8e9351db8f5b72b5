"""Facts that the company keeps itself: marked orders, suppliers, prices, tiers, content, trials."""

from __future__ import annotations

from zhanggui.columns.fact import Fact, column
from zhanggui.columns.fact_columns import CREATOR, CREATOR_NAME, DATE, GOODS, NOTE, PERSON, PRODUCT
from zhanggui.columns.model import ValueKind
from zhanggui.i18n import Text

MARKED_ORDERS = Fact(
    name="marked_orders",
    table="marked_order",
    label=Text.of("特殊订单登记", "Marked orders"),
    grain="one order that is no ordinary sale: it leaves operating figures and stays in reconciliation and cash",
    key=("order_id",),
    columns=(
        column("order_id", ValueKind.ID, "订单编号", "Order id", need=True),
        column(
            "mark",
            ValueKind.WORD,
            "标记",
            "Mark",
            "The word for an ordinary order takes a mark back.",
            need=True,
            allowed=("brushing", "test", "ordinary"),
        ),
        column("marked_on", ValueKind.DAY, "登记日期", "Marked on"),
        NOTE,
    ),
)

SUPPLIERS = Fact(
    name="suppliers",
    table="supplier",
    label=Text.of("供应商", "Suppliers"),
    grain="one supplier",
    key=("supplier",),
    is_of_company=True,
    columns=(
        column("supplier", ValueKind.TEXT, "供应商", "Supplier", need=True),
        column("lead_days", ValueKind.QUANTITY, "平均到货天数", "Days to delivery"),
        column("lead_days_spread", ValueKind.QUANTITY, "到货天数标准差", "Spread of the days to delivery"),
        column("least_order", ValueKind.QUANTITY, "起订量", "Least order"),
        column("carton_units", ValueKind.QUANTITY, "箱规", "Units in a carton"),
        column("n_skus", ValueKind.COUNT, "供货SKU数", "SKUs supplied"),
        NOTE,
    ),
)

PRICE_CHANGES = Fact(
    name="price_changes",
    table="price_change",
    label=Text.of("调价记录", "Price changes"),
    grain="price of one SKU in one store from one day on",
    key=("day", "internal_sku"),
    columns=(
        DATE,
        GOODS,
        column("new_price", ValueKind.MONEY, "调后售价", "New price", need=True),
        column("list_price", ValueKind.MONEY, "吊牌价", "List price"),
        NOTE,
    ),
)

TIER_MOVES = Fact(
    name="tier_moves",
    table="tier_move",
    label=Text.of("等级变动", "Tier moves"),
    grain="one move of one member to another tier",
    key=("member_key", "moved_at"),
    columns=(
        column(
            "member_id",
            ValueKind.ID,
            "会员ID",
            "Member id",
            "Keyed token.",
            held_as="member_key",
            need=True,
            personal="personal",
        ),
        column("moved_at", ValueKind.TIME, "变动时间", "Moved at", need=True),
        column("tier_before", ValueKind.TEXT, "原等级", "Tier before"),
        column("tier_after", ValueKind.TEXT, "新等级", "Tier after", need=True),
    ),
)

CONTENT_POSTS = Fact(
    name="content_posts",
    table="content_post_daily",
    label=Text.of("种草内容", "Content"),
    grain="what one note, video or thread about the shop's goods did on one day",
    key=("day", "post_id"),
    columns=(
        DATE,
        column("post_id", ValueKind.ID, "内容ID", "Post id", need=True),
        column("content_channel", ValueKind.TEXT, "内容渠道", "Where it stands"),
        CREATOR,
        CREATOR_NAME,
        column("published_at", ValueKind.TIME, "发布时间", "Published at"),
        PRODUCT,
        column("merchant_sku_code", ValueKind.ID, "商家SKU编码", "Merchant SKU code", "The seller's own code."),
        column("sentiment", ValueKind.WORD, "情感倾向", "Sentiment", allowed=("positive", "neutral", "negative")),
        column("impressions", ValueKind.COUNT, "展现量", "Impressions"),
        column("clicks", ValueKind.COUNT, "点击量", "Clicks"),
        column("likes", ValueKind.COUNT, "点赞数", "Likes"),
        column("spend", ValueKind.MONEY, "花费", "Spend", "Empty where nothing was spent."),
    ),
)

_TRIAL = column("trial_id", ValueKind.ID, "实验ID", "Trial id", need=True)
_SUBJECT = column(
    "subject_id",
    ValueKind.TEXT,
    "实验对象ID",
    "Subject id",
    "Keyed token of the id that the system running the trial gives a person.",
    held_as="subject_token",
    personal="personal",
)

TRIAL_ENTRIES = Fact(
    name="trial_entries",
    table="trial_entry",
    label=Text.of("实验分组", "Trial groups"),
    grain="one person or visitor who entered one group of one trial",
    key=("trial_id", "subject_token", "visitor_key", "buyer_key", "phone_token"),
    columns=(
        _TRIAL,
        column("trial_name", ValueKind.TEXT, "实验名称", "Trial"),
        column("arm", ValueKind.TEXT, "实验组", "Arm", need=True),
        column(
            "visitor_id",
            ValueKind.ID,
            "访客ID",
            "Visitor id",
            "Keyed token.",
            held_as="visitor_key",
            personal="personal",
        ),
        _SUBJECT,
        PERSON,
        column("phone", ValueKind.TEXT, "手机号", "Phone", "Keyed token.", personal="personal"),
        column("entered_at", ValueKind.TIME, "进组时间", "Entered at", need=True),
    ),
)

TRIAL_ORDERS = Fact(
    name="trial_orders",
    table="trial_order",
    label=Text.of("实验订单", "Orders of people in trials"),
    grain="one order that somebody in a trial paid, whatever the group",
    key=("trial_id", "order_id"),
    columns=(
        _TRIAL,
        column("order_id", ValueKind.ID, "订单编号", "Order id", need=True),
        _SUBJECT,
        PERSON,
        column("phone", ValueKind.TEXT, "手机号", "Phone", "Keyed token.", personal="personal"),
        column("paid_at", ValueKind.TIME, "付款时间", "Paid at", need=True),
    ),
)
