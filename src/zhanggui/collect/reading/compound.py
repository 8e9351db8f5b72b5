"""Old workbooks are small file systems; one whose chains of sectors run in circles is never done."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO

import numpy as np
import olefile

from zhanggui.collect.reading.faults import TruncatedFileError

_LAST_SECTOR = 0xFFFFFFFA
_DAMAGE = (OSError, ValueError, IndexError, OverflowError, TypeError, AttributeError, struct.error)
"""What olefile may raise for a damaged file."""


def check_compound(data: bytes, name: str) -> None:
    """Refuse an xls whose chains of sectors meet, run in circles or lead outside.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        The file, for messages.

    Raises
    ------
    TruncatedFileError
        It is damaged.
    """
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            ole.loadminifat()
            is_sound = _are_chains(ole.fat) and _are_chains(ole.minifat)
    except _DAMAGE as error:
        raise TruncatedFileError(name, f"it is no complete workbook ({error})") from error
    if not is_sound:
        raise TruncatedFileError(name, "the parts of the workbook run into each other")


def _are_chains(table: Sequence[int]) -> bool:
    """Return whether following any entry comes to an end, and no two entries lead to the same one."""
    follower = np.asarray(table, np.int64)
    follows = np.flatnonzero(follower < _LAST_SECTOR)
    targets = follower[follows]
    if len(targets) and (targets.max() >= len(follower) or len(np.unique(targets)) < len(targets)):
        return False
    end = len(follower)
    place = np.append(np.where(follower < _LAST_SECTOR, follower, end), end)
    # Each round doubles the steps taken; what has not come to the end after all sectors never will.
    for _ in range(end.bit_length()):
        place = place[place]
    return bool((place == end).all())
