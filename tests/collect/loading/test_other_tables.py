"""Product and customer files."""

from __future__ import annotations

from tests.collect.loading.forms import ITEMS, form, item
from tests.collect.loading.shops import Till, classes, csv, layout

TAOBAO = {"platform": "taobao", "shop": "甲店"}
PRODUCTS = {
    "product_id": "spu",
    "sku_id": "sku",
    "product_title": "名称",
    "sku_spec": "规格",
    "category": "类目",
    "unit_price": "价",
    "cost_amount": "成本",
    "modified_at": "改",
}


def products(*rows: list[str]) -> bytes:
    return csv([*PRODUCTS.values()], *rows)


def test_a_product_file_fills_products_and_skus(till: Till) -> None:
    rows = (
        ["p1", "s1", "茶", "50g", "饮品", "20", "8", "2026-09-01"],
        ["p1", "s2", "茶", "100g", "饮品", "38", "15", "2026-09-01"],
    )

    filled = till.taken("a.csv", products(*rows), layout=layout("products", PRODUCTS))

    assert filled.exit_code == 0
    [product] = till.rows("product")
    assert (product["title"], product["category"], product["is_declared"]) == ("茶", "饮品", True)
    assert [(row["sku_id"], row["spec"], row["cost_minor"]) for row in till.rows("sku")] == [
        ("s1", "50g", 800),
        ("s2", "100g", 1500),
    ]


def test_the_newer_product_row_counts(till: Till) -> None:
    mapped = layout("products", PRODUCTS)
    till.taken("a.csv", products(["p1", "s1", "新茶", "50g", "饮品", "20", "8", "2026-09-02"]), layout=mapped)

    older = till.taken("b.csv", products(["p1", "s1", "旧茶", "50g", "饮品", "20", "9", "2026-09-01"]), layout=mapped)

    assert classes(older) == (0, 0, 1, 0, 0)
    assert (till.column("product", "title"), till.column("sku", "cost_minor")) == (["新茶"], [800])


def test_a_declared_product_stays_as_declared_when_lines_name_it_otherwise(till: Till) -> None:
    mapped = layout("products", PRODUCTS, constants=TAOBAO)
    row = ["SPU-茶", "s1", "申报的名称", "", "", "", "", "2026-09-01"]
    for number, steps in enumerate((("items", "products"), ("products", "items"))):
        for step in steps:
            if step == "items":
                till.taken(f"{number}.csv", form(ITEMS, [item(f"{number}", "茶")]), store="甲店")
            else:
                till.taken(f"{number}p.csv", products(row), layout=mapped)

    assert [(row["title"], row["is_declared"]) for row in till.rows("product")] == [("申报的名称", True)]


def test_a_customer_file_fills_customers_with_tokens_only(till: Till) -> None:
    columns = {"buyer_id": "会员", "name": "姓名", "phone": "手机", "province": "省"}
    mapped = layout("customers", columns)
    rows = (["tea", "王小明", "13800001111", "广东省"], ["t**", "王**", "138****1111", "广东省"])

    till.taken("a.csv", csv([*columns.values()], *rows), layout=mapped)

    [customer] = till.rows("customer")
    assert customer["province"] == "广东"
    [party] = till.rows("party_pii", party_kind="customer")
    assert party["party_id"] == customer["buyer_key"]
    assert None not in (party["name_token"], party["phone_token"])
    assert "13800001111" not in str(party)


def test_a_buyer_of_orders_and_of_the_customer_file_is_one(till: Till) -> None:
    orders = layout("orders", {"order_id": "id", "created_at": "at", "buyer_id": "会员"})
    till.taken("a.csv", csv(["id", "at", "会员"], ["1", "2026-09-01", "tea"]), layout=orders)
    till.taken("b.csv", csv(["会员"], ["tea"]), layout=layout("customers", {"buyer_id": "会员"}))

    assert till.column("customer", "buyer_key") == till.column("order_header", "buyer_key")
