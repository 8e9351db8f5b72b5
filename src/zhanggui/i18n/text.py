"""A text that a person reads: always in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""Languages of the product, first the default."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the product.

    A plain frozen dataclass, so that Pydantic models take it as a field and write it as
    ``{"zh": ..., "en": ...}`` without this module importing Pydantic.

    Attributes
    ----------
    zh : str
        Simplified Chinese.
    en : str
        English.

    Raises
    ------
    ValueError
        One of the two is empty: a half-translated text is a mistake of the programmer.

    Examples
    --------
    >>> label = Text.of("已付款 {n} 单", "{n} paid orders")
    >>> label.format(n=3).pick("en")
    '3 paid orders'
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh or not self.en:
            raise ValueError(f"a text needs both languages: zh={self.zh!r}, en={self.en!r}")

    @classmethod
    def of(cls, zh: str, en: str) -> Text:
        """Return the text with its Chinese and English wording."""
        return cls(zh, en)

    @classmethod
    def same(cls, text: str) -> Text:
        """Return a text that reads the same in both languages, such as a name taken from data."""
        return cls(text, text)

    def format(self, **values: object) -> Text:
        """Fill the ``{placeholders}`` of both languages with `values`."""
        return Text(self.zh.format(**values), self.en.format(**values))

    def pick(self, language: Language) -> str:
        """Return the wording in `language`."""
        return self.zh if language == "zh" else self.en

    def to_json(self) -> dict[str, str]:
        """Return ``{"zh": ..., "en": ...}``, the shape of every text in the HTTP API."""
        return {"zh": self.zh, "en": self.en}
