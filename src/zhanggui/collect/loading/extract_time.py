"""When a file was exported, as its name tells."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_STAMP = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})[-_ ]?(\d{2})(\d{2})(\d{2})?(?!\d)")
_EPOCH = re.compile(r"^(1[5-9]\d{8})(?=[_.])")


def extract_time(name: str, timezone: str) -> datetime | None:
    """Return the export time that a file name holds, in UTC without zone; None when it holds none.

    Parameters
    ----------
    name : str
        File name, or name of an archive's member.
    timezone : str
        Zone of the wall clock in the name.

    Notes
    -----
    A name with a date alone is not taken: it may as well be the period of the report.

    Examples
    --------
    >>> extract_time("ExportOrderList202609051230.csv", "Asia/Shanghai")
    datetime.datetime(2026, 9, 5, 4, 30)
    >>> extract_time("1791430000_new.csv", "Asia/Shanghai")
    datetime.datetime(2026, 10, 8, 3, 26, 40)
    >>> extract_time("orders_20260901-20260930.csv", "Asia/Shanghai")
    """
    epoch = _EPOCH.search(name)
    if epoch:
        return datetime.fromtimestamp(int(epoch.group(1)), UTC).replace(tzinfo=None)
    stamp = _STAMP.search(name)
    if stamp is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in stamp.groups())
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo(timezone))
    except ValueError:
        return None
    return local.astimezone(UTC).replace(tzinfo=None)
