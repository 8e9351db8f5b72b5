"""Jushuitan (聚水潭): orders as this ERP sees them."""

from zhanggui.collect.connectors.jushuitan.formats import FORMATS

__all__ = ["FORMATS"]
