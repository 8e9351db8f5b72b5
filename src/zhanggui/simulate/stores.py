"""The company's stores, channels, places and warehouses: all made up, with real place names."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.simulate.options import Options, Platform, Trade


@dataclass(frozen=True, slots=True)
class Store:
    """A store on a platform.

    Attributes
    ----------
    number : int
        Position in `STORES`; it stays the same whatever is asked for.
    name : str
        As the platform's exports write it.
    platform : Platform
        Where it sells.
    trades : tuple of Trade
        What it sells.
    share : float
        Its part of the company's orders.
    """

    number: int
    name: str
    platform: Platform
    trades: tuple[Trade, ...]
    share: float


STORES: tuple[Store, ...] = (
    Store(0, "禾木美妆旗舰店", Platform.TMALL, (Trade.BEAUTY,), 0.19),
    Store(1, "小禾母婴专营店", Platform.TMALL, (Trade.BABY,), 0.15),
    Store(2, "禾穗女装", Platform.TAOBAO, (Trade.FASHION,), 0.15),
    Store(3, "禾木京东专营店", Platform.JD, (Trade.BABY, Trade.HOME), 0.12),
    Store(4, "禾田鲜生", Platform.PINDUODUO, (Trade.HOME,), 0.14),
    Store(5, "禾穗抖音小店", Platform.DOUYIN, (Trade.BEAUTY, Trade.FASHION), 0.15),
    Store(6, "禾木商城", Platform.OWN_SITE, tuple(Trade), 0.10),
)


def stores_of(options: Options) -> tuple[Store, ...]:
    """Return the stores that a world of these options has; their trades are cut to those asked for."""
    found = []
    for store in STORES:
        trades = tuple(trade for trade in store.trades if trade in options.trades)
        if store.platform in options.platforms and trades:
            found.append(Store(store.number, store.name, store.platform, trades, store.share))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which people come.

    Attributes
    ----------
    number : int
        Position in `CHANNELS`.
    code : str
        Its name in links and events.
    label : str
        Its name in the platforms' own reports.
    is_paid : bool
        Whether ad groups bring it.
    platforms : tuple of Platform
        Where it exists.
    """

    number: int
    code: str
    label: str
    is_paid: bool
    platforms: tuple[Platform, ...]


_TAO = (Platform.TAOBAO, Platform.TMALL)
_SHELF = (*_TAO, Platform.JD, Platform.PINDUODUO)
_OWN = (Platform.OWN_SITE,)

CHANNELS: tuple[Channel, ...] = (
    Channel(0, "search", "手淘搜索", False, (*_SHELF, Platform.DOUYIN, *_OWN)),
    Channel(1, "recommend", "手淘推荐", False, (*_SHELF, Platform.DOUYIN)),
    Channel(2, "direct", "我的淘宝", False, (*_SHELF, Platform.DOUYIN, *_OWN)),
    Channel(3, "search_ads", "直通车", True, (*_SHELF, *_OWN)),
    Channel(4, "feed_ads", "引力魔方", True, (*_SHELF, Platform.DOUYIN, *_OWN)),
    Channel(5, "live", "直播", False, (Platform.TAOBAO, Platform.TMALL, Platform.DOUYIN)),
    Channel(6, "short_video", "短视频", False, (Platform.DOUYIN,)),
    Channel(7, "xiaohongshu", "小红书笔记", False, (*_TAO, *_OWN)),
    Channel(8, "official_account", "公众号", False, _OWN),
    Channel(9, "wecom_group", "企微社群", False, _OWN),
    Channel(10, "creator", "达人推荐", False, (Platform.DOUYIN, *_OWN)),
    Channel(11, "referral", "好友裂变", False, _OWN),
    Channel(12, "hard_ads", "硬广", True, _OWN),
    Channel(13, "forum", "论坛", False, _OWN),
    Channel(14, "activity", "活动会场", False, (*_SHELF, Platform.DOUYIN)),
)
CHANNEL_OF = {channel.code: channel.number for channel in CHANNELS}
"""Number of a channel by its code."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city that buyers live in.

    Attributes
    ----------
    province, city, district : str
        As an address writes them.
    weight : float
        Its part of the buyers.
    region : int
        Position in `REGIONS`.
    is_remote : bool
        Whether parcels take long there.
    """

    province: str
    city: str
    district: str
    weight: float
    region: int
    is_remote: bool = False


