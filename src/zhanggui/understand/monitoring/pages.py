"""The pages of the Alerts room."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.pagespec import AlertRulesTile, AlertsTile, AlertTile, LineTile, PageSpec, Row

_ALERTS = "/api/v1/alerts"

CENTRE = PageSpec(
    id="alerts",
    path="/alerts",
    title=Text("预警", "Alerts"),
    room="alerts",
    icon="alerts",
    tab=Text("预警", "Alerts"),
    rows=(
        Row(
            tiles=(
                AlertsTile(
                    id="alerts",
                    title=Text("预警", "Alerts"),
                    source=_ALERTS,
                    help=Text(
                        "每次导入后和每小时检查一次。涉及金额大的在前；同一原因的预警归在一条之下，一件事只报一次。",
                        "Watched after every import and every hour. Those with most money at stake come first; alerts "
                        "of one cause stand under one, and one event is told once.",
                    ),
                ),
            )
        ),
    ),
)

RULES = PageSpec(
    id="alert_rules",
    path="/alerts/rules",
    title=Text("预警规则", "Rules of alerts"),
    room="alerts",
    icon="alerts",
    tab=Text("规则", "Rules"),
    rows=(
        Row(
            tiles=(
                AlertRulesTile(
                    id="rules",
                    title=Text("预警规则", "Rules of alerts"),
                    source=f"{_ALERTS}/rules",
                    help=Text(
                        "自带的规则不用配置即可使用，每条都可以关掉或修改。保存前可以先用历史数据回测。",
                        "The rules of the product work without configuration; each can be switched off or changed. "
                        "A rule can be held against history before it is kept.",
                    ),
                ),
            )
        ),
    ),
)

ALERT = PageSpec(
    id="alert",
    path="/alerts/:id",
    title=Text("预警详情", "Alert"),
    room="alerts",
    icon="alerts",
    rows=(
        Row(tiles=(AlertTile(id="alert", source=f"{_ALERTS}/{{id}}"),)),
        Row(
            height="m",
            tiles=(LineTile(id="course", title=Text("走势", "Course"), source=f"{_ALERTS}/{{id}}/course"),),
        ),
    ),
)

PAGES = (CENTRE, RULES, ALERT)
