"""What a method refuses."""

from __future__ import annotations

from zhanggui.errors import ZhangguiError


class MethodError(ZhangguiError):
    """Input that a method cannot answer for."""

    code = "method"


class ShapeMismatchError(MethodError):
    """Arrays that should run side by side differ in length."""

    def __init__(self, **lengths: int) -> None:
        self.lengths = lengths
        told = ", ".join(f"{name}: {length}" for name, length in lengths.items())
        super().__init__("Arrays that belong together differ in length.", where=told, next_step="pass one entry each")


class NotEnoughDataError(MethodError):
    """Too little to say anything.

    Parameters
    ----------
    what : str
        What is missing, as a sentence.
    where : str
        In which input.
    next_step : str
        What would help.
    """

    code = "not_enough_data"
