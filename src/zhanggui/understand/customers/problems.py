"""What a method about people says instead of a number."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.methods.problems import NotEnoughDataError


class ThinDataError(NotEnoughDataError):
    """The ledger tells too little about people for a number.

    Parameters
    ----------
    text : Text
        What is missing, as a sentence.
    next_step : Text
        What would help.

    Attributes
    ----------
    said : Text
        Both sentences in both languages, as pages show them.
    """

    code = "thin_data"

    def __init__(self, text: Text, next_step: Text) -> None:
        self.text = text
        self.said = Text(f"{text.zh}{next_step.zh}", f"{text.en} {next_step.en}")
        super().__init__(text.en, where="paid orders with a stable buyer id", next_step=next_step.en)
