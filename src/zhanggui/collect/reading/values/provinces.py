"""Province and city from an address, under the names that people use."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.reading.values.parsed import Array, as_array
from zhanggui.collect.reading.values.text import clean_text

_PLAIN_PROVINCES = (
    *("河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南"),
    *("湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾"),
)
_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
_REGIONS = {
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
    "香港": "香港特别行政区",
    "澳门": "澳门特别行政区",
}

PROVINCES: tuple[str, ...] = (*_MUNICIPALITIES, *_PLAIN_PROVINCES, *_REGIONS)
"""The 34 provincial divisions of China under their short names."""

_LONG_NAMES = {
    **{f"{name}省": name for name in _PLAIN_PROVINCES},
    **{f"{name}市": name for name in _MUNICIPALITIES},
    **{long: short for short, long in _REGIONS.items()},
    **{f"{name}自治区": name for name in ("广西", "宁夏", "新疆")},
    **{f"{name}特区": name for name in ("香港", "澳门")},
    "新疆维吾尔族自治区": "新疆",
    "广西壮族": "广西",
    "宁夏回族": "宁夏",
    "新疆维吾尔": "新疆",
}
_NAMES = {**_LONG_NAMES, **{name: name for name in PROVINCES}}
_BY_LENGTH = sorted(_NAMES, key=len, reverse=True)
# A short name directly before one of these words belongs to a city or prefecture: 海南藏族自治州 lies in 青海.
_PROVINCE = re.compile(
    r"^(?:中国|中华人民共和国|中国大陆)?[\s,，/|·-]*(" + "|".join(_BY_LENGTH) + r")(?!藏族|蒙古族|州|路|街|大道)"
)
_GAP = re.compile(r"^[\s,，/|·-]+")
_CITY = re.compile(r"^([^\s,，/|*\d]{1,12}?(?:自治州|地区|盟|市(?!场|区)))")
_CITY_WORD = re.compile(r"^([^\s,，/|*\d]{2,12})(?=[\s,，/|])")
_MUNICIPALITY_AGAIN = {name: (f"{name}市", name) for name in _MUNICIPALITIES}


@dataclass(frozen=True, slots=True)
class ProvinceCity:
    """Two columns taken from an address.

    Parameters
    ----------
    province : pyarrow.StringArray
        Short name, one of `PROVINCES`; null where the address names none.
    city : pyarrow.StringArray
        As written (``杭州市``); null where the address names none.
    """

    province: Array
    city: Array


def province_city(column: Array) -> ProvinceCity:
    """Return province and city of addresses, or of cells that hold a province only.

    Parameters
    ----------
    column : pyarrow.StringArray

    Returns
    -------
    ProvinceCity
        Null where nothing is recognised: the caller decides what to keep of such an address.

    Examples
    --------
    >>> found = province_city(pa.array(['浙江省 杭州市 余杭区 **街道****', '内蒙古自治区', '上海市浦东新区', 'Berlin']))
    >>> found.province.to_pylist(), found.city.to_pylist()
    (['浙江', '内蒙古', '上海', None], ['杭州市', None, '上海市', None])
    """
    encoded = pc.dictionary_encode(clean_text(as_array(column)))
    found = [split_address(text) for text in encoded.dictionary.to_pylist()]
    province = pa.array([province for province, _ in found], pa.string())
    city = pa.array([city for _, city in found], pa.string())
    return ProvinceCity(province.take(encoded.indices), city.take(encoded.indices))


def split_address(text: str) -> tuple[str | None, str | None]:
    """Return (province, city) of one address; None for what it does not name.

    Examples
    --------
    >>> split_address('浙江省杭州市余杭区')
    ('浙江', '杭州市')
    """
    head = _PROVINCE.match(text)
    if head is None:
        return None, None
    province = _NAMES[head.group(1)]
    rest = _GAP.sub("", text[head.end() :])
    if province in _MUNICIPALITY_AGAIN:
        # A municipality is its own city, whatever district follows.
        is_alone = not rest and not head.group(1).endswith("市")
        return province, None if is_alone else f"{province}市"
    city = _CITY.match(rest) or _CITY_WORD.match(rest)
    return province, city.group(1) if city else None
