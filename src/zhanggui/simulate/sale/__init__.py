"""Selling: who orders what, at which price, and what becomes of it."""

from zhanggui.simulate.sale.counter import Counter

__all__ = ["Counter"]
