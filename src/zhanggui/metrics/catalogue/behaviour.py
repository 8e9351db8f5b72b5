"""When visitors are active, where they leave, which accounts came; and the order of what they see."""

from __future__ import annotations

from zhanggui.metrics.catalogue.shapes import awaited, count, distinct
from zhanggui.metrics.catalogue.traffic import BY_PEOPLE
from zhanggui.metrics.model import Chain, Condition, IsNull

CHAIN = Chain.TRAFFIC

behaviour_events = count(
    CHAIN,
    "behaviour_events",
    "行为次数",
    "Events of visitors",
    "访客的行为事件数（浏览、搜索、加购等），可按小时与星期拆分，看什么时段最活跃。识别为机器的不计入。",
    "Events of visitors, such as pages seen, searches and carts; split by hour and weekday it tells when they are "
    "active. Those of machines stay out.",
    "M-TRAFFIC-10",
    table="event",
    date="event_date",
    where=(Condition("kind", "=", "behaviour"), IsNull("bot_mark")),
    said=" where kind = behaviour and no machine's",
    good="none",
)
visits_without_order = count(
    CHAIN,
    "visits_without_order",
    "未下单的访问次数",
    "Visits without an order",
    "其间没有下单的访问次数；按离开的页面拆分，就是流失最多的地方。识别为机器的不计入。",
    "Visits during which nothing was ordered; split by their last page, they tell where visitors are lost. Visits of "
    "machines stay out.",
    "M-TRAFFIC-12",
    table="session",
    date="session_date",
    where=(BY_PEOPLE, Condition("has_order", "=", False)),
    said=" where not is_bot and not has_order",
    good="down",
)
active_accounts = distinct(
    CHAIN,
    "active_accounts",
    "活跃账号数",
    "Active accounts",
    "当期来访并且登录过的不同账号；按天看就是日活（DAU）。同一账号跨设备只计一次，没有登录的访客不在内；各天不可相加。",
    "Different accounts that came and showed themselves in the period; by day it is the DAU. One account on several "
    "devices counts once, visitors who never log in are not in it; days do not add up.",
    "M-CUST-01",
    entity="user_key",
    table="session",
    date="session_date",
    where=(BY_PEOPLE,),
    said=" where not is_bot",
    good="up",
)
path_share = awaited(
    CHAIN,
    "path_share",
    "路径占比",
    "Share of a path",
    "走过同一串页面的访问次数除以访问次数。",
    "Visits that went through the same pages in the same order, divided by visits.",
    "M-TRAFFIC-11",
    table="visit_path",
    formula="visits of the path ÷ visits",
)
