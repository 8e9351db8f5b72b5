"""A message as whoever has something to say puts it: title, facts, lines and a link, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from zhanggui.i18n import Language, Text

MOST_IMAGE_BYTES = 2_000_000
"""What the strictest channel takes."""

MOST_FILE_BYTES = 5_000_000
"""A report as a workbook is far below; every channel keeps its copy until it is sent."""

_FILE_NAME = re.compile(r"[^\\/:*?\"<>|\x00-\x1f]{1,100}")
_IMAGE_TYPES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value, such as the money at stake.

    Attributes
    ----------
    label : Text
        Its name.
    value : Text
        The value as a person reads it.
    """

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along, such as a report as a workbook.

    Attributes
    ----------
    name : str
        Its name, without a folder.
    content : bytes
        At most 5 MB.

    Raises
    ------
    ValueError
        It is empty or too big, or its name is none.
    """

    name: str
    content: bytes

    def __post_init__(self) -> None:
        if not _FILE_NAME.fullmatch(self.name) or not self.name.strip(". "):
            raise ValueError(f"{self.name!r} is no name of a file")
        if not 0 < len(self.content) <= MOST_FILE_BYTES:
            raise ValueError(f"a file has 1 to {MOST_FILE_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class Written:
    """A message in one language, as plain text: nothing in it is markup.

    Attributes
    ----------
    title : str
        One line.
    lines : tuple of (str, str)
        Label (empty for none) and text of each line.
    link : str or None
        Where more is to be seen.
    image : bytes or None
        A picture.
    language : str
        ``zh`` or ``en``.
    attachment : Attachment or None
        A file.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    link: str | None
    image: bytes | None
    language: Language
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told.

    Attributes
    ----------
    title : Text
        One line that says it all.
    lines : tuple of Text
        Sentences, one per line. They are plain text: what a product's title holds is never taken for markup.
    facts : tuple of Fact
        Named values; they stand before the lines.
    link : str, optional
        Web address where more is to be seen.
    image : bytes, optional
        A PNG or JPEG picture of at most 2 MB. DingTalk and Feishu robots take none.
    attachment : Attachment, optional
        A file. DingTalk and Feishu robots take none.

    Raises
    ------
    ValueError
        The link is no web address, or the picture is neither or too big.
    """

    title: Text
    lines: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    link: str | None = None
    image: bytes | None = None
    attachment: Attachment | None = None

    def __post_init__(self) -> None:
        if self.link is not None and urlsplit(self.link).scheme not in {"http", "https"}:
            raise ValueError(f"a message links to a web address, not to {self.link!r}")
        if self.image is not None and (image_type(self.image) is None or len(self.image) > MOST_IMAGE_BYTES):
            raise ValueError(f"a picture is PNG or JPEG and has at most {MOST_IMAGE_BYTES} bytes")

    def written(self, language: Language) -> Written:
        """Return the message in one language."""
        facts = [(one_line(fact.label.pick(language)), one_line(fact.value.pick(language))) for fact in self.facts]
        lines = [("", line) for text in self.lines for line in text.pick(language).splitlines() if line.strip()]
        # Brackets and spaces would end a link in Markdown.
        link = quote(self.link, safe="%/:?#[]@!$&'*+,;=~-._") if self.link else None
        title = one_line(self.title.pick(language))
        return Written(title, (*facts, *lines), link, self.image, language, self.attachment)


def image_type(image: bytes) -> str | None:
    """Return ``png`` or ``jpeg``, or None of anything else."""
    return next((kind for start, kind in _IMAGE_TYPES.items() if image.startswith(start)), None)


def one_line(text: str) -> str:
    """Return a text with all white space, line ends too, as single spaces."""
    return " ".join(text.split())
