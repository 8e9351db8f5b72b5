"""Text columns become typed ones: cleaned text, ids, money, quantities, ratios, times, provinces."""

from zhanggui.collect.reading.values.numbers import (
    EXACT_SCALE,
    Money,
    parse_decimal,
    parse_money,
    parse_quantity,
    parse_ratio,
)
from zhanggui.collect.reading.values.parsed import VALUE_RULES, Parsed
from zhanggui.collect.reading.values.provinces import PROVINCES, ProvinceCity, province_city
from zhanggui.collect.reading.values.text import clean_text, parse_ids, strip_wrapping
from zhanggui.collect.reading.values.times import Times, parse_times
from zhanggui.collect.reading.values.zones import from_utc, to_utc

__all__ = [
    "EXACT_SCALE",
    "PROVINCES",
    "VALUE_RULES",
    "Money",
    "Parsed",
    "ProvinceCity",
    "Times",
    "clean_text",
    "from_utc",
    "parse_decimal",
    "parse_ids",
    "parse_money",
    "parse_quantity",
    "parse_ratio",
    "parse_times",
    "province_city",
    "strip_wrapping",
    "to_utc",
]
