"""A small tea seller whose Taobao exports tests load: two stores, a promotion, a cell with a typing error."""

from tests.sample_shop.shop import SampleShop, write_sample_shop

__all__ = ["SampleShop", "write_sample_shop"]
