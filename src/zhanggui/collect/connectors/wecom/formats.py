"""The customer list of WeCom (``docs/connectors/wecom.md``)."""

from __future__ import annotations

from zhanggui.collect.mapping.layout import Layout, carried_by

CUSTOMERS = Layout(
    format_id="wecom.customers",
    title_zh="企业微信客户列表",
    title_en="WeCom customer list",
    dataset="contacts",
    required=("客户名称", "添加人", "添加人账号", "添加时间", "来源"),
    columns=carried_by(
        contact_id="外部联系人ID",
        contact_name="客户名称",
        employee="添加人账号",
        added_at="添加时间",
        contact_source="来源",
        phone="手机",
    ),
    certainty="B: headers of three parsers; the title row above the header is not attested",
    amounts="""\
One row per customer and employee. Names and phones become keyed tokens at intake. The file has no id of the customer:
he is told apart by name token and employee, which is enough to count contacts and not enough to join them to orders;
a phone that the list holds joins by its token.""",
)

FORMATS = (CUSTOMERS,)
