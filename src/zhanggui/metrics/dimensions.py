"""What numbers can be split and filtered by, as data: for each table, how a dimension is reached from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from zhanggui.i18n import Text
from zhanggui.metrics.reach import BuyerKind, ByDate, FirstOf, Grouped, Own, Path, Via, Weekday
from zhanggui.metrics.regions import REGION_NAMES, REGION_OF
from zhanggui.metrics.value_names import BUYER_KIND_NAMES, CHANNEL_NAMES, DEVICE_NAMES, PLATFORM_NAMES


@dataclass(frozen=True, slots=True)
class Label:
    """A column of a keyed table that names what the key stands for, and the name it is shown under."""

    shown_as: str
    table: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Something that a number can be split by.

    Parameters
    ----------
    name : str
        Name used in questions.
    label_zh, label_en : str
        What a person reads.
    reach : mapping of str to Path
        For each ledger table, how the value is reached. A table of parts of an order also reaches what its order
        reaches.
    type : {"text", "integer"}, default "text"
        Type of the values.
    key_name : str, optional
        Name under which the key is shown when the name itself shows the label.
    is_per_store : bool, default False
        The same value in two stores means two things; rows then carry ``shop_id``.
    label_from : Label, optional
        Where a readable name is found.
    filtered_on : Path, optional
        What a filter compares, when not the key.
    names : mapping of str to Text, default empty
        What people call its values, where files use words of their own.
    """

    name: str
    label_zh: str
    label_en: str
    reach: Mapping[str, Path]
    type: Literal["text", "integer"] = "text"
    key_name: str | None = None
    is_per_store: bool = False
    label_from: Label | None = None
    filtered_on: Path | None = None
    names: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def label(self) -> Text:
        """The label in both languages."""
        return Text(self.label_zh, self.label_en)

    @property
    def key(self) -> str:
        """Column that rows are grouped by."""
        return self.key_name or self.name

    @property
    def is_dated(self) -> bool:
        """Whether the value depends on which of an order's days a metric is dated by."""
        return any(isinstance(path, ByDate | Weekday) for path in self.reach.values())


_MONEY_TABLES = (
    "order_header",
    "refund",
    "adjustment",
    "line_profit",
    "profit_entry",
    "ad_result",
    "shop_metric_daily",
    "shipment",
    "review",
    "service_ticket",
    "coupon_issue",
    "message_send",
    "content_post_daily",
    "live_session",
    "member",
    "stock_snapshot",
    "stock_balance",
    "stock_day",
    "stock_sale",
    "receipt_batch",
    "stock_cover",
    "stock_policy",
    "product_class",
    "goods_day",
)
_OF_VISITS = ("cart", "journey")
"""Tables that name a visit: what that shows, their rows show."""
_OF_MEMBERS = ("member_day", "member_count")
_ALL_TABLES = (*_MONEY_TABLES, "cohort", *_OF_MEMBERS, "purchase_day", "session", "event", *_OF_VISITS)
_OF_WAREHOUSES = ("stock_snapshot", "stock_balance", "stock_day", "stock_sale", "goods_day")
_OF_CODES = (*_OF_WAREHOUSES, "receipt_batch", "stock_cover", "stock_policy")
"""Tables that name one of the seller's own codes."""
_OF_ORDERS = ("shipment", "review", "service_ticket")
"""Tables that name an order: what its order reaches, their rows reach."""


def _everywhere(path: Path) -> Mapping[str, Path]:
    return MappingProxyType(dict.fromkeys(_ALL_TABLES, path))


def _visit(column: str) -> Mapping[str, Path]:
    return {"session": Own(column), **dict.fromkeys(_OF_VISITS, Via("session", column))}


def _order(column: str, **others: Path) -> Mapping[str, Path]:
    of_order = dict.fromkeys(_OF_ORDERS, Via("order_header", column))
    return MappingProxyType({"order_header": Own(column), "refund": Own(column), **of_order, **others})


