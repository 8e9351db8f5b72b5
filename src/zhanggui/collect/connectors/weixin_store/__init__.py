"""WeChat shop (微信小店): the orders that its back office exports."""

from zhanggui.collect.connectors.weixin_store.formats import FORMATS

__all__ = ["FORMATS"]
