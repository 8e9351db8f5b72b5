"""The page of audiences."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.pagespec import AudiencesTile, PageSpec, Row

AUDIENCES = PageSpec(
    id="audiences",
    path="/customers/audiences",
    title=Text("人群", "Audiences"),
    tab=Text("人群", "Audiences"),
    room="customers",
    icon="customers",
    rows=(
        Row(
            tiles=(
                AudiencesTile(
                    id="audiences",
                    title=Text("已保存的人群", "Saved audiences"),
                    source="/api/v1/customers/audiences",
                    help=Text(
                        "不用写代码：指标、标签、分层、行为、购买和日期组成条件，边写边看人数与重合。"
                        "导出只含加密假名，按同意与免打扰剔除，每次都有记录。",
                        "Without code: conditions of metrics, tags, segments, behaviour, purchases and days; size and "
                        "overlap are shown while you write. A file holds tokens only, leaves out who did not consent "
                        "or unsubscribed, and every export is on record.",
                    ),
                ),
            )
        ),
    ),
)
