"""What a review or the reason of a return is about: trade topics by visible rules, for Chinese (T-05)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text

SIZE_SMALL, SIZE_LARGE, SIZE = "size_small", "size_large", "size"
OTHER = "other"
SIZES = (SIZE_SMALL, SIZE_LARGE, SIZE)
"""The topics that speak of a wrong size."""

LABELS: Mapping[str, Text] = MappingProxyType(
    {
        SIZE_SMALL: Text("尺码偏小", "Runs small"),
        SIZE_LARGE: Text("尺码偏大", "Runs large"),
        SIZE: Text("尺码不准", "Size is off"),
        "wrong_goods": Text("发错货", "Wrong goods sent"),
        "colour": Text("颜色", "Colour"),
        "fabric": Text("面料", "Fabric"),
        "freshness": Text("新鲜度", "Freshness"),
        "effect": Text("使用感", "Effect"),
        "quality": Text("质量", "Quality"),
        "logistics": Text("物流", "Logistics"),
        "service": Text("服务", "Service"),
        "price": Text("价格", "Price"),
        "described": Text("与描述不符", "Not as described"),
        "mind": Text("不想要了", "Changed mind"),
        OTHER: Text("其他", "Other"),
    }
)
"""Every topic, in the order in which the rules are tried."""

_GARMENT = r"(尺码|码数|尺寸|型号|腰围|胸围|肩|袖|裤长|衣长|裙长|鞋|版型|码)"
_SMALL = (
    rf"偏小(?!众)|{_GARMENT}[^，。,]{{0,6}}(太小|小了|很小|有点小|小一号|小一码|小半码|紧)|"
    r"(太小|小了)[^，。]{0,3}[，。,]?(勒|紧|穿不|扣不|拉不)|像小一号|穿不(进|下|上)|扣不上|拉链拉不|"
    r"勒(得|着|肉)|太紧|好紧|紧绷|(拍|买|选|换)大一?(码|号)|还是小了|大一码(才|就)"
)
_LARGE = (
    rf"偏大|{_GARMENT}[^，。,]{{0,8}}(太大|大了|很大|有点大|大一号|大一圈|大一码|长一截|太长|太松)|"
    r"松松垮垮|撑不起来|(拍|买|选|换)小一?(码|号)|又肥又大|太肥|像大一号"
)
_RULES: tuple[tuple[str, str], ...] = (
    (SIZE_SMALL, _SMALL),
    (SIZE_LARGE, _LARGE),
    (
        SIZE,
        r"(尺码|码数|尺寸|尺码表)[^，。,]{0,8}(不准|不符|不对|对不上|不合适|有问题|乱|误差)|大小尺寸|(大小|尺码|尺寸)不合",
    ),
    ("wrong_goods", r"(?<!色号)(发|寄|送|收)(错|漏)(了)?|发错货|少发|漏发|少件(?!.*破损)"),
    ("colour", r"色差|颜色|掉色|褪色|色号|偏黄|偏暗|发暗|染色|串色"),
    ("fabric", r"面料|布料|料子|材质|起球|化纤|纯棉|扎皮肤|扎人|太薄|很薄|透(肉|光|视)|缩水"),
    ("freshness", r"新鲜|烂的|烂了|坏果|化了|冰袋|发霉|变质|口感|不甜|个头|腐"),
    ("effect", r"过敏|泛红|发痒|闷痘|搓泥|上脸|脱妆|皮肤|气色|没(什么)?效果|吸收|刺激|油腻"),
    ("logistics", r"物流|快递|发货|送货|送达|压扁|包装|运输|配送|未按约定时间|破损|磕碰|到货|第二天就到|今天就收到"),
    ("service", r"客服|售后|态度|退个货|服务|回消息"),
    ("quality", r"质量|做工|线头|瑕疵|异味|坏了|正品|假货|漏了|开裂|断了|生锈|次品|有味道|故障|扎实|用着放心|品质"),
    ("price", r"降价|保价|价格|性价比|划算|便宜|涨价|贵|满减|实惠|优惠"),
    ("described", r"描述(的)?(不|不相)符|与(商品)?描述|和想的不一样|图片和实物|没有宣传|不符|不一样|两回事"),
    ("mind", r"不想要|不喜欢|七天无理由|7天无理由|拍错|多拍|误拍|重复下单|不需要|计划有变"),
)
_COMPILED = tuple((topic, re.compile(pattern)) for topic, pattern in _RULES)
_SILENT = re.compile(r"^(此用户没有填写评价|此用户未填写评价|默认好评|系统默认)")
_PRAISE = re.compile(
    r"没有?色差|不起球|没起球|没有异味|不扎人|不油腻|没有刺激|没有磕碰|尺码(很|挺|刚)?(准|好|合适)|大小(合适|刚好)|"
    r"联系客服处理中?|已经?申请退货|期待了好几天"
)


def topic_of(text: str | None) -> str | None:
    """Return what a text is about, None where it says nothing.

    The first rule that fits decides: what a seller can mend at once comes first. Praise that names a fault only to
    deny it (没有色差) is looked at without those words.

    Parameters
    ----------
    text : str or None
        A review, or the reason that a buyer gave for a return.

    Returns
    -------
    str or None
        A key of `LABELS`.

    Notes
    -----
    Rules know the words of the trade and no irony. How often they are right is measured on texts whose topics are
    known (docs/methods/products/returns.md).

    Examples
    --------
    >>> topic_of("期待了好几天，尺码偏小，平时穿L，这件根本扣不上。"), topic_of("颜色很正，没有色差。")
    ('size_small', 'colour')
    >>> topic_of("此用户没有填写评价。") is None
    True
    """
    if text is None or not text.strip() or _SILENT.match(text.strip()):
        return None
    plain = _PRAISE.sub("", text)
    for topic, pattern in _COMPILED:
        if pattern.search(plain):
            return topic
    return "colour" if "色差" in text else OTHER
