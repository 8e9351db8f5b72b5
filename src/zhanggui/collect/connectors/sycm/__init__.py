"""Shengyi canmou (生意参谋): the traffic that Taobao and Tmall declare to a store."""

from zhanggui.collect.connectors.sycm.formats import FORMATS

__all__ = ["FORMATS"]
