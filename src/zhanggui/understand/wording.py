"""Numbers as a shopkeeper says them in a sentence, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from zhanggui.calendar import last_of_month
from zhanggui.i18n import Text

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$"}
)
_MONTH_NAMES = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTH_NAMES.split())
WEEKDAYS = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
NOT_KNOWN = Text("未知", "not known")

_MOST_NAMED = 8
"""Names that are given as a choice where one was not known."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_ZH_STEPS = ((1e8, "亿"), (1e4, "万"))
_EN_STEPS = ((1e9, "B"), (1e6, "M"), (1e3, "K"))
_DIGITS = 4


def money(amount: float, currency: str | None) -> Text:
    """Return an amount in major units with its currency.

    Examples
    --------
    >>> money(1902487.15, "CNY").zh, money(1902487.15, "CNY").en, money(-880, "USD").en
    ('¥190.2 万', '¥1.902M', '-$880.00')
    """
    symbol = SYMBOLS.get(currency or "", f"{currency} " if currency else "")
    sign = "-" if amount < 0 else ""
    return Text(
        f"{sign}{symbol}{_compact(abs(amount), _ZH_STEPS, ' ', 2)}",
        f"{sign}{symbol}{_compact(abs(amount), _EN_STEPS, '', 2)}",
    )


def count(number: float) -> Text:
    """Return a number of things.

    Examples
    --------
    >>> count(28010).zh, count(28010).en
    ('28,010', '28,010')
    """
    return Text.same(f"{number:,.0f}")


def percent(ratio: float, *, signed: bool = False) -> Text:
    """Return a ratio as a percentage with one decimal.

    Examples
    --------
    >>> percent(0.2313).zh, percent(0.041, signed=True).en
    ('23.1%', '+4.1%')
    """
    return Text.same(f"{100 * ratio:{'+' if signed else ''}.1f}%")


def signed_money(amount: float, currency: str | None) -> Text:
    """Return an amount with its sign always written."""
    text = money(amount, currency)
    return text if amount < 0 else Text(f"+{text.zh}", f"+{text.en}")


def period(first: date, last: date) -> Text:
    """Return a span of days in words: a whole month by its name.

    Examples
    --------
    >>> period(date(2020, 2, 1), date(2020, 2, 29)).zh, period(date(2020, 2, 1), date(2020, 2, 29)).en
    ('2020年2月', 'February 2020')
    >>> period(date(2020, 2, 1), date(2020, 3, 1)).zh
    '2020年2月1日至3月1日'
    """
    if first.day == 1 and last == last_of_month(first):
        return Text(f"{first.year}年{first.month}月", f"{MONTHS[first.month - 1]} {first.year}")
    if first == last:
        return Text(_zh_day(first), _en_day(first))
    end = f"{last.month}月{last.day}日" if last.year == first.year else _zh_day(last)
    return Text(f"{_zh_day(first)}至{end}", f"{_en_day(first)} to {_en_day(last)}")


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, not even after it was saved as CSV.

    Examples
    --------
    >>> safe_text("=HYPERLINK(1)"), safe_text("-5 度手套"), safe_text("茶")
    ("'=HYPERLINK(1)", "'-5 度手套", '茶')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _zh_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _en_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _compact(amount: float, steps: tuple[tuple[float, str], ...], space: str, decimals: int) -> str:
    for size, name in steps:
        if amount >= size:
            scaled = amount / size
            whole = len(str(int(scaled)))
            return f"{scaled:,.{max(_DIGITS - whole, 0)}f}{space}{name}"
    return f"{amount:,.{decimals}f}"


def never_heard(label: Text, value: str, known: Sequence[str]) -> Text:
    """Return that a name which somebody gave stands nowhere, with those that come near, or some that there are.

    Examples
    --------
    >>> print(never_heard(Text("仓库", "Warehouse"), "east", ["East", "South"]).en)
    No row of any day has the warehouse 'east', so there is nothing; the ledger knows: East
    """
    some = ", ".join(get_close_matches(value, known, n=3) or known[:_MOST_NAMED]) or "-"
    return Text(
        f"没有任何一行的{label.zh}是“{value}”，所以没有数值；账本里有：{some}",
        f"No row of any day has the {label.en.lower()} {value!r}, so there is nothing; the ledger knows: {some}",
    )
