"""Facts of service and of those who sell for the shop: parcels, reviews, tickets, scores, creators, live sessions."""

from __future__ import annotations

from zhanggui.columns.fact import Fact, column
from zhanggui.columns.fact_columns import CREATOR, CREATOR_NAME, DATE, LINE, ORDER, PERSON, PRODUCT, SKU
from zhanggui.columns.model import ValueKind
from zhanggui.i18n import Text

SHIPMENTS = Fact(
    name="shipments",
    table="shipment",
    label=Text.of("物流单", "Shipments"),
    grain="one parcel of one order",
    key=("order_id", "tracking_no"),
    columns=(
        column("order_id", ValueKind.ID, "订单编号", "Order id", need=True),
        column("tracking_no", ValueKind.ID, "快递单号", "Tracking number", need=True),
        column(
            "direction",
            ValueKind.WORD,
            "物流方向",
            "Direction",
            "Out to the buyer, which is meant when empty, or back to the merchant.",
            allowed=("outbound", "inbound"),
        ),
        column("carrier", ValueKind.TEXT, "快递公司", "Carrier"),
        column("warehouse", ValueKind.TEXT, "仓库", "Warehouse"),
        column("promised_at", ValueKind.TIME, "承诺发货时间", "Promised to ship by", ahead=True),
        column("shipped_at", ValueKind.TIME, "发货时间", "Shipped at"),
        column("collected_at", ValueKind.TIME, "揽收时间", "Collected at"),
        column("received_at", ValueKind.TIME, "签收时间", "Received at"),
        column("freight_amount", ValueKind.MONEY, "运费支出", "Freight paid"),
        column("packaging_amount", ValueKind.MONEY, "包材费", "Packaging"),
        column("insurance_amount", ValueKind.MONEY, "运费险", "Return insurance"),
        column("penalty_amount", ValueKind.MONEY, "延迟发货赔付", "Penalty"),
    ),
)

REVIEWS = Fact(
    name="reviews",
    table="review",
    label=Text.of("商品评价", "Reviews"),
    grain="one review of one order line",
    key=("review_id",),
    columns=(
        column("review_id", ValueKind.ID, "评价ID", "Review id", need=True),
        column("reviewed_at", ValueKind.TIME, "评价时间", "Reviewed at", need=True),
        ORDER,
        LINE,
        PRODUCT,
        SKU,
        column("stars", ValueKind.COUNT, "星级", "Stars", "1 to 5.", need=True),
        column("review_text", ValueKind.TEXT, "评价内容", "Text"),
        column("reply_text", ValueKind.TEXT, "回复内容", "Reply"),
    ),
)

SERVICE_TICKETS = Fact(
    name="service_tickets",
    table="service_ticket",
    label=Text.of("客服会话", "Service tickets"),
    grain="one conversation with customer service",
    key=("ticket_id",),
    columns=(
        column("ticket_id", ValueKind.ID, "会话ID", "Ticket id", need=True),
        ORDER,
        PERSON,
        column("opened_at", ValueKind.TIME, "开始时间", "Opened at", need=True),
        column("replied_at", ValueKind.TIME, "首次响应时间", "First reply at"),
        column("closed_at", ValueKind.TIME, "结束时间", "Closed at"),
        column("topic", ValueKind.TEXT, "问题类型", "Topic"),
        column("messages", ValueKind.COUNT, "消息数", "Messages", held_as="n_messages"),
        column("stars", ValueKind.COUNT, "满意度", "Satisfaction", "1 to 5."),
        column("is_complaint", ValueKind.COUNT, "是否投诉", "Complaint", "1 for a complaint."),
    ),
)

STORE_SCORES = Fact(
    name="store_scores",
    table="store_score",
    label=Text.of("店铺评分", "Store scores"),
    grain="one score of one store on one day",
    key=("day", "score_kind"),
    columns=(
        DATE,
        column("score_kind", ValueKind.TEXT, "评分项", "Score", need=True),
        column("score", ValueKind.RATIO, "分数", "Points", need=True),
    ),
)

CREATOR_CONTRACTS = Fact(
    name="creator_contracts",
    table="creator_contract",
    label=Text.of("达人合作", "Creator contracts"),
    grain="one agreement with one creator",
    key=("contract_id",),
    columns=(
        column("contract_id", ValueKind.ID, "合作单号", "Contract id", need=True),
        CREATOR,
        CREATOR_NAME,
        column("valid_from", ValueKind.DAY, "开始日期", "Valid from", need=True),
        column("valid_to", ValueKind.DAY, "结束日期", "Valid to", ahead=True),
        column("commission_rate", ValueKind.RATIO, "佣金率", "Commission rate", "Share of paid amount."),
        column("slot_fee", ValueKind.MONEY, "坑位费", "Slot fee"),
        column("samples_sent", ValueKind.COUNT, "寄样数", "Samples sent"),
        column("samples_returned", ValueKind.COUNT, "退样数", "Samples returned"),
        column("sample_cost", ValueKind.MONEY, "样品成本", "Cost of samples"),
    ),
)

LIVE_SESSIONS = Fact(
    name="live_sessions",
    table="live_session",
    label=Text.of("直播场次", "Live sessions"),
    grain="one live session",
    key=("live_session_id",),
    columns=(
        column("live_session_id", ValueKind.ID, "场次ID", "Session id", need=True),
        CREATOR,
        CREATOR_NAME,
        column("started_at", ValueKind.TIME, "开播时间", "Started at", need=True),
        column("ended_at", ValueKind.TIME, "下播时间", "Ended at"),
        column("viewers", ValueKind.COUNT, "观看人数", "Viewers"),
        column(
            "product_visitors",
            ValueKind.COUNT,
            "商品点击人数",
            "Visitors of the goods",
            "Of the viewers, who went on to a product.",
        ),
        column("paid_orders", ValueKind.COUNT, "成交订单数", "Paid orders"),
        column("paid_amount", ValueKind.MONEY, "成交金额", "Paid amount"),
        column("slot_fee", ValueKind.MONEY, "坑位费", "Slot fee"),
        column("commission_rate", ValueKind.RATIO, "佣金率", "Commission rate"),
        column("samples_sent", ValueKind.COUNT, "寄样数", "Samples sent"),
        column("spend", ValueKind.MONEY, "投流花费", "Advertising spend"),
    ),
)
