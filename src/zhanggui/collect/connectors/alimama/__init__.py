"""Alimama (阿里妈妈, 万相台): what advertising on Taobao and Tmall costs and claims."""

from zhanggui.collect.connectors.alimama.formats import FORMATS

__all__ = ["FORMATS"]
