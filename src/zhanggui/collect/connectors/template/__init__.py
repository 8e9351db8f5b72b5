"""Templates: workbooks of our own for every input table, to be filled by hand or from any system."""

from zhanggui.collect.connectors.template.formats import FORMATS

__all__ = ["FORMATS"]
