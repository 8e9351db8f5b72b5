"""What a file's columns mean: built-in formats and users' maps are the same kind of thing."""

from zhanggui.collect.mapping.layout import Classing, Layout, Options, RowTest, carried_by
from zhanggui.collect.mapping.map_file import read_map

__all__ = ["Classing", "Layout", "Options", "RowTest", "carried_by", "read_map"]
