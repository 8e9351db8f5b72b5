"""The terminal: one file per command group. Importing this package imports nothing heavy."""

from zhanggui.cli.entry import main

__all__ = ["main"]
