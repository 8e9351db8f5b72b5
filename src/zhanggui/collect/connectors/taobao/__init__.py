"""Taobao and Tmall: the seller centre's (千牛) own exports."""

from zhanggui.collect.connectors.taobao.formats import FORMATS

__all__ = ["FORMATS"]
