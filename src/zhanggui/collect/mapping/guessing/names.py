"""Headers in the form in which they are compared with words: no blanks, case, brackets or the two forms of one sign."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEFT_OUT = re.compile(r"[\s_\-./\\:,;'\"“”‘’、。·•|*#&]+")
_BRACKETED = re.compile(r"[(\[{<【「《][^)\]}>】」》]*[)\]}>】」》]")


@lru_cache(maxsize=8192)
def plain(header: str) -> str:
    """Return a header without blanks, joining signs and case, 帐 as 账, 日期 as 时间, and without 的.

    Examples
    --------
    >>> plain("Order_ID "), plain("退款的申请时间"), plain("动帐流水号"), plain("实付金额（元）")
    ('orderid', '退款申请时间', '动账流水号', '实付金额(元)')
    """
    text = (
        unicodedata.normalize("NFKC", header).casefold().replace("帐", "账").replace("的", "").replace("日期", "时间")
    )
    return _LEFT_OUT.sub("", text)


@lru_cache(maxsize=8192)
def bare(header: str) -> str:
    """Return a header as `plain` does, without what stands in brackets; as it is where nothing else stands.

    Examples
    --------
    >>> bare("实付金额（元）"), bare("商品编码(平台)"), bare("(空)")
    ('实付金额', '商品编码', '(空)')
    """
    whole = plain(header)
    return _BRACKETED.sub("", whole) or whole


_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "time",
        ("时间", "日期", "时刻", "日", "年月", "月份", "date", "time", "datetime", "timestamp", "day", "at", "dt"),
    ),
    ("status", ("状态", "status", "state", "阶段")),
    ("ratio", ("率", "占比", "比例", "比", "rate", "ratio", "percent", "pct", "%", "roi")),
    (
        "money",
        ("金额", "价", "价格", "款", "费", "费用", "成本", "货款", "佣金", "补贴", "优惠", "折扣", "运费", "总额"),
    ),
    (
        "money",
        ("amount", "price", "cost", "fee", "revenue", "total", "spend", "sales", "subtotal", "commission", "gmv"),
    ),
    (
        "count",
        ("数", "数量", "件数", "次数", "人数", "笔数", "量", "个数", "单数", "quantity", "qty", "count", "units"),
    ),
    ("region", ("省", "省份", "城市", "地区", "国家", "province", "city", "country", "region")),
    ("phone", ("手机", "手机号", "电话", "手机号码", "phone", "mobile")),
    ("id", ("id", "编号", "单号", "号", "编码", "代码", "码", "no", "number", "code", "sku", "num")),
    ("text", ("名称", "名", "标题", "备注", "说明", "内容", "name", "title", "note", "remark", "description", "memo")),
)


@lru_cache(maxsize=8192)
def head_noun(header: str) -> str | None:
    """Return what the last word of a header says that its cells are; None where it says nothing.

    Examples
    --------
    >>> head_noun("买家实付金额(元)"), head_noun("发货时间"), head_noun("Order No."), head_noun("来源")
    ('money', 'time', 'id', None)
    """
    text = bare(header)
    best: tuple[int, str] | None = None
    for kind, endings in _NOUNS:
        for ending in endings:
            if text.endswith(ending) and (best is None or len(ending) > best[0]):
                best = (len(ending), kind)
    return None if best is None else best[1]
