"""Qianchuan (巨量千川): what advertising on Douyin costs and claims."""

from zhanggui.collect.connectors.qianchuan.formats import FORMATS

__all__ = ["FORMATS"]
