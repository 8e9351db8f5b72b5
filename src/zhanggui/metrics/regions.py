"""大区 The regions that Chinese trade groups provinces by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text

_PROVINCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "华东": ("上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"),
        "华南": ("广东", "广西", "海南"),
        "华北": ("北京", "天津", "河北", "山西", "内蒙古"),
        "华中": ("河南", "湖北", "湖南"),
        "西南": ("重庆", "四川", "贵州", "云南", "西藏"),
        "西北": ("陕西", "甘肃", "青海", "宁夏", "新疆"),
        "东北": ("辽宁", "吉林", "黑龙江"),
        "港澳台": ("香港", "澳门", "台湾"),
    }
)

REGION_OF: Mapping[str, str] = MappingProxyType(
    {province: region for region, provinces in _PROVINCES.items() for province in provinces}
)
"""The region of each province, by its short name."""

REGION_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "华东": Text("华东", "East China"),
        "华南": Text("华南", "South China"),
        "华北": Text("华北", "North China"),
        "华中": Text("华中", "Central China"),
        "西南": Text("西南", "Southwest China"),
        "西北": Text("西北", "Northwest China"),
        "东北": Text("东北", "Northeast China"),
        "港澳台": Text("港澳台", "Hong Kong, Macao and Taiwan"),
    }
)
"""What regions are called."""
