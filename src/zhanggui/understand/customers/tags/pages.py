"""The page of tags and preferences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import ColumnSpec, PageSpec, Row, TableData, TableTile, TagsTile
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.people import customer_name
from zhanggui.understand.customers.refusals import said_instead
from zhanggui.understand.customers.tags.answers import preferences
from zhanggui.understand.customers.tags.preferences import What
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.refusals import no_table
from zhanggui.understand.view import View


def _table(tile: str, zh: str, en: str) -> TableTile:
    return TableTile(
        id=tile,
        title=Text(zh, en),
        span=12,
        source=f"/api/v1/tiles/tags/{tile}",
        help=Text(
            "至少两件，且占一半以上才算偏好；每一行都写明依据。",
            "A preference takes two pieces and half of them all; each line says what it rests on.",
        ),
    )


TAGS = PageSpec(
    id="tags",
    path="/customers/tags",
    title=Text("标签与偏好", "Tags and preferences"),
    tab=Text("标签", "Tags"),
    room="customers",
    icon="customers",
    rows=(
        Row(
            tiles=(
                TagsTile(
                    id="tags",
                    title=Text("兴趣标签", "Interest tags"),
                    source="/api/v1/customers/tags",
                    help=Text(
                        "每次行为计分，随时间减半，到期失效；每天重算，也可用 TOML 文件维护。",
                        "Each act scores, fades with time and ends; built anew every day. A TOML file does as well.",
                    ),
                ),
            )
        ),
        Row(
            tiles=(_table("sizes", "尺码偏好", "Preferred sizes"), _table("likes", "类目偏好", "Preferred categories"))
        ),
    ),
)


def _preferred(what: What) -> TileData:
    def tile(desk: Desk, view: View) -> TableData:
        found = preferences(desk, what)
        # How many can be told apart stands once on the page, with the tags above.
        said_above = coverage_said(desk, View())
        columns = (
            ColumnSpec(key="value", label=Text("偏好", "Prefers")),
            ColumnSpec(key="people", label=Text("人数", "People"), unit="count"),
            ColumnSpec(key="example", label=Text("例子", "For example")),
        )
        examples = {each.value: each for each in reversed(found.examples)}
        rows = tuple(
            {
                "value": row.value,
                "people": row.people,
                "example": None
                if (example := examples.get(row.value)) is None
                else Text(
                    f"{customer_name(example.customer)}：{example.reason.zh}",
                    f"{customer_name(example.customer)}: {example.reason.en}",
                ),
            }
            for row in found.values
        )
        warnings = tuple(each for each in found.warnings if each not in said_above)
        empty = None if rows else Text("还没有人买过两件同样的。", "Nobody has bought two alike yet.")
        return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=empty, warnings=warnings)

    return said_instead(tile, no_table)


TILES: Mapping[str, TileData] = MappingProxyType(
    {"tags/sizes": _preferred("size"), "tags/likes": _preferred("category")}
)
