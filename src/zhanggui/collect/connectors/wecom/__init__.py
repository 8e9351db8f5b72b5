"""WeCom (企业微信): the customers whom the company's employees have as contacts."""

from zhanggui.collect.connectors.wecom.formats import FORMATS

__all__ = ["FORMATS"]
