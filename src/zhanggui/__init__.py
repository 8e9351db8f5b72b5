"""Zhanggui 掌柜: run an online shop on data."""

__version__ = "0.1.0"
