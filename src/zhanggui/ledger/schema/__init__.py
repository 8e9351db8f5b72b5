"""What each table of the ledger must hold."""

from zhanggui.ledger.schema.model import Column, ColumnType, PersonalClass, Retention, Table
from zhanggui.ledger.schema.tables import TABLES

__all__ = ["TABLES", "Column", "ColumnType", "PersonalClass", "Retention", "Table"]
