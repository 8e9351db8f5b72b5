"""The pages of the Goods room, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BarTile,
    FindingsTile,
    HeatmapTile,
    KpisTile,
    LineTile,
    MeetingTile,
    PageChoice,
    PageOption,
    PageSpec,
    QuadrantsTile,
    Row,
    TableTile,
)
from zhanggui.understand.buyer_kinds import buyer_kinds_tile
from zhanggui.understand.desk import TileData
from zhanggui.understand.products.companions_answer import companion_bundles, companion_neighbours, companion_pairs
from zhanggui.understand.products.lifecycle_desk import (
    lifecycle_bands,
    lifecycle_carts,
    lifecycle_figures,
    lifecycle_new,
    lifecycle_prices,
    lifecycle_sold_out,
    lifecycle_still,
)
from zhanggui.understand.products.matrix_desk import (
    matrix_abc_xyz,
    matrix_figures,
    matrix_moves,
    matrix_poor,
    matrix_quadrants,
    matrix_selection,
)
from zhanggui.understand.products.meeting_desk import meeting_results
from zhanggui.understand.products.product_desk import (
    product_buyer_kinds,
    product_course,
    product_diagnosis,
    product_evidence,
    product_figures,
    product_partners,
    product_skus,
    product_topics,
)
from zhanggui.understand.products.returns_desk import (
    returns_cards,
    returns_figures,
    returns_products,
    returns_reasons,
    returns_regions,
    returns_suppliers,
)

ROOM = "products"
FILTERS = ("platform", "shop", "channel", "date")


def _source(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


def _table(page: str, tile: str, zh: str, en: str, *, help_: Text | None = None) -> TableTile:
    return TableTile(id=tile, title=Text(zh, en), source=_source(page, tile), help=help_)


MATRIX = PageSpec(
    id="matrix",
    path=f"/{ROOM}",
    title=Text("销量-利润矩阵", "Sales-profit matrix"),
    tab=Text("矩阵", "Matrix"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("matrix", "figures")),)),
        Row(
            height="l",
            tiles=(
                QuadrantsTile(
                    id="quadrants", title=Text("四个象限", "Four quadrants"), source=_source("matrix", "quadrants"),
                    help=Text("点一个点看商品；分界线可以在下方改，全店保存。",
                              "A point opens its product; the borders can be moved below and are kept by the shop."),
                ),
            ),
        ),
        Row(tiles=(_table("matrix", "selection", "选品：加、推、修、清", "What to add, push, mend, clear"),)),
        Row(tiles=(_table("matrix", "poor", "火爆但利润偏低", "Hot but poor"),)),
        Row(
            height="m",
            tiles=(
                HeatmapTile(id="abc_xyz", title=Text("ABC-XYZ 分类", "ABC-XYZ"), source=_source("matrix", "abc_xyz")),
            ),
        ),
        Row(tiles=(_table("matrix", "moves", "象限变化记录", "Log of moves between quadrants"),)),
    ),
)  # fmt: skip

RETURNS = PageSpec(
    id="returns",
    path=f"/{ROOM}/returns",
    title=Text("退货与评价", "Returns and reviews"),
    tab=Text("退货评价", "Returns"),
    room=ROOM,
    icon=ROOM,
    filters=("platform", "shop", "date"),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("returns", "figures")),)),
        Row(
            tiles=(
                FindingsTile(id="cards", title=Text("诊断", "Diagnoses"), span=14, source=_source("returns", "cards")),
                BarTile(
                    id="reasons", title=Text("退货原因与差评说什么", "What reasons and bad reviews say"), span=10,
                    source=_source("returns", "reasons"),
                ),
            ),
        ),
        Row(tiles=(_table("returns", "products", "各商品", "By product"),)),
        Row(
            height="m",
            tiles=(
                TableTile(id="suppliers", title=Text("按供应商", "By supplier"), span=12,
                          source=_source("returns", "suppliers")),
                TableTile(id="regions", title=Text("按省份", "By province"), span=12,
                          source=_source("returns", "regions")),
            ),
        ),
    ),
)  # fmt: skip

PRODUCT = PageSpec(
    id="product",
    path=f"/{ROOM}/product/:name",
    title=Text("单品", "Product"),
    room=ROOM,
    icon=ROOM,
    filters=("platform", "shop", "date"),
    rows=(
        Row(tiles=(KpisTile(id="figures", source="/api/v1/tiles/product/{name}/figures"),)),
        Row(
            height="m",
            tiles=(
                LineTile(id="course", title=Text("每日销量", "Units by day"), span=14,
                         source="/api/v1/tiles/product/{name}/course"),
                BarTile(id="topics", title=Text("退货与差评说什么", "What returns and reviews say"), span=10,
                        source="/api/v1/tiles/product/{name}/topics"),
            ),
        ),
        Row(height="s", tiles=(buyer_kinds_tile("/api/v1/tiles/product/{name}/buyer_kinds"),)),
        Row(
            tiles=(
                TableTile(id="diagnosis", title=Text("诊断与排查", "Diagnosis"),
                          source="/api/v1/tiles/product/{name}/diagnosis"),
            ),
        ),
        Row(
            tiles=(
                TableTile(id="skus", title=Text("各规格", "Variants"), source="/api/v1/tiles/product/{name}/skus"),
            ),
        ),
        Row(
            tiles=(
                TableTile(id="partners", title=Text("搭配", "Partners"),
                          source="/api/v1/tiles/product/{name}/partners"),
            ),
        ),
        Row(
            tiles=(
                TableTile(id="evidence", title=Text("差评与退货的原始记录", "Bad reviews and returns, row by row"),
                          source="/api/v1/tiles/product/{name}/evidence"),
            ),
        ),
    ),
)  # fmt: skip

LIFECYCLE = PageSpec(
    id="goods_lifecycle",
    path=f"/{ROOM}/lifecycle",
    title=Text("商品生命周期", "Life cycle of goods"),
    tab=Text("生命周期", "Life cycle"),
    room=ROOM,
    icon=ROOM,
    filters=("platform", "shop", "date"),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("goods_lifecycle", "figures")),)),
        Row(tiles=(_table("goods_lifecycle", "new", "新品与爆款预测", "New products and what they may come to"),)),
        Row(
            height="m",
            tiles=(
                BarTile(id="bands", title=Text("价格带的净收入", "Net revenue by price band"), span=12,
                        source=_source("goods_lifecycle", "bands")),
                TableTile(id="sold_out", title=Text("售罄率（按尺码规格）", "Sold-out rate by size"), span=12,
                          source=_source("goods_lifecycle", "sold_out")),
            ),
        ),
        Row(
            height="m",
            tiles=(
                TableTile(id="prices", title=Text("价格弹性", "Price elasticity"), span=12,
                          source=_source("goods_lifecycle", "prices")),
                TableTile(id="still", title=Text("没动销的 SKU", "SKUs that did not move"), span=12,
                          source=_source("goods_lifecycle", "still")),
            ),
        ),
        Row(tiles=(_table("goods_lifecycle", "carts", "加购下滑诊断", "Where carts fell"),)),
    ),
)  # fmt: skip

_LEVEL = PageChoice(
    key="by",
    label=Text("配对", "Pair"),
    options=(
        PageOption(value="product", label=Text("商品", "Products")),
        PageOption(value="category", label=Text("类目", "Categories")),
        PageOption(value="brand", label=Text("品牌", "Brands")),
    ),
)
ASSOCIATION = PageSpec(
    id="association",
    path=f"/{ROOM}/association",
    title=Text("关联购买", "Bought together"),
    tab=Text("关联购买", "Together"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_LEVEL,),
    rows=(
        Row(tiles=(_table("association", "pairs", "搭配", "Lasting pairs"),)),
        Row(tiles=(_table("association", "bundles", "套餐建议", "Bundles to try"),)),
        Row(tiles=(_table("association", "neighbours", "合并备货与相邻存放", "Stock and store together"),)),
    ),
)

MEETING = PageSpec(
    id="meeting",
    path=f"/{ROOM}/meeting",
    title=Text("选品会", "Meeting"),
    tab=Text("选品会", "Meeting"),
    room=ROOM,
    icon=ROOM,
    rows=(
        Row(tiles=(_table("meeting", "results", "决定与结果", "Decisions and what came of them"),)),
        Row(
            tiles=(
                MeetingTile(
                    id="items",
                    title=Text("冻结的名单", "The frozen list"),
                    source=f"/api/v1/{ROOM}/meetings",
                    help=Text(
                        "开会前冻结加、推、修、清的名单；每个 SKU 记下决定、负责人与期限，之后回来看结果。",
                        "Freeze what to add, push, mend and drop; write down decision, owner and due date "
                        "of each SKU, and come back for the results.",
                    ),
                ),
            )
        ),
    ),
)

PAGES = (MATRIX, RETURNS, LIFECYCLE, ASSOCIATION, MEETING, PRODUCT)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "matrix/figures": matrix_figures,
        "matrix/quadrants": matrix_quadrants,
        "matrix/selection": matrix_selection,
        "matrix/poor": matrix_poor,
        "matrix/abc_xyz": matrix_abc_xyz,
        "matrix/moves": matrix_moves,
        "returns/figures": returns_figures,
        "returns/cards": returns_cards,
        "returns/reasons": returns_reasons,
        "returns/products": returns_products,
        "returns/suppliers": returns_suppliers,
        "returns/regions": returns_regions,
        "meeting/results": meeting_results,
        "association/pairs": companion_pairs,
        "association/bundles": companion_bundles,
        "association/neighbours": companion_neighbours,
        "goods_lifecycle/figures": lifecycle_figures,
        "goods_lifecycle/new": lifecycle_new,
        "goods_lifecycle/bands": lifecycle_bands,
        "goods_lifecycle/sold_out": lifecycle_sold_out,
        "goods_lifecycle/prices": lifecycle_prices,
        "goods_lifecycle/still": lifecycle_still,
        "goods_lifecycle/carts": lifecycle_carts,
        "product/figures": product_figures,
        "product/course": product_course,
        "product/buyer_kinds": product_buyer_kinds,
        "product/topics": product_topics,
        "product/diagnosis": product_diagnosis,
        "product/skus": product_skus,
        "product/partners": product_partners,
        "product/evidence": product_evidence,
    }
)
"""Tile data by ``page/tile``."""
