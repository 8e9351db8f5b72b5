from __future__ import annotations

import pyarrow as pa
import pytest

from zhanggui.collect.reading.values import PROVINCES, clean_text, parse_ids, province_city


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('="3300000000000000001"', "3300000000000000001"),
        ("'6917926768823643704", "6917926768823643704"),
        ("\t6917926768823643704", "6917926768823643704"),
        ("'100012345678\t", "100012345678"),
        ("\ufeff旗舰店\u3000", "旗舰店"),
        ('=" x "', "x"),
        ('=""', None),
        ("", None),
        (" -- ", None),
        ("null", None),
        ("无", None),
        ("无锡", "无锡"),
        ("-5", "-5"),
    ],
)
def test_wrappings_are_taken_off_and_words_for_empty_are_null(text: str, expected: str | None) -> None:
    assert clean_text(pa.array([text])).to_pylist() == [expected]


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("3300000000000000001", "3300000000000000001", None),
        ("3300000000000000001.0", "3300000000000000001", None),
        ("007", "007", None),
        ("C489449", "C489449", None),
        ("12E4", "12E4", None),
        ("260901-400000000000001", "260901-400000000000001", None),
        ("3.3E+18", None, "id_scientific"),
        ("3E+05", None, "id_scientific"),
        ("33\x0700", None, "id_control_character"),
        ("nan", None, None),
    ],
)
def test_ids_stay_text_and_lost_digits_are_noticed(text: str, expected: str | None, rule: str | None) -> None:
    ids = parse_ids(pa.array([text, "1"]))

    assert ids.values.to_pylist() == [expected, "1"]
    assert ids.problem.to_pylist() == [rule, None]


def test_native_numbers_become_ids_without_a_point() -> None:
    assert parse_ids(pa.array([13085.0, None, float("nan")])).values.to_pylist() == ["13085", None, None]
    assert parse_ids(pa.array([2**62])).values.to_pylist() == [str(2**62)]
    assert parse_ids(pa.array([3.3e18])).problem.to_pylist() == ["id_scientific"]


@pytest.mark.parametrize(
    ("address", "province", "city"),
    [
        ("浙江省 杭州市 余杭区 **街道****", "浙江", "杭州市"),
        ("浙江省杭州市余杭区", "浙江", "杭州市"),
        ("浙江 杭州 余杭", "浙江", "杭州"),
        ("江苏省", "江苏", None),
        ("上海", "上海", None),
        ("上海上海市浦东新区", "上海", "上海市"),
        ("北京市朝阳区", "北京", "北京市"),
        ("内蒙古自治区", "内蒙古", None),
        ("内蒙古自治区 锡林郭勒盟 二连浩特市", "内蒙古", "锡林郭勒盟"),
        ("广西壮族自治区南宁市", "广西", "南宁市"),
        ("新疆维吾尔自治区 乌鲁木齐市", "新疆", "乌鲁木齐市"),
        ("宁夏回族自治区", "宁夏", None),
        ("西藏自治区拉萨市", "西藏", "拉萨市"),
        ("香港特别行政区", "香港", None),
        ("澳门特别行政区", "澳门", None),
        ("台湾省台北市", "台湾", "台北市"),
        ("湖北省 恩施土家族苗族自治州 恩施市", "湖北", "恩施土家族苗族自治州"),
        ("吉林省吉林市船营区", "吉林", "吉林市"),
        ("中国 广东省 深圳市", "广东", "深圳市"),
        ("黑龙江省哈尔滨市", "黑龙江", "哈尔滨市"),
        ("海南藏族自治州共和县", None, None),
        ("United Kingdom", None, None),
        ("-", None, None),
    ],
)
def test_province_and_city_are_taken_from_an_address(address: str, province: str | None, city: str | None) -> None:
    found = province_city(pa.array([address]))

    assert (found.province.to_pylist(), found.city.to_pylist()) == ([province], [city])


def test_there_are_34_provinces_and_each_knows_its_own_name() -> None:
    assert len(set(PROVINCES)) == len(PROVINCES) == 34
    assert province_city(pa.array(PROVINCES)).province.to_pylist() == list(PROVINCES)
