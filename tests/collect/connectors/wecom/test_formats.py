"""WeCom: contacts of employees; names and phones become tokens."""

from __future__ import annotations

from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.wecom.formats import CUSTOMERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

HEADER = header_of(
    """
    客户名称,描述,添加人,添加人账号,添加人所属部门,添加时间,来源,手机,企业,邮箱,地址,职务,电话,标签组1(会员等级),
    标签组2(来源)
    """
)
TITLE = (("客户列表导出",),)


def contact(name: str, employee: str, **cells: str) -> dict[str, str]:
    return {
        "客户名称": name,
        "添加人": "李四",
        "添加人账号": employee,
        "添加时间": "2026-09-01 10:00:00",
        "来源": "扫描二维码",
        "手机": "13800000000",
        "标签组1(会员等级)": "VIP",
    } | cells


class TestCustomers(FormatSuite):
    layout = CUSTOMERS
    sample = SampleFile(HEADER, (contact("小明", "lisi"), contact("小红", "lisi", 手机="")), titles=TITLE)


def test_a_customer_of_two_employees_is_two_contacts_with_one_phone(till: Till) -> None:
    rows = (contact("小明", "lisi"), contact("小明", "wangwu"))

    found = till.taken("a.csv", SampleFile(HEADER, rows, titles=TITLE).data())

    assert (classes(found), found.store) == ((2, 0, 0, 0, 0), "公司")
    contacts = till.rows("contact")
    assert [row["employee"] for row in contacts] == ["lisi", "wangwu"]
    assert len({row["phone_token"] for row in contacts}) == len({row["contact_name_token"] for row in contacts}) == 1


def test_a_contact_without_a_time_is_kept_apart(till: Till) -> None:
    rows = (contact("小明", "lisi"), contact("小红", "lisi", 添加时间=""))

    found = till.taken("a.csv", SampleFile(HEADER, rows, titles=TITLE).data())

    assert classes(found) == (1, 0, 0, 1, 0)
    assert [(issue.rule, issue.column) for issue in found.issues] == [("missing_value", "添加时间")]
