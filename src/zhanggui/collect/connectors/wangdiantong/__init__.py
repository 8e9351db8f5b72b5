"""Wangdiantong (旺店通): orders as this ERP sees them."""

from zhanggui.collect.connectors.wangdiantong.formats import FORMATS

__all__ = ["FORMATS"]