def _item(column: str, **others: Path) -> Mapping[str, Path]:
    own = ("order_line", "refund", "line_profit", "review")
    return MappingProxyType({**dict.fromkeys(own, Own(column)), **others})


def _item_or_product(column: str) -> Mapping[str, Path]:
    own, of_product = Own(column), Via("product", column)
    either = dict.fromkeys(("order_line", "refund", "line_profit", "product_class"), FirstOf((own, of_product)))
    named = dict.fromkeys(("profit_entry", "review", "ad_result"), of_product)
    stocked = dict.fromkeys(_OF_CODES, Via("stock_code", column))
    return MappingProxyType({**either, **named, **stocked})


_HOURS = ByDate(
    MappingProxyType({"created_date": "created_hour", "paid_date": "paid_hour", "cohort_date": "cohort_hour"})
)

_PROVINCE = _order("province", line_profit=Own("province"))

_ALL = (
    Dimension(
        name="platform",
        label_zh="平台",
        label_en="Platform",
        reach=_everywhere(Via("store", "platform")),
        names=PLATFORM_NAMES,
    ),
    Dimension(
        name="shop",
        label_zh="店铺",
        label_en="Store",
        # Two stores may share a name, so the number decides and the name is shown.
        reach=_everywhere(Own("shop_id")),
        key_name="shop_id",
        label_from=Label("shop", "store", "name"),
        filtered_on=Via("store", "name"),
    ),
    Dimension(
        name="currency",
        label_zh="币种",
        label_en="Currency",
        reach=MappingProxyType(dict.fromkeys((*_MONEY_TABLES, *_OF_MEMBERS, "cohort"), Own("currency"))),
    ),
    Dimension(name="province", label_zh="省份", label_en="Province", reach=_PROVINCE),
    Dimension(
        name="region",
        label_zh="大区",
        label_en="Region",
        reach=MappingProxyType({table: Grouped(path, REGION_OF) for table, path in _PROVINCE.items()}),
        names=REGION_NAMES,
    ),
    Dimension(
        name="city", label_zh="城市", label_en="City", reach=_order("city", line_profit=Via("order_header", "city"))
    ),
    Dimension(
        name="country",
        label_zh="国家",
        label_en="Country",
        reach=_order("country", line_profit=Via("order_header", "country")),
    ),
    Dimension(
        name="product",
        label_zh="商品",
        label_en="Product",
        reach=_item(
            "product_id",
            profit_entry=Own("product_id"),
            ad_result=Own("product_id"),
            product_class=Own("product_id"),
            # Rows of products name one there; metrics of products count no others.
            shop_metric_daily=Own("object_path"),
        ),
        is_per_store=True,
        label_from=Label("product_title", "product", "title"),
    ),
    Dimension(
        name="sku",
        label_zh="SKU",
        label_en="SKU",
        reach=_item("sku_id"),
        is_per_store=True,
        label_from=Label("sku_spec", "sku", "spec"),
    ),
    Dimension(
        name="spec",
        label_zh="规格",
        label_en="Variant",
        reach=MappingProxyType({"order_line": Own("sku_spec"), "refund": Own("sku_spec")}),
    ),
    Dimension(name="category", label_zh="类目", label_en="Category", reach=_item_or_product("category")),
    Dimension(name="brand", label_zh="品牌", label_en="Brand", reach=_item_or_product("brand")),
    Dimension(
        name="channel",
        label_zh="渠道",
        label_en="Channel",
        reach=_order(
            "channel",
            line_profit=Own("channel"),
            profit_entry=Own("channel"),
            ad_result=Own("channel"),
            cohort=Own("channel"),
            **_visit("channel"),
        ),
        names=CHANNEL_NAMES,
    ),
    Dimension(
        name="campaign",
        label_zh="活动",
        label_en="Campaign",
        reach=MappingProxyType(
            {
                "order_header": Own("campaign"),
                **dict.fromkeys(("refund", "line_profit", *_OF_ORDERS), Via("order_header", "campaign")),
                **_visit("utm_campaign"),
                "message_send": Own("campaign_name"),
                "coupon_issue": Own("offer_name"),
                "ad_result": Own("campaign"),
            }
        ),
    ),
    Dimension(
        name="creative", label_zh="创意", label_en="Creative", reach=MappingProxyType({"ad_result": Own("creative")})
    ),
    Dimension(
        name="tier",
        label_zh="会员等级",
        label_en="Tier",
        reach=MappingProxyType({**dict.fromkeys(_OF_MEMBERS, Own("tier")), "member": Own("tier")}),
    ),
    Dimension(
        name="device",
        label_zh="设备",
        label_en="Device",
        reach=MappingProxyType({"event": Own("device"), **_visit("device")}),
        names=DEVICE_NAMES,
    ),
    Dimension(
        name="exit_page",
        label_zh="离开的页面",
        label_en="Last page",
        reach=MappingProxyType({"session": Own("exit_path")}),
    ),
    Dimension(
        name="warehouse",
        label_zh="仓库",
        label_en="Warehouse",
        reach=MappingProxyType(dict.fromkeys(("shipment", *_OF_WAREHOUSES), Own("warehouse"))),
    ),
    Dimension(
        name="stock_code",
        label_zh="库存编码",
        label_en="Stock code",
        reach=MappingProxyType(dict.fromkeys(_OF_CODES, Own("internal_sku"))),
    ),
    Dimension(
        name="carrier", label_zh="快递公司", label_en="Carrier", reach=MappingProxyType({"shipment": Own("carrier")})
    ),
    Dimension(
        name="topic", label_zh="咨询主题", label_en="Topic", reach=MappingProxyType({"service_ticket": Own("topic")})
    ),
    Dimension(
        name="order_status",
        label_zh="订单状态",
        label_en="Order status",
        reach=MappingProxyType(
            {
                "order_header": Own("status"),
                **dict.fromkeys(("refund", "line_profit", *_OF_ORDERS), Via("order_header", "status")),
            }
        ),
    ),
    Dimension(
        name="buyer_kind",
        label_zh="新老客",
        label_en="New or returning",
        reach=MappingProxyType(
            {
                "order_header": BuyerKind(("paid_date", "created_date")),
                "refund": BuyerKind(("cohort_date",)),
                "line_profit": BuyerKind(("paid_date",)),
            }
        ),
        names=BUYER_KIND_NAMES,
    ),
    Dimension(
        name="hour",
        label_zh="小时",
        label_en="Hour",
        reach=MappingProxyType(
            {"order_header": _HOURS, "refund": _HOURS, "event": ByDate(MappingProxyType({"event_date": "event_hour"}))}
        ),
        type="integer",
    ),
    Dimension(
        name="weekday", label_zh="星期", label_en="Weekday (1 = Monday)", reach=_everywhere(Weekday()), type="integer"
    ),
)

DIMENSIONS: Mapping[str, Dimension] = MappingProxyType({dimension.name: dimension for dimension in _ALL})
"""All dimensions by name."""

PARENT: Mapping[str, str] = MappingProxyType({"order_line": "order_header"})
"""A table of parts, and the table of the wholes they belong to."""

ALLOCATED: Mapping[tuple[str, str], str] = MappingProxyType(
    {("order_header", "created_minor"): "created_minor", ("order_header", "paid_minor"): "paid_minor"}
)
"""Amounts of an order that its lines carry allocated, so that they can be split by product and still sum up."""


def path_of(dimension: Dimension, tables: tuple[str, ...], *, for_filter: bool = False) -> tuple[str, Path] | None:
    """Return from which of `tables` (joined, the whole first) the dimension is reached and how, or None.

    Examples
    --------
    >>> path_of(DIMENSIONS["category"], ("order_header",)) is None
    True
    >>> path_of(DIMENSIONS["product"], ("order_header", "order_line"))
    ('order_line', Own(column='product_id'))
    """
    for table in tables:
        path = dimension.reach.get(table)
        if path is not None:
            return table, (dimension.filtered_on if for_filter and dimension.filtered_on else path)
    return None
