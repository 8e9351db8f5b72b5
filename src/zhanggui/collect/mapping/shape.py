"""The shape of a header: equal for files of the same columns, whatever their order, blanks, widths and case."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from zhanggui.collect.mapping.layout import comparable

_NAMELESS = re.compile(r"^#\d+$")


def shape_of(header: Sequence[str]) -> str:
    """Return the SHA-256 (hex) of the names of a header, in the form in which they are compared and sorted.

    Parameters
    ----------
    header : sequence of str
        Normalised header; columns without a name do not count.

    Examples
    --------
    >>> shape_of(["订单号", "金额(元)"]) == shape_of(["金额（元）", "订单号 ", "#3"])
    True
    """
    names = comparable([name for name in header if not _NAMELESS.match(name)])
    return hashlib.sha256("\x1f".join(sorted(names)).encode()).hexdigest()
