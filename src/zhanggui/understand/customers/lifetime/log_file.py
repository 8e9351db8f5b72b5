"""A plain log of purchases in a CSV file: ``customer,date,amount``, one purchase a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from zhanggui.errors import ZhangguiError
from zhanggui.understand.customers.lifetime.purchases import REVENUE, Purchases, kept_days

_COLUMNS = {
    "customer": ("customer", "customer_id", "buyer_id", "客户", "客户编号", "买家"),
    "date": ("date", "day", "日期", "付款日期"),
    "amount": ("amount", "value", "revenue", "金额"),
}
_NUMBER = r"^-?[0-9]+(\.[0-9]*)?$"
_DAYS = (("%Y-%m-%d", r"^\d{4}-\d{2}-\d{2}$"), ("%Y%m%d", r"^\d{8}$"), ("%Y/%m/%d", r"^\d{4}/\d{2}/\d{2}$"))


class LogFileError(ZhangguiError):
    """A log of purchases that cannot be used."""

    code = "log_file"

    def __init__(self, path: Path, what: str, *, place: str = "", next_step: str) -> None:
        self.path = path
        super().__init__(what, where=f"{path.name}, {place}" if place else path.name, next_step=next_step)


def read_log(path: Path, *, today: date) -> Purchases:
    """Return the purchases of a CSV file.

    Parameters
    ----------
    path : Path
        UTF-8, with a header that names ``customer``, ``date`` (2026-09-30 or 20260930) and ``amount``. Rows of one
        customer and day are one occasion; a day that comes to less than nothing is a return and makes none.
    today : date
        No purchase can be later.

    Returns
    -------
    Purchases
        With revenue and without profit.

    Raises
    ------
    LogFileError
        The file cannot be read, or a row says nothing that can be counted; the first such row is named.
    """
    table = _table(path)
    if not table.num_rows:
        raise LogFileError(path, "The file holds no purchase.", next_step="one row per purchase below the header")
    who = pc.dictionary_encode(_filled(path, table, "customer"))
    day = _days(path, _filled(path, table, "date"), today)
    amount = _filled(path, table, "amount")
    wrong = pc.match_substring_regex(amount, _NUMBER).index(False).as_py()
    if wrong >= 0:
        raise _at(path, wrong, "amount", amount[wrong].as_py(), "an amount such as 29.33")
    money = pc.cast(amount, pa.float64()).to_numpy(zero_copy_only=False)
    days, place = np.unique(np.stack([who.indices.to_numpy().astype(np.int64), day]), axis=1, return_inverse=True)
    total = np.bincount(place.ravel(), money)
    occasions, old = kept_days(days[0], days[1], total >= 0, {REVENUE: np.asarray(total, np.float64)})
    last = date.fromordinal(int(day.max()))
    return Purchases(occasions, who.dictionary.take(pa.array(old)), last, today, None, 0, (), is_of_file=True)


def _table(path: Path) -> pa.Table:
    try:
        with path.open("rb") as file:
            header = file.readline().decode("utf-8-sig", errors="replace")
        names = [name.strip().strip('"') for name in header.strip().split(",")]
        return csv.read_csv(
            path,
            read_options=csv.ReadOptions(column_names=names, skip_rows=1),
            convert_options=csv.ConvertOptions(
                column_types={name: pa.string() for name in names}, strings_can_be_null=False
            ),
        )
    except OSError as error:
        raise LogFileError(path, "The file cannot be read.", place=str(error), next_step="check its name") from error
    except pa.ArrowInvalid as error:
        raise LogFileError(
            path, "The file is not a CSV of purchases.", place=str(error), next_step="save it as UTF-8 CSV"
        ) from error


def _filled(path: Path, table: pa.Table, name: str) -> pa.Array:
    given = {each.strip().lower(): each for each in table.schema.names}
    column = next((given[word] for word in _COLUMNS[name] if word in given), None)
    if column is None:
        raise LogFileError(
            path,
            f"The file has no column {name!r}.",
            place=f"columns {', '.join(table.schema.names)}",
            next_step="name the columns customer, date, amount",
        )
    texts = pc.utf8_trim_whitespace(table.column(column).combine_chunks())
    blank = pc.equal(texts, "").index(True).as_py()
    if blank >= 0:
        raise _at(path, blank, name, "", f"a {name} in every row")
    return texts


def _days(path: Path, texts: pa.Array, today: date) -> np.ndarray:
    for pattern, shape in _DAYS:
        if pc.all(pc.match_substring_regex(texts, shape)).as_py():
            try:
                stamps = pc.strptime(texts, format=pattern, unit="s")
            except pa.ArrowInvalid:
                break
            since_1970 = pc.cast(pc.cast(stamps, pa.date32()), pa.int32()).to_numpy().astype(np.int64)
            days = since_1970 + date(1970, 1, 1).toordinal()
            late = int(np.argmax(days))
            if days[late] > today.toordinal():
                raise _at(path, late, "date", texts[late].as_py(), "days up to today; this one lies in the future")
            return np.asarray(days)
    shapes = "|".join(shape for _, shape in _DAYS)
    wrong = max(pc.match_substring_regex(texts, shapes).index(False).as_py(), 0)
    raise _at(path, wrong, "date", texts[wrong].as_py(), "dates of one form, such as 2026-09-30")


def _at(path: Path, place: int, name: str, given: str, wanted: str) -> LogFileError:
    # The header is row 1.
    return LogFileError(
        path, f"{given!r} cannot be used.", place=f"row {place + 2}, column {name}", next_step=f"use {wanted}"
    )