REGIONS: tuple[str, ...] = ("华东", "华南", "华北", "华中", "西南", "西北", "东北")

PLACES: tuple[Place, ...] = (
    Place("上海", "上海市", "浦东新区", 7.5, 0),
    Place("江苏省", "南京市", "鼓楼区", 4.2, 0),
    Place("江苏省", "苏州市", "姑苏区", 4.6, 0),
    Place("浙江省", "杭州市", "西湖区", 5.0, 0),
    Place("浙江省", "宁波市", "鄞州区", 2.6, 0),
    Place("安徽省", "合肥市", "蜀山区", 3.0, 0),
    Place("福建省", "福州市", "鼓楼区", 2.2, 0),
    Place("福建省", "厦门市", "思明区", 1.7, 0),
    Place("江西省", "南昌市", "东湖区", 2.0, 0),
    Place("山东省", "济南市", "历下区", 3.0, 0),
    Place("山东省", "青岛市", "市南区", 3.2, 0),
    Place("广东省", "广州市", "天河区", 5.4, 1),
    Place("广东省", "深圳市", "南山区", 5.2, 1),
    Place("广东省", "佛山市", "禅城区", 2.2, 1),
    Place("广西壮族自治区", "南宁市", "青秀区", 2.0, 1),
    Place("海南省", "海口市", "龙华区", 0.8, 1, is_remote=True),
    Place("北京", "北京市", "朝阳区", 5.6, 2),
    Place("天津", "天津市", "和平区", 2.0, 2),
    Place("河北省", "石家庄市", "长安区", 3.0, 2),
    Place("山西省", "太原市", "小店区", 1.9, 2),
    Place("内蒙古自治区", "呼和浩特市", "赛罕区", 1.0, 2, is_remote=True),
    Place("河南省", "郑州市", "金水区", 4.0, 3),
    Place("湖北省", "武汉市", "江汉区", 3.4, 3),
    Place("湖南省", "长沙市", "岳麓区", 3.2, 3),
    Place("重庆", "重庆市", "渝中区", 2.8, 4),
    Place("四川省", "成都市", "锦江区", 4.6, 4),
    Place("贵州省", "贵阳市", "云岩区", 1.4, 4),
    Place("云南省", "昆明市", "五华区", 1.8, 4),
    Place("西藏自治区", "拉萨市", "城关区", 0.2, 4, is_remote=True),
    Place("陕西省", "西安市", "雁塔区", 2.8, 5),
    Place("甘肃省", "兰州市", "城关区", 0.9, 5, is_remote=True),
    Place("青海省", "西宁市", "城中区", 0.3, 5, is_remote=True),
    Place("宁夏回族自治区", "银川市", "兴庆区", 0.4, 5, is_remote=True),
    Place("新疆维吾尔自治区", "乌鲁木齐市", "天山区", 0.8, 5, is_remote=True),
    Place("辽宁省", "沈阳市", "和平区", 2.3, 6),
    Place("吉林省", "长春市", "朝阳区", 1.4, 6),
    Place("黑龙江省", "哈尔滨市", "南岗区", 1.6, 6),
)

WAREHOUSES: tuple[str, ...] = ("华东仓", "华南仓", "华北仓")
WAREHOUSE_OF_REGION: tuple[int, ...] = (0, 1, 2, 0, 1, 2, 2)
"""Which warehouse serves a region by default."""
CARRIERS: tuple[str, ...] = ("中通快递", "圆通速递", "韵达快递", "顺丰速运", "京东快递", "邮政EMS")
