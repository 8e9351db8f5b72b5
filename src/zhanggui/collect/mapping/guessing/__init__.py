"""Guessing what the columns of an unknown file mean, by header, by content and by the formats that are known."""

from zhanggui.collect.mapping.guessing.guess import guessed, missing_of_header
from zhanggui.collect.mapping.guessing.model import ColumnGuess, Guess, TableGuess

__all__ = ["ColumnGuess", "Guess", "TableGuess", "guessed", "missing_of_header"]
