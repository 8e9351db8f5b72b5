"""The company's own list of what its ads outside the platforms cost and what their reports claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, yuan
from zhanggui.simulate.exports.numbering import STORE_NAMES
from zhanggui.simulate.exports.own_lists import Meaning, own_list
from zhanggui.simulate.exports.writing import View, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import AD_ROWS
from zhanggui.simulate.stores import CHANNELS

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = (
    "日期", "店铺", "渠道", "计划ID", "计划名称", "创意名称", "展现量", "点击量", "消耗", "归因订单数", "归因成交金额",
    "直接归因订单数", "直接归因成交金额",
)  # fmt: skip
_MEANING = Meaning(
    "ad_spend",
    {
        "store_name": "店铺",
        "day": "日期",
        "scene_name": "渠道",
        "campaign_id": "计划ID",
        "campaign_name": "计划名称",
        "creative_name": "创意名称",
        "impressions": "展现量",
        "clicks": "点击量",
        "spend": "消耗",
        "attributed_orders": "归因订单数",
        "attributed_gmv": "归因成交金额",
        "direct_orders": "直接归因订单数",
        "direct_gmv": "直接归因成交金额",
    },
)


class OwnAds:
    """Writes the ads that lead to the own site, a row per creative and day.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._view = view
        self._scene = world.scene
        self._stores = [store.number for store in world.stores if store.platform is Platform.OWN_SITE]
        self._report = own_list(folder, view, "ads_own_site", "站外广告", HEADER, _MEANING)

    def write(self, records: DayRecords) -> None:
        """Write the ads of a day."""
        rows = records[AD_ROWS]
        rows = rows.where(np.isin(rows["store"], self._stores))
        groups = [self._scene.ad_groups[number] for number in rows["ad_group"].tolist()]
        self._report.add(
            records.day,
            {
                "日期": f"{self._view.date_of(records.day):%Y-%m-%d}",
                "店铺": chosen(STORE_NAMES, rows["store"]),
                "渠道": [CHANNELS[group.channel].label for group in groups],
                "计划ID": counts(50_000_000 + rows["ad_group"]),
                "计划名称": [group.name for group in groups],
                "创意名称": [self._scene.creatives[number].name for number in rows["creative"].tolist()],
                "展现量": counts(rows["impressions"]),
                "点击量": counts(rows["clicks"]),
                "消耗": yuan(rows["spend_minor"]),
                "归因订单数": counts(rows["claimed_orders"]),
                "归因成交金额": yuan(rows["claimed_minor"]),
                "直接归因订单数": counts(rows["claimed_direct_orders"]),
                "直接归因成交金额": yuan(rows["claimed_direct_minor"]),
            },
        )

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()
