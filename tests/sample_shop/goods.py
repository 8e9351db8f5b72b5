"""What the made-up shop sells, and where its buyers live."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goods:
    """One product; `appeal` is its weight among orders, `return_rate` the share of its orders refunded."""

    code: str
    title: str
    category: str
    price_fen: int
    appeal: int
    return_rate: float
    specs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """One store: its name as the files write it, what it sells, and its orders on a plain day."""

    name: str
    number: int
    orders_per_day: float
    categories: tuple[str, ...]


_TEA, _WARE, _SNACK, _HOME = "茶叶", "茶具", "糕点零食", "香薰家居"

STORES = (
    Store("青禾茶事旗舰店", 1, 62, (_TEA, _WARE, _SNACK)),
    Store("青禾家居专营店", 2, 34, (_WARE, _HOME)),
)

_SIZES = ("规格:50g", "规格:100g", "规格:250g")
_COLOURS = ("颜色分类:月白", "颜色分类:天青", "颜色分类:黛蓝")
_SCENTS = ("香型:桂花", "香型:雪松", "香型:白茶")

GOODS = (
    Goods("TEA-001", "明前龙井绿茶 罐装", _TEA, 16800, 11, 0.03, _SIZES),
    Goods("TEA-002", "安溪铁观音 清香型", _TEA, 9800, 10, 0.03, _SIZES),
    Goods("TEA-003", "正山小种红茶", _TEA, 12800, 8, 0.04, _SIZES),
    Goods("TEA-004", "福鼎白茶饼 2022", _TEA, 23800, 5, 0.05, _SIZES),
    Goods("TEA-005", "云南普洱熟茶饼", _TEA, 19800, 5, 0.05, _SIZES),
    Goods("TEA-006", "茉莉花茶 三窨", _TEA, 5900, 12, 0.02, _SIZES),
    Goods("TEA-007", "桂花乌龙 小罐", _TEA, 7900, 9, 0.03, _SIZES),
    Goods("WARE-001", "白瓷盖碗礼盒", _WARE, 26800, 7, 0.21, _COLOURS),
    Goods("WARE-002", "紫砂壶 手工", _WARE, 39800, 2, 0.12, ("泥料:紫泥", "泥料:朱泥")),
    Goods("WARE-003", "耐热玻璃公道杯", _WARE, 4900, 8, 0.09, ("容量:300ml", "容量:500ml")),
    Goods("WARE-004", "品茗杯 六只装", _WARE, 8800, 7, 0.08, _COLOURS),
    Goods("WARE-005", "竹制茶盘", _WARE, 15900, 4, 0.06, ("尺寸:中", "尺寸:大")),
    Goods("WARE-006", "便携旅行茶具套装", _WARE, 13900, 6, 0.07, _COLOURS),
    Goods("SNACK-001", "绿豆糕 独立小包", _SNACK, 2990, 10, 0.02, ("口味:原味", "口味:桂花")),
    Goods("SNACK-002", "桃酥 礼盒", _SNACK, 5990, 6, 0.03, ("口味:原味", "口味:芝麻")),
    Goods("SNACK-003", "手工牛轧糖", _SNACK, 3990, 7, 0.03, ("口味:花生", "口味:抹茶")),
    Goods("SNACK-004", "山楂条", _SNACK, 1990, 8, 0.02, ("净含量:200g", "净含量:500g")),
    Goods("SNACK-005", "中秋月饼礼盒", _SNACK, 16800, 3, 0.02, ("口味:莲蓉", "口味:五仁")),
    Goods("HOME-001", "线香 老山檀", _HOME, 6900, 8, 0.03, ("规格:21cm", "规格:10cm")),
    Goods("HOME-002", "陶瓷香插", _HOME, 3900, 7, 0.05, _COLOURS),
    Goods("HOME-003", "无火香薰 客厅", _HOME, 8900, 8, 0.05, _SCENTS),
    Goods("HOME-004", "香薰蜡烛", _HOME, 7900, 7, 0.05, _SCENTS),
    Goods("HOME-005", "棉麻桌旗", _HOME, 5900, 4, 0.08, _COLOURS),
    Goods("HOME-006", "干花瓶摆件", _HOME, 10900, 3, 0.10, _COLOURS),
    Goods("HOME-007", "藤编收纳篮", _HOME, 6600, 5, 0.07, ("尺寸:中", "尺寸:大")),
)

PLACES = (
    ("广东省", "深圳市", 14),
    ("浙江省", "杭州市", 12),
    ("江苏省", "苏州市", 12),
    ("上海", "上海市", 10),
    ("北京", "北京市", 8),
    ("山东省", "青岛市", 7),
    ("四川省", "成都市", 6),
    ("福建省", "厦门市", 6),
    ("湖北省", "武汉市", 5),
    ("河南省", "郑州市", 5),
    ("湖南省", "长沙市", 4),
    ("安徽省", "合肥市", 4),
    ("河北省", "石家庄市", 3),
    ("辽宁省", "沈阳市", 3),
    ("陕西省", "西安市", 3),
    ("重庆", "重庆市", 3),
    ("广西壮族自治区", "南宁市", 2),
    ("内蒙古自治区", "呼和浩特市", 1),
    ("新疆维吾尔自治区", "乌鲁木齐市", 1),
)
"""Province as the platform writes it, city, and its weight among buyers."""

HOURS = (6, 3, 2, 1, 1, 1, 2, 4, 7, 10, 13, 12, 11, 12, 12, 11, 10, 9, 10, 13, 18, 20, 17, 11)
"""Weight of each hour of the day."""

WEEKDAYS = (0.95, 0.93, 0.95, 0.98, 1.08, 1.16, 1.12)
"""Weight of Monday to Sunday."""
