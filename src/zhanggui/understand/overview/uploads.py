"""Which files to upload next for profit, and where each platform keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhanggui.i18n import Text
from zhanggui.metrics.value_names import PLATFORM_NAMES
from zhanggui.pagespec import AllClear, Door, DoorsData, NextUpload, UploadsNextData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.costs import missing_share
from zhanggui.understand.view import View

MOST = 2
UPLOAD_PAGE = "/data"


@dataclass(frozen=True, slots=True)
class Need:
    """A kind of file that is missing, and what it would make known."""

    key: str
    title: Text
    gives: Text


LINES = Need(
    "lines",
    Text("订单明细（宝贝报表或子订单）", "Order lines (item or sub-order report)"),
    Text(
        "按商品看销量与退款，也是按商品核算成本的前提", "Sales and refunds by product; costs can be booked by product"
    ),
)
COSTS = Need(
    "costs",
    Text("商品成本表（商品列表加一列成本价）", "Product costs (the product list with a cost column)"),
    Text("毛利从“预估”变成“已录”", "Gross profit is then known instead of estimated"),
)
REFUNDS = Need(
    "refunds",
    Text("退款明细", "Refund report"),
    Text(
        "退款原因、退款完成日，以及部分退款落到哪个商品", "Reasons, day of success, and the product of partial refunds"
    ),
)

# Menus as sellers know them; platforms rename them now and then.
MENUS: Mapping[str, Mapping[str, Text]] = {
    "taobao": {
        "lines": Text(
            "千牛 → 交易 → 已卖出的宝贝 → 批量导出 → 下载宝贝报表",
            "千牛 (Qianniu) → 交易 → 已卖出的宝贝 → 批量导出 → 下载宝贝报表",
        ),
        "costs": Text(
            "千牛 → 商品 → 我的宝贝 → 批量导出，加一列“成本价”",
            "千牛 (Qianniu) → 商品 → 我的宝贝 → 批量导出, with a cost column added",
        ),
        "refunds": Text("千牛 → 交易 → 退款管理 → 批量导出", "千牛 (Qianniu) → 交易 → 退款管理 → 批量导出"),
    },
    "douyin": {
        "lines": Text("抖店 → 订单 → 订单管理 → 导出订单明细", "抖店 (Doudian) → 订单 → 订单管理 → 导出订单明细"),
        "costs": Text(
            "抖店 → 商品 → 商品管理 → 导出商品，加一列“成本价”",
            "抖店 (Doudian) → 商品 → 商品管理 → 导出商品, with a cost column added",
        ),
        "refunds": Text("抖店 → 售后 → 售后工作台 → 导出", "抖店 (Doudian) → 售后 → 售后工作台 → 导出"),
    },
    "pinduoduo": {
        "lines": Text(
            "多多商家后台 → 发货管理 → 订单查询 → 批量导出", "多多 (Pinduoduo) → 发货管理 → 订单查询 → 批量导出"
        ),
        "costs": Text(
            "多多商家后台 → 商品管理 → 商品列表 → 导出，加一列“成本价”",
            "多多 (Pinduoduo) → 商品管理 → 商品列表 → 导出, with a cost column added",
        ),
        "refunds": Text(
            "多多商家后台 → 售后管理 → 售后工作台 → 导出", "多多 (Pinduoduo) → 售后管理 → 售后工作台 → 导出"
        ),
    },
}
ANY_MENU = Text(
    "从您的系统导出 CSV 或 Excel，导入时按提示对应列名",
    "Export CSV or Excel from your system; the columns are matched while loading",
)


def uploads_next(desk: Desk, view: View) -> UploadsNextData:
    """Return the two files that would say most about profit, with the menu of the platform in use."""
    platforms = _platforms(desk)
    missing = _missing(desk, view)[:MOST]
    share = missing_share(desk, view)
    text = None
    if share is not None and share > 0:
        said = wording.percent(share)
        text = Text(
            f"缺成本：占商家应收 {said.zh}。菜单以后台当前版本为准。",
            f"Cost is missing for {said.en} of the receivable. Menus may have been renamed since.",
        )
    items = tuple(
        NextUpload(
            title=need.title,
            platform=PLATFORM_NAMES.get(platform, Text.same(platform)),
            menu=MENUS.get("taobao" if platform == "tmall" else platform, {}).get(need.key, ANY_MENU),
            gives=need.gives,
            href=UPLOAD_PAGE,
        )
        for need in missing
        for platform in platforms[:1]
    )
    empty = None if items else AllClear("利润需要的文件都已有。", "Every file that profit needs is there.")
    return UploadsNextData(items=items, text=text, share=share, empty=empty)


def _platforms(desk: Desk) -> list[str]:
    """Return the platforms in use, the one with most files first."""
    counted: dict[str, int] = {}
    for row in desk.kept("batch_kinds", lambda: _batch_kinds(desk)):
        counted[str(row["platform"])] = counted.get(str(row["platform"]), 0) + int(str(row["n"]))
    return sorted(counted, key=lambda name: -counted[name]) or ["taobao"]


def _batch_kinds(desk: Desk) -> list[dict[str, object]]:
    batch = desk.ledger.table("source_batch")
    found = desk.ledger.query(batch.group_by(["platform", "dataset"]).aggregate(n=batch.count()))
    return list(found.to_pylist())


def _missing(desk: Desk, view: View) -> list[Need]:
    datasets = {str(row["dataset"]) for row in desk.kept("batch_kinds", lambda: _batch_kinds(desk))}
    share = missing_share(desk, view)
    needs = []
    if "order_lines" not in datasets:
        needs.append(LINES)
    if share is None or share > 0:
        needs.append(COSTS)
    if "refunds" not in datasets:
        needs.append(REFUNDS)
    return needs


def doors(desk: Desk, view: View) -> DoorsData:
    """Return the three doors of an empty shop; connecting to a platform comes with its connector."""
    return DoorsData(
        items=(
            Door(id="drop", available=True),
            Door(
                id="demo", available=False, text=Text("在终端运行 zhanggui demo", "Run `zhanggui demo` in a terminal")
            ),
            Door(
                id="connect",
                available=False,
                text=Text("直连平台接口尚未提供", "Platform connections are not there yet"),
            ),
        )
    )
