"""What is sent to people and given to them, and what a new customer costs."""

from __future__ import annotations

from zhanggui.metrics.catalogue.customers import new_buyers
from zhanggui.metrics.catalogue.profit_entries import ad_spend
from zhanggui.metrics.catalogue.shapes import count, rate
from zhanggui.metrics.model import Chain, Condition, NotNull, Ratio, Unit

CHAIN = Chain.MARKETING

_WAS_SENT = NotNull("sent_at")


messages_sent = count(
    CHAIN,
    "messages_sent",
    "触达条数",
    "Messages sent",
    "实际发出的消息条数；留作对照、没有发送的人不计入。记在计划发送日。",
    "Messages that were sent; people held out as a control are not in it. On the day they were planned for.",
    "M-CONV-19",
    table="message_send",
    date="planned_date",
    where=(_WAS_SENT,),
    said=" where sent_at is known",
    good="none",
)
messages_clicked = count(
    CHAIN,
    "messages_clicked",
    "点击条数",
    "Messages clicked",
    "发出后被点击的消息条数。",
    "Messages that were sent and clicked.",
    "M-CONV-19",
    table="message_send",
    date="planned_date",
    where=(_WAS_SENT, NotNull("clicked_at")),
    said=" where sent_at and clicked_at are known",
)
message_click_rate = rate(
    CHAIN,
    "message_click_rate",
    "消息点击率",
    "Click rate of messages",
    "点击条数除以触达条数。点击不等于因它而买，效果要看对照组。",
    "Messages clicked, divided by messages sent. A click is no sale caused: that takes a control group.",
    "M-CONV-19",
    messages_clicked,
    messages_sent,
    good="up",
)
unsubscribes = count(
    CHAIN,
    "unsubscribes",
    "退订数",
    "Unsubscribes",
    "发出后退订的消息条数。",
    "Messages after which the person unsubscribed.",
    "M-CONV-19",
    table="message_send",
    date="planned_date",
    where=(_WAS_SENT, Condition("is_unsubscribe", "=", 1)),
    said=" where is_unsubscribe = 1",
    good="down",
)
unsubscribe_rate = rate(
    CHAIN,
    "unsubscribe_rate",
    "退订率",
    "Unsubscribe rate",
    "退订数除以触达条数。",
    "Unsubscribes divided by messages sent.",
    "M-CONV-19",
    unsubscribes,
    messages_sent,
    good="down",
)
message_complaints = count(
    CHAIN,
    "message_complaints",
    "消息投诉数",
    "Complaints about messages",
    "发出后被投诉的消息条数。",
    "Messages that were complained about.",
    "M-CUST-09",
    table="message_send",
    date="planned_date",
    where=(_WAS_SENT, Condition("is_complaint", "=", 1)),
    said=" where is_complaint = 1",
    good="down",
)
message_complaint_rate = rate(
    CHAIN,
    "message_complaint_rate",
    "消息投诉率",
    "Complaint rate of messages",
    "消息投诉数除以触达条数。",
    "Complaints about messages, divided by messages sent.",
    "M-CUST-09",
    message_complaints,
    messages_sent,
    good="down",
)
coupons_issued = count(
    CHAIN,
    "coupons_issued",
    "发券数",
    "Coupons issued",
    "当期发出的优惠券张数。",
    "Coupons issued in the period.",
    "M-CONV-19",
    table="coupon_issue",
    date="issued_date",
    good="none",
)
coupons_used = count(
    CHAIN,
    "coupons_used",
    "用券数（按发券日）",
    "Coupons used (by day of issue)",
    "当期发出、此后被使用的优惠券张数，归到发券日。近期发的券还会被使用。",
    "Coupons issued in the period and used since, on the day of issue. Recent ones are still to be used.",
    "M-CONV-19",
    table="coupon_issue",
    date="issued_date",
    where=(NotNull("used_at"),),
    said=" where used_at is known",
    good="none",
)
coupon_use_rate = rate(
    CHAIN,
    "coupon_use_rate",
    "用券率",
    "Coupon use rate",
    "用券数除以发券数，两者都归到发券日。",
    "Coupons used divided by coupons issued, both on the day of issue.",
    "M-CONV-19",
    coupons_used,
    coupons_issued,
    good="none",
)
new_members = count(
    CHAIN,
    "new_members",
    "新增会员数",
    "New members",
    "当期入会的会员数。",
    "Members who joined in the period.",
    "M-CUST-02",
    table="member",
    date="joined_date",
)
content_impressions = count(
    CHAIN,
    "content_impressions",
    "内容曝光量",
    "Impressions of content",
    "种草笔记、短视频等内容的曝光次数。",
    "Impressions of notes, short videos and other content.",
    "M-TRAFFIC-13",
    table="content_post_daily",
    date="day",
    value="impressions",
)
negative_impressions = count(
    CHAIN,
    "negative_impressions",
    "负面内容曝光量",
    "Impressions of negative content",
    "负面评价类内容的曝光次数，例如论坛差评。",
    "Impressions of negative content, such as a bad review in a forum.",
    "M-TRAFFIC-13",
    table="content_post_daily",
    date="day",
    value="impressions",
    where=(Condition("sentiment", "=", "negative"),),
    said=" where sentiment = negative",
    good="down",
)
acquisition_cost = Ratio(
    name="acquisition_cost",
    label_zh="获客成本",
    label_en="Acquisition cost (CAC)",
    unit=Unit.MONEY,
    good="down",
    definition_zh=(
        "广告费除以新买家数，先各自合计再相除。广告费全算作获客，不区分花在老客身上的部分，也不含优惠、达人与私域的费用。"
    ),
    definition_en=(
        "Ad spend divided by new buyers, each summed first. All of the spend counts as acquisition, what reached "
        "existing customers included; discounts, creators and private domain are not in it."
    ),
    formula="ad_spend ÷ new_buyers",
    chain=CHAIN,
    catalogue_ids=("M-CUST-06",),
    numerator=ad_spend,
    denominator=new_buyers,
)
