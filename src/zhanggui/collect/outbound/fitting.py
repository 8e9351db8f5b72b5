"""Making a message fit: by pages, cut between characters, and a mark where something is left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from zhanggui.i18n import Text

Line = tuple[str, str]
"""A label, empty for none, and a text."""

MOST_PAGES = 3
SHORTENED = Text("（内容过长，已截短）", "(shortened: too long)")
GOES_ON = "…"

_JOINER = "\u200d"


def cut_points(text: str) -> list[int]:
    r"""Return the places where a text may be cut: never inside what a reader sees as one character.

    Examples
    --------
    >>> cut_points("a👩\u200d🔬b")
    [1, 4]
    """
    return [n for n in range(1, len(text)) if not (_clings(text[n]) or text[n - 1] == _JOINER)]


def _clings(character: str) -> bool:
    """Tell whether a character belongs to the one before: an accent, a selector, a joiner, a shade of skin."""
    is_shade = "\U0001f3fb" <= character <= "\U0001f3ff"
    return is_shade or character == _JOINER or unicodedata.category(character) in {"Mn", "Me", "Mc"}


def longest_start(text: str, fits: Callable[[str], bool]) -> str:
    """Return the longest start of a text that fits, ending between characters; nothing where none does."""
    if fits(text):
        return text
    points = cut_points(text)
    low, high = 0, len(points)
    # The first `low` points fit, those from `high` on do not.
    while low < high:
        middle = (low + high) // 2
        if fits(text[: points[middle]]):
            low = middle + 1
        else:
            high = middle
    return text[: points[low - 1]] if low else ""


def cut_to_bytes(text: str, n_bytes: int) -> str:
    """Return a text of at most so many bytes of UTF-8, with ``…`` where it was cut.

    Examples
    --------
    >>> cut_to_bytes("掌柜早上好", 12)
    '掌柜早…'
    """
    if len(text.encode()) <= n_bytes:
        return text
    return longest_start(text, lambda start: len((start + GOES_ON).encode()) <= n_bytes) + GOES_ON


def pages(lines: Sequence[Line], fits: Callable[[Sequence[Line]], bool], *, mark: str) -> list[list[Line]]:
    """Split lines into as few pages as fit, at most three; what is left over then is replaced by `mark`.

    Parameters
    ----------
    lines : sequence of Line
        What is to be told, in order.
    fits : callable
        Tells whether a page may hold these lines; an empty page must fit.
    mark : str
        Last line of a message that was shortened.

    Returns
    -------
    list of list of Line
        At least one page, which may be empty.
    """
    made: list[list[Line]] = [[]]
    left = list(lines)
    while left:
        label, text = left.pop(0)
        page = made[-1]
        if fits([*page, (label, text)]):
            page.append((label, text))
            continue
        if page:
            # A line that fits on a page of its own is not torn apart.
            left.insert(0, (label, text))
        else:
            start = longest_start(text, lambda piece: fits([(label, piece + GOES_ON)]))  # noqa: B023 - called at once
            if not start:
                label, start = "", longest_start(text, lambda piece: fits([("", piece + GOES_ON)]))
            page.append((label, start + GOES_ON))
            if len(start) < len(text):
                left.insert(0, ("", text[len(start) :]))
        if len(made) == MOST_PAGES:
            return _marked(made, fits, mark)
        made.append([])
    return made if made[-1] or len(made) == 1 else made[:-1]


def _marked(made: list[list[Line]], fits: Callable[[Sequence[Line]], bool], mark: str) -> list[list[Line]]:
    """Put the mark at the end of the last page, in the place of as little as can be."""
    last = made[-1]
    while last and not fits([*last, ("", mark)]):
        label, text = last.pop()
        start = longest_start(text, lambda piece: fits([*last, (label, piece + GOES_ON), ("", mark)]))  # noqa: B023 - called at once
        if start and start != text:
            last.append((label, start + GOES_ON))
            break
    last.append(("", mark))
    return made


def numbered(title: str, page: int, n_pages: int) -> str:
    """Return a title with the number of its page, where there are several."""
    return title if n_pages == 1 else f"{title} ({page}/{n_pages})"
