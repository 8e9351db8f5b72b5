"""Facts of people: members, points, contacts, coupons, messages."""

from __future__ import annotations

from zhanggui.columns.fact import Fact, column
from zhanggui.columns.fact_columns import ORDER, PERSON
from zhanggui.columns.model import ValueKind
from zhanggui.i18n import Text

_UNION = column(
    "union_id",
    ValueKind.ID,
    "UnionID",
    "Union id",
    "Keyed token of the id that one person has in all apps of a company.",
    held_as="union_key",
    personal="personal",
)

MEMBERS = Fact(
    name="members",
    table="member",
    label=Text.of("会员", "Members"),
    grain="one member",
    key=("member_id",),
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
            as_buyer="account_key",
        ),
        PERSON,
        _UNION,
        column("joined_at", ValueKind.TIME, "入会时间", "Joined at"),
        column("tier", ValueKind.TEXT, "会员等级", "Tier"),
        column("points", ValueKind.COUNT, "积分余额", "Points", held_as="points_balance"),
        column("province", ValueKind.REGION, "省份", "Province"),
        column("city", ValueKind.REGION, "城市", "City"),
        column("birth_month", ValueKind.COUNT, "生日月份", "Month of birth"),
        column("phone", ValueKind.TEXT, "手机号", "Phone", "Keyed token.", personal="personal"),
        column("has_consent", ValueKind.COUNT, "同意营销", "Consents to marketing", "1 for yes."),
    ),
)

POINTS = Fact(
    name="points",
    table="points_entry",
    label=Text.of("积分流水", "Points ledger"),
    grain="one entry of the points ledger",
    key=("points_entry_id",),
    columns=(
        column("points_entry_id", ValueKind.ID, "流水号", "Entry id", need=True),
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
        column("occurred_at", ValueKind.TIME, "发生时间", "Occurred at", need=True),
        column("points", ValueKind.COUNT, "积分", "Points", "Signed.", need=True),
        column(
            "points_reason",
            ValueKind.WORD,
            "类型",
            "Reason",
            held_as="reason",
            allowed=("earn", "redeem", "expire", "reverse", "adjust"),
        ),
        ORDER,
    ),
)

CONTACTS = Fact(
    name="contacts",
    table="contact",
    label=Text.of("企微客户", "WeCom contacts"),
    grain="one customer that one employee has as a contact",
    key=("contact_key", "contact_name_token", "employee"),
    is_of_company=True,
    columns=(
        column(
            "contact_id",
            ValueKind.ID,
            "客户ID",
            "Contact id",
            "Keyed token.",
            held_as="contact_key",
            personal="personal",
        ),
        _UNION,
        column("contact_name", ValueKind.TEXT, "客户名称", "Contact name", "Keyed token.", personal="personal"),
        column("employee", ValueKind.TEXT, "添加人账号", "Employee account"),
        column("added_at", ValueKind.TIME, "添加时间", "Added at", need=True),
        column("contact_source", ValueKind.TEXT, "来源", "Source"),
        column("phone", ValueKind.TEXT, "手机号", "Phone", "Keyed token.", personal="personal"),
        column("group_name", ValueKind.TEXT, "社群", "Group"),
        column("tags", ValueKind.TEXT, "标签", "Tags"),
    ),
)

COUPONS = Fact(
    name="coupons",
    table="coupon_issue",
    label=Text.of("优惠券", "Coupons issued"),
    grain="one coupon of one person",
    key=("coupon_id",),
    columns=(
        column("coupon_id", ValueKind.ID, "券码", "Coupon id", need=True),
        column("offer_name", ValueKind.TEXT, "券名称", "Offer"),
        PERSON,
        column("issued_at", ValueKind.TIME, "发放时间", "Issued at", need=True),
        column("expires_at", ValueKind.TIME, "失效时间", "Expires at", ahead=True),
        column("used_at", ValueKind.TIME, "使用时间", "Used at"),
        ORDER,
        column("least_amount", ValueKind.MONEY, "使用门槛", "Least amount"),
        column("coupon_amount", ValueKind.MONEY, "券面额", "Value"),
    ),
)

MESSAGES = Fact(
    name="messages",
    table="message_send",
    label=Text.of("触达记录", "Messages sent"),
    grain="one recipient of one send",
    key=("message_id",),
    columns=(
        column("message_id", ValueKind.ID, "消息ID", "Message id", need=True),
        column("send_id", ValueKind.ID, "任务ID", "Send id"),
        column("campaign_name", ValueKind.TEXT, "活动", "Campaign name"),
        PERSON,
        column("message_channel", ValueKind.TEXT, "触达渠道", "Message channel"),
        column("planned_at", ValueKind.TIME, "计划时间", "Planned at", need=True, ahead=True),
        column("sent_at", ValueKind.TIME, "发送时间", "Sent at"),
        column("delivered_at", ValueKind.TIME, "送达时间", "Delivered at"),
        column("clicked_at", ValueKind.TIME, "点击时间", "Clicked at"),
        column("is_complaint", ValueKind.COUNT, "是否投诉", "Complaint", "1 for a complaint."),
        column("is_unsubscribe", ValueKind.COUNT, "是否退订", "Unsubscribed", "1 when the person unsubscribed."),
        column(
            "is_holdout", ValueKind.COUNT, "是否对照组", "Held out", "1 for a person who was planned and not sent to."
        ),
        column("trial_id", ValueKind.ID, "实验ID", "Trial id"),
        column("arm", ValueKind.TEXT, "实验组", "Arm"),
    ),
)
