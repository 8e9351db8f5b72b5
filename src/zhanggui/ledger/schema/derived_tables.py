"""The tables that follow from others, and what each of them was made from (``zhanggui.ledger.derived``)."""

from __future__ import annotations

from zhanggui.ledger.schema.buying_tables import COHORT, PURCHASE_DAY
from zhanggui.ledger.schema.event_tables import CART, JOURNEY
from zhanggui.ledger.schema.goods_tables import GOODS_DAY, PRODUCT_CLASS, STOCK_CODE
from zhanggui.ledger.schema.matching_tables import ORDER_SETTLEMENT, SETTLEMENT_DIFFERENCE, SETTLEMENT_LINK
from zhanggui.ledger.schema.member_tables import MEMBER_COUNT, MEMBER_DAY
from zhanggui.ledger.schema.model import Table
from zhanggui.ledger.schema.profit_tables import AD_RESULT, DERIVED_STAMP, LINE_PROFIT, PROFIT_ENTRY
from zhanggui.ledger.schema.quality_tables import DAY_VOLUME, STOCK_BALANCE
from zhanggui.ledger.schema.stock_tables import RECEIPT_BATCH, STOCK_COVER, STOCK_DAY, STOCK_POLICY, STOCK_SALE

DERIVED_TABLES: tuple[Table, ...] = (
    SETTLEMENT_LINK,
    ORDER_SETTLEMENT,
    SETTLEMENT_DIFFERENCE,
    LINE_PROFIT,
    PROFIT_ENTRY,
    AD_RESULT,
    DAY_VOLUME,
    STOCK_BALANCE,
    STOCK_DAY,
    STOCK_SALE,
    RECEIPT_BATCH,
    STOCK_COVER,
    STOCK_POLICY,
    PRODUCT_CLASS,
    STOCK_CODE,
    GOODS_DAY,
    PURCHASE_DAY,
    COHORT,
    CART,
    JOURNEY,
    MEMBER_DAY,
    MEMBER_COUNT,
    DERIVED_STAMP,
)
