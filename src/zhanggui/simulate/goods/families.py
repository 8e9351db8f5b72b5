"""What each trade sells: families of goods with their prices, specifications and season, as data."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.simulate.options import Trade

SIZES: tuple[str, ...] = ("S", "M", "L", "XL", "XXL")
"""Clothing sizes, small to large."""

STAGES: tuple[tuple[int, int], ...] = ((0, 6), (6, 12), (12, 36))
"""Months of age, from and to, of the three stages of baby goods."""

COLOURS: tuple[str, ...] = ("黑色", "米白", "卡其", "雾霾蓝", "酒红", "浅灰")


@dataclass(frozen=True, slots=True)
class Family:
    """A family of goods: all products of one category of a trade.

    Attributes
    ----------
    trade : Trade
        Line of business.
    category : str
        As the back office names it.
    nouns : tuple of str
        What its products are called.
    n_products : int
        How many there are.
    price_from, price_to : int
        Range of list prices in yuan.
    cost_share : float
        Cost as a share of the list price, around which products vary.
    weight_g : int
        Weight of one unit.
    specs : tuple of str
        What may be chosen, besides size and colour.
    spec_prices : tuple of float
        Price of each spec as a multiple of the product's.
    fit : str
        What decides which spec suits a person: ``"size"``, ``"stage"`` (the baby's age) or nothing.
    n_colours : int
        Colours of each product; 0 where colour does not matter.
    season_month : int
        Month in which most is sold; 0 without season.
    season_strength : float
        How much more is sold then than half a year away, as a log ratio's half.
    again : float
        Chance that a buyer who comes back takes the same thing once more.
    quantities : tuple of float
        Chances of buying 1, 2, 3 ... units.
    """

    trade: Trade
    category: str
    nouns: tuple[str, ...]
    n_products: int
    price_from: int
    price_to: int
    cost_share: float
    weight_g: int
    specs: tuple[str, ...] = ("标准装",)
    spec_prices: tuple[float, ...] = (1.0,)
    fit: str = ""
    n_colours: int = 0
    season_month: int = 0
    season_strength: float = 0.0
    again: float = 0.1
    quantities: tuple[float, ...] = (0.92, 0.07, 0.01)


_PAIR = (1.0, 1.8)
_TRIPLE = (1.0, 1.8, 2.6)
_STAGED = ("1段", "2段", "3段")
_NAPPIES = ("S码 0-6月", "L码 6-12月", "XL码 12月以上")
_CLOTHES = (0.95, 0.045, 0.005)
_FOOD = (0.62, 0.24, 0.09, 0.03, 0.02)

FAMILIES: tuple[Family, ...] = (
    Family(Trade.BEAUTY, "面霜", ("保湿面霜", "修护面霜", "紧致面霜"), 8, 129, 399, 0.46, 180,
           ("50g", "50g*2"), _PAIR, season_month=12, season_strength=0.3, again=0.5),
    Family(Trade.BEAUTY, "精华", ("烟酰胺精华液", "玻尿酸原液", "视黄醇精华"), 9, 139, 459, 0.38, 120,
           ("30ml", "50ml"), (1.0, 1.45), again=0.5),
    Family(Trade.BEAUTY, "面膜", ("补水面膜", "清洁泥膜", "睡眠面膜"), 9, 59, 189, 0.53, 260,
           ("10片", "20片", "30片"), _TRIPLE, again=0.45, quantities=(0.78, 0.17, 0.05)),
    Family(Trade.BEAUTY, "防晒", ("清透防晒乳", "防晒喷雾"), 6, 69, 199, 0.48, 90,
           ("50ml", "50ml*2"), _PAIR, season_month=6, season_strength=0.8, again=0.4),
    Family(Trade.BEAUTY, "洁面", ("氨基酸洁面", "洁面慕斯"), 7, 49, 139, 0.52, 150,
           ("100g", "100g*2"), _PAIR, again=0.5, quantities=(0.84, 0.13, 0.03)),
    Family(Trade.BEAUTY, "口红", ("丝绒口红", "水光唇釉", "润唇膏"), 8, 59, 219, 0.42, 40, n_colours=4, again=0.15),
    Family(Trade.BEAUTY, "底妆", ("轻透粉底液", "气垫霜", "定妆散粉"), 7, 99, 299, 0.46, 110,
           ("自然色", "亮肤色", "象牙白"), (1.0, 1.0, 1.0), again=0.4),
    Family(Trade.BEAUTY, "身体护理", ("身体乳", "护手霜", "沐浴油"), 8, 39, 129, 0.58, 320,
           ("200ml", "400ml"), (1.0, 1.7), season_month=12, season_strength=0.35, again=0.4),
    Family(Trade.FASHION, "风衣", ("双排扣风衣", "中长款风衣"), 3, 299, 699, 0.54, 900,
           fit="size", n_colours=2, season_month=10, season_strength=1.0, quantities=_CLOTHES),
    Family(Trade.FASHION, "围巾", ("羊毛围巾", "格纹围巾"), 5, 79, 259, 0.52, 200,
           n_colours=4, season_month=11, season_strength=0.9, quantities=_CLOTHES),
    Family(Trade.FASHION, "连衣裙", ("法式连衣裙", "针织连衣裙", "茶歇裙"), 5, 159, 429, 0.52, 450,
           fit="size", n_colours=2, season_month=6, season_strength=0.6, quantities=_CLOTHES),
    Family(Trade.FASHION, "T恤", ("纯棉T恤", "短款T恤"), 4, 59, 139, 0.59, 220,
           fit="size", n_colours=3, season_month=7, season_strength=0.7, quantities=(0.86, 0.11, 0.03)),
    Family(Trade.FASHION, "牛仔裤", ("直筒牛仔裤", "阔腿牛仔裤"), 4, 139, 329, 0.57, 650,
           fit="size", n_colours=2, quantities=_CLOTHES),
    Family(Trade.FASHION, "针织衫", ("圆领针织衫", "针织开衫"), 4, 119, 329, 0.55, 420,
           fit="size", n_colours=2, season_month=11, season_strength=0.7, quantities=_CLOTHES),
    Family(Trade.FASHION, "羽绒服", ("轻薄羽绒服", "长款羽绒服"), 3, 399, 999, 0.63, 1100,
           fit="size", n_colours=2, season_month=12, season_strength=1.2, quantities=_CLOTHES),
    Family(Trade.FASHION, "衬衫", ("通勤衬衫", "真丝衬衫"), 4, 99, 299, 0.54, 260,
           fit="size", n_colours=2, quantities=_CLOTHES),
    Family(Trade.BABY, "奶粉", ("婴幼儿配方奶粉", "有机配方奶粉", "羊奶粉"), 7, 218, 388, 0.8, 1000,
           _STAGED, (1.05, 1.0, 0.94), fit="stage", again=0.85, quantities=(0.5, 0.24, 0.12, 0.09, 0.01, 0.04)),
    Family(Trade.BABY, "纸尿裤", ("超薄纸尿裤", "拉拉裤", "柔护纸尿裤"), 7, 79, 169, 0.72, 1500,
           _NAPPIES, (0.95, 1.0, 1.06), fit="stage", again=0.75, quantities=(0.52, 0.28, 0.12, 0.08)),
    Family(Trade.BABY, "湿巾", ("婴儿手口湿巾", "云柔巾"), 7, 29, 89, 0.58, 1200,
           ("5包", "10包"), _PAIR, again=0.7, quantities=(0.7, 0.22, 0.08)),
    Family(Trade.BABY, "辅食", ("高铁米粉", "果泥", "磨牙饼干"), 8, 29, 99, 0.54, 300,
           _STAGED, (1.0, 1.0, 1.05), fit="stage", again=0.6, quantities=(0.55, 0.25, 0.12, 0.08)),
    Family(Trade.BABY, "喂养用品", ("宽口径奶瓶", "学饮杯", "温奶器"), 8, 49, 199, 0.48, 250,
           ("240ml", "330ml"), (1.0, 1.15), again=0.1),
    Family(Trade.BABY, "洗护", ("婴儿润肤乳", "洗发沐浴二合一"), 8, 45, 129, 0.43, 420,
           ("300ml", "300ml*2"), _PAIR, again=0.5),
    Family(Trade.BABY, "玩具", ("早教布书", "益智积木", "摇铃套装"), 9, 39, 259, 0.51, 500, n_colours=2, again=0.05),
    Family(Trade.BABY, "出行", ("轻便婴儿推车", "安全座椅", "婴儿背带"), 5, 259, 1299, 0.62, 6500,
           n_colours=2, again=0.0),
    Family(Trade.HOME, "床垫", ("乳胶床垫", "独立弹簧床垫"), 5, 899, 2599, 0.61, 24000,
           ("1.2米", "1.5米", "1.8米"), (0.8, 0.92, 1.0), again=0.0, quantities=(0.98, 0.02)),
    Family(Trade.HOME, "床品", ("纯棉四件套", "长绒棉四件套", "羽丝被"), 8, 169, 499, 0.52, 2600,
           ("1.5米床", "1.8米床"), (0.95, 1.0), n_colours=2, again=0.05),
    Family(Trade.HOME, "水果", ("云南蓝莓", "赣南脐橙", "阳光玫瑰葡萄", "佳沛奇异果"), 9, 29, 109, 0.71, 2200,
           ("2斤装", "5斤装", "9斤装"), (0.55, 1.0, 1.6), again=0.55, quantities=_FOOD),
    Family(Trade.HOME, "海鲜肉禽", ("厚切三文鱼", "黑虎虾", "原切牛排", "农家散养鸡"), 8, 49, 189, 0.74, 1200,
           ("500g", "1kg"), (1.0, 1.85), again=0.5, quantities=_FOOD),
    Family(Trade.HOME, "粮油", ("五常大米", "菜籽油", "杂粮礼盒"), 7, 39, 139, 0.81, 5200,
           ("5kg", "10kg"), (1.0, 1.9), again=0.65, quantities=(0.72, 0.22, 0.06)),
    Family(Trade.HOME, "零食坚果", ("每日坚果", "手工蛋卷", "月饼礼盒"), 9, 29, 129, 0.61, 750,
           ("单盒", "两盒装"), _PAIR, again=0.4, quantities=_FOOD),
    Family(Trade.HOME, "收纳清洁", ("抽屉收纳盒", "浓缩洗衣凝珠", "厨房湿巾"), 9, 25, 99, 0.52, 800,
           ("1件", "3件套"), (1.0, 2.5), again=0.35, quantities=(0.74, 0.19, 0.07)),
    Family(Trade.HOME, "厨具", ("不粘炒锅", "陶瓷餐具套装", "保温壶"), 7, 69, 329, 0.53, 1900, n_colours=2, again=0.03),
)  # fmt: skip

GIFTS: dict[Trade, tuple[str, ...]] = {
    Trade.BEAUTY: ("精华小样5ml", "面膜体验装2片", "化妆棉"),
    Trade.FASHION: ("防尘袋", "丝绒发圈"),
    Trade.BABY: ("试用装纸尿裤2片", "口水巾"),
    Trade.HOME: ("保温冰袋", "围裙"),
}
"""Gifts that go with orders of a trade; they have a cost and no price."""

BRANDS: dict[Trade, tuple[str, ...]] = {
    Trade.BEAUTY: ("禾木", "青屿", "素颜计"),
    Trade.FASHION: ("禾穗", "半山衣舍"),
    Trade.BABY: ("小禾", "暖芽", "贝舒"),
    Trade.HOME: ("禾田", "木作间", "山野集"),
}

ADJECTIVES: tuple[str, ...] = (
    "经典", "升级版", "轻享", "臻选", "日常", "元气", "匠心", "自然系", "新品", "清简", "暖阳", "原野",
)  # fmt: skip

PAIRED: tuple[tuple[str, str, float], ...] = (
    ("奶粉", "纸尿裤", 0.70),
    ("纸尿裤", "湿巾", 0.22),
    ("风衣", "围巾", 0.32),
    ("床垫", "床品", 0.38),
    ("精华", "面霜", 0.24),
    ("洁面", "面膜", 0.18),
    ("底妆", "口红", 0.16),
    ("连衣裙", "针织衫", 0.12),
    ("辅食", "喂养用品", 0.10),
    ("海鲜肉禽", "水果", 0.20),
    ("粮油", "零食坚果", 0.15),
)
"""Families bought together: with one of the first, one of the second joins the basket with this chance."""

PAIRED_PRICE: dict[tuple[str, str], float] = {("床垫", "床品"): 0.182}
"""Price of the second as a part of the first's, where the pair is made by price (X-09)."""

SUPPLIERS: dict[Trade, tuple[tuple[str, float, float, int, int], ...]] = {
    Trade.BEAUTY: (("广州芳研化妆品厂", 18, 4, 200, 24), ("上海瑾颜生物科技", 25, 6, 100, 12)),
    Trade.FASHION: (("杭州织云服饰", 14, 4, 30, 3), ("绍兴棉语纺织", 21, 6, 60, 4)),
    Trade.BABY: (("青岛优护母婴用品", 16, 3, 100, 12), ("黑龙江牧原乳业", 28, 5, 120, 6)),
    Trade.HOME: (("云南鲜达农业合作社", 3, 1, 60, 6), ("佛山眠舒家居", 20, 5, 20, 2), ("宁波家常百货", 12, 3, 100, 10)),
}
"""Name, mean and spread of days to deliver, least order and units per case."""

FRESH_CATEGORIES: frozenset[str] = frozenset({"水果", "海鲜肉禽"})
"""Chilled goods: bought at noon, shipped fast, seldom sent back."""
