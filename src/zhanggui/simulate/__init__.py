"""A small made-up shop, written in the platform's own export format. Shares no code with reading and loading."""

from zhanggui.simulate.sample import SampleShop, write_sample_shop

__all__ = ["SampleShop", "write_sample_shop"]
