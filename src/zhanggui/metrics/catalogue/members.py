"""Members: how many there are, how many of them buy, what they spend in a year."""

from __future__ import annotations

from zhanggui.metrics.catalogue.shapes import count, distinct, level, rate
from zhanggui.metrics.model import Chain, Condition, Evidence, Unit

CHAIN = Chain.CUSTOMERS

_IS_CONTACT = Condition("is_contact", "=", True)

members = level(
    CHAIN,
    "members",
    "会员数",
    "Members",
    "期末已入会的会员数；入会时间未知的一直计入。各等级可相加，各天不可相加；等级取名单上的现有等级。",
    "Members who had joined by the last day of the period; one whose joining no file dates always counts. Tiers "
    "add up, days do not; the tier is the one that the list names now.",
    "M-CUST-02",
    table="member_count",
    value="n_members",
    good="up",
)
members_buying = distinct(
    CHAIN,
    "members_buying",
    "活跃会员数",
    "Members who bought",
    "当期在会员所在店铺付过款的不同会员，全退的单不算；入会前的购买不算。",
    "Different members who paid in the store of their membership in the period, orders given back whole left out, nor "
    "what they bought before joining.",
    "M-CUST-02",
    entity="member_key",
    table="member_day",
    date="day",
    where=(Condition("is_buying", "=", True),),
    said=" where is_buying",
    good="up",
)
member_active_rate = rate(
    CHAIN,
    "member_active_rate",
    "会员活跃率",
    "Active members",
    "当期付过款的会员除以期末全部会员：活跃的规则就是所选的期间，选 90 天即会员页的口径。",
    "Members who bought in the period, divided by all members at its end: the period chosen is the rule of being "
    "active; the page of members takes 90 days.",
    "M-CUST-02",
    members_buying,
    members,
)


member_days = count(
    CHAIN,
    "member_days",
    "会员·天",
    "Member-days",
    "每天的会员数逐日相加：平均会员数乘以天数。",
    "Members of each day, added up: the average number of members times the days.",
    "M-CUST-11",
    table="member_count",
    date="day",
    value="n_members",
    good="none",
)
member_spending_a_year = count(
    CHAIN,
    "member_spending_a_year",
    "会员支付金额（按年折算）",
    "Paid by members, as of a year",
    "会员入会后在所在店铺的支付金额乘以 365；退款未扣。",
    "What members paid in the store of their membership since they joined, times 365; refunds not deducted.",
    "M-CUST-11",
    table="member_day",
    date="day",
    value="year_minor",
    unit=Unit.MONEY,
    good="none",
)
member_spending = rate(
    CHAIN,
    "member_spending",
    "会员年消费额",
    "Yearly spending per member",
    "当期会员支付金额折算成一年，除以平均会员数，按等级比较；没有买的会员也在分母里。等级由消费而来，高等级花得多有一部分是规则使然。",
    "What members paid in the period as of a year, divided by the average number of members, compared by tier; members "
    "who bought nothing are in it. Tiers are reached by spending, so part of the difference is the rule itself.",
    "M-CUST-11",
    member_spending_a_year,
    member_days,
    unit=Unit.MONEY,
)
contact_days = count(
    CHAIN,
    "contact_days",
    "私域会员·天",
    "Member-days in the private domain",
    "每天已入会的企微好友会员数逐日相加。",
    "Members whom an employee has as a contact, of each day, added up.",
    "M-CUST-12",
    table="member_count",
    date="day",
    value="n_members",
    where=(_IS_CONTACT,),
    said=" where is_contact",
    good="none",
)
contact_spending_a_year = count(
    CHAIN,
    "contact_spending_a_year",
    "私域会员支付金额（按年折算）",
    "Paid in the private domain, as of a year",
    "其中企微好友会员的支付金额乘以 365；退款未扣。",
    "What members whom an employee has as a contact paid, times 365; refunds not deducted.",
    "M-CUST-12",
    table="member_day",
    date="day",
    value="year_minor",
    where=(_IS_CONTACT,),
    said=" where is_contact",
    unit=Unit.MONEY,
    good="none",
)
private_domain_spending = rate(
    CHAIN,
    "private_domain_spending",
    "私域用户年消费额",
    "Yearly spending in the private domain",
    "是企微好友的会员，当期支付金额折算成一年，除以其平均人数；与会员年消费额比，看私域的人多花多少。"
    "接不上会员的好友不在内；加好友的人本来就可能买得多，不是因果。",
    "Of members whom an employee has as a contact, what they paid in the period as of a year, divided by their average "
    "number; beside the yearly spending per member. Contacts whom nothing ties to a member are not in it, and who "
    "becomes a contact may have bought more anyway: no cause.",
    "M-CUST-12",
    contact_spending_a_year,
    contact_days,
    unit=Unit.MONEY,
    evidence=Evidence.ESTIMATED,
)
