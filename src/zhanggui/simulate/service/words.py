"""The words of reviews: sentences by topic and mood, put together by number."""

from __future__ import annotations

from zhanggui.simulate.service.topics import Topic

NO_WORDS = 0
"""The text of somebody who rated without writing."""
N_TEXTS = 1_000_003
"""Texts are numbered below this."""
_WORST_GOOD = 4
_SILENT = "此用户没有填写评价。"

_GOOD_START = (
    "", "", "", "收到啦，", "回购好几次了，", "第二次买了，", "用了几天来评价，", "朋友推荐来的，", "给家里人买的，",
    "活动价入手的，", "对比了好几家才下单，", "比想象中好，",
)  # fmt: skip
_BAD_START = (
    "", "", "", "有点失望，", "期待了好几天，", "看评价才买的，", "实话实说，", "不太满意，", "第一次在这家买，",
    "只能给这么多星，", "不想多说，", "犹豫了很久还是来评价，",
)  # fmt: skip
_GOOD_END = ("", "", "", "会再来。", "推荐。", "好评！", "值得买。", "下次还买。", "已经安利给同事了。", "满意～")
_BAD_END = (
    "", "", "", "不会再买了。", "希望商家改进。", "不推荐。", "已经申请退货。", "大家慎重。", "白高兴一场。",
    "联系客服处理中。",
)  # fmt: skip

_GOOD: dict[Topic, tuple[str, ...]] = {
    Topic.GENERAL: (
        "{thing}很不错。",
        "整体很满意，和描述一致。",
        "一如既往地好。",
        "{thing}没让人失望。",
        "家里人都说好。",
    ),
    Topic.FABRIC: (
        "面料摸着很舒服，不扎人。",
        "料子厚实，垂感好。",
        "布料亲肤，洗了一次也没起球。",
        "做工细，面料比图上还好。",
    ),
    Topic.COLOUR: ("颜色很正，没有色差。", "颜色显白，日常好搭。", "实物颜色和图片一样。", "这个色号很喜欢。"),
    Topic.QUALITY: (
        "质量很好，用着放心。",
        "{thing}做工扎实。",
        "品质一直稳定。",
        "没有异味，材质放心。",
        "包装严实，{thing}完好。",
    ),
    Topic.LOGISTICS: (
        "物流很快，第二天就到了。",
        "发货快，快递小哥送上门。",
        "昨天下单今天就收到。",
        "包装用心，路上没有磕碰。",
    ),
    Topic.SERVICE: ("客服耐心，有问必答。", "客服回复很快，态度也好。", "售后处理很爽快。", "客服推荐的款很合适。"),
    Topic.FRESHNESS: (
        "很新鲜，冰袋到了还没化。",
        "个头大，味道甜。",
        "新鲜，处理得很干净。",
        "口感好，家里老人孩子都爱吃。",
    ),
    Topic.EFFECT: (
        "用完皮肤水润了不少。",
        "上脸清爽不油腻。",
        "敏感肌用着没有刺激。",
        "用了两周，气色好多了。",
        "很好推开，吸收快。",
    ),
    Topic.PRICE: ("活动价很划算。", "性价比高。", "凑满减买的，便宜不少。", "同样的东西这里最实惠。"),
}
_BAD: dict[Topic, tuple[str, ...]] = {
    Topic.GENERAL: ("{thing}一般般，和想的不一样。", "没有宣传的那么好。", "图片和实物有差距。", "普普通通。"),
    Topic.SIZE_SMALL: (
        "尺码偏小，平时穿{size}，这件根本扣不上。",
        "码数偏小一个号，肩膀很紧。",
        "按尺码表买的{size}还是小了。",
        "偏小太多，穿不进去，尺码表不准。",
        "{size}码像小一号，只能退。",
        "太小了，勒得慌，建议拍大一码。",
    ),
    Topic.SIZE_LARGE: (
        "尺码偏大，{size}穿着松松垮垮。",
        "码数偏大，要拍小一号。",
        "按尺码表买大了，撑不起来。",
        "太大了，袖子长一截。",
        "{size}码比平时大一圈。",
    ),
    Topic.FABRIC: (
        "面料很薄，透，和描述的不一样。",
        "料子扎皮肤，洗一次就起球。",
        "写的纯棉，摸着像化纤。",
        "布料硬，有味道。",
        "面料和详情页说的不是一回事。",
    ),
    Topic.COLOUR: (
        "色差太大，图上是{colour}，实物发暗。",
        "颜色和图片不一样。",
        "掉色，把别的衣服都染了。",
        "色号发错感觉，偏黄。",
    ),
    Topic.QUALITY: (
        "{thing}质量差，用两次就坏了。",
        "做工粗糙，线头很多。",
        "有异味，放了几天还在。",
        "收到就有瑕疵。",
        "和描述不符，感觉不是正品。",
        "{thing}漏了，盖子都没拧紧。",
    ),
    Topic.LOGISTICS: (
        "物流太慢了，等了一个多星期。",
        "快递箱子都压扁了，东西也破了。",
        "一直不发货，催了才发。",
        "说好48小时发货，拖了好几天。",
        "快递不送上门，还要自己去拿。",
    ),
    Topic.SERVICE: (
        "客服半天不回消息。",
        "发错货，客服还推来推去。",
        "售后态度差，退个货等了好久。",
        "问客服什么都不知道。",
    ),
    Topic.FRESHNESS: (
        "不新鲜，坏了好几个。",
        "到手冰都化了，有味道。",
        "个头小，还有烂的。",
        "口感差，不甜，和图片两回事。",
    ),
    Topic.EFFECT: (
        "用了脸上泛红发痒。",
        "没什么效果，像在擦水。",
        "闷痘，停用才好。",
        "搓泥，上不了妆。",
        "味道冲，用着刺激。",
    ),
    Topic.PRICE: ("刚买就降价，还不保价。", "比别家贵不少。", "先涨价再打折，套路。", "满减算下来一点不便宜。"),
}


def review_text(text: int, topic: int, stars: int, *, thing: str, size: str = "", colour: str = "") -> str:
    """Return the words of a review.

    Parameters
    ----------
    text : int
        Which of all texts; `NO_WORDS` for a rating without words.
    topic, stars : int
        What it is about, and how good: four stars and more are good.
    thing : str
        What the product is called in talk.
    size, colour : str
        The specification that the buyer got, where it has one.

    Examples
    --------
    >>> review_text(4, Topic.SIZE_SMALL, 2, thing="风衣", size="L")
    '期待了好几天，尺码偏小，平时穿L，这件根本扣不上。'
    >>> review_text(0, Topic.GENERAL, 5, thing="面霜")
    '此用户没有填写评价。'
    """
    if text == NO_WORDS:
        return _SILENT
    is_good = stars >= _WORST_GOOD
    starts, middles, ends = (_GOOD_START, _GOOD, _GOOD_END) if is_good else (_BAD_START, _BAD, _BAD_END)
    left, start = divmod(text, len(starts))
    left, end = divmod(left, len(ends))
    sentences = middles[Topic(topic)]
    left, middle = divmod(left, len(sentences))
    said = starts[start] + sentences[middle]
    if is_good and left % 3 == 0:
        more = _GOOD[(Topic.LOGISTICS, Topic.SERVICE, Topic.PRICE)[left // 3 % 3]]
        said += more[left // 9 % len(more)]
    return (said + ends[end]).format(thing=thing, size=size or "这个码", colour=colour or "浅色")
