"""Exact money: whole minor units beside a currency, and the ways in and out of them.

A table holds ``int`` minor units (fen, cents, yen, fils) and an ISO 4217 code; :class:`~decimal.Decimal` exists only
at the border, where a file is read or a number is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from zhanggui.errors import ZhangguiError

Excess = Literal["error", "round_half_up"]

_TWO_DIGITS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD
KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"

CURRENCY_EXPONENTS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(_TWO_DIGITS.split(), 2),
        **dict.fromkeys(_NO_DIGITS.split(), 0),
        **dict.fromkeys(_THREE_DIGITS.split(), 3),
        **dict.fromkeys(_FOUR_DIGITS.split(), 4),
    }
)
"""Digits after the decimal point of each ISO 4217 currency, with a few retired ones that old files hold."""

LARGEST_MINOR = 2**63 - 1
"""The largest amount a BIGINT column holds."""

# scaleb and to_integral_value must not round to 28 digits before the excess is looked at.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


class MoneyError(ZhangguiError):
    """An amount cannot be held exactly."""

    code = "money"


class UnknownCurrencyError(MoneyError):
    """A currency code that ISO 4217 does not list."""

    code = "unknown_currency"

    def __init__(self, currency: str) -> None:
        self.currency = currency
        super().__init__(
            f"Currency {currency!r} is not an ISO 4217 code.",
            where=f"currency {currency!r}",
            next_step="write the three-letter code, such as CNY, USD or EUR",
        )


class ExcessDigitsError(MoneyError):
    """An amount has more decimal digits than its currency."""

    code = "excess_digits"

    def __init__(self, amount: Decimal, currency: str) -> None:
        self.amount = amount
        self.currency = currency
        super().__init__(
            f"Amount {amount} has more than {currency_exponent(currency)} decimals, which {currency} does not have.",
            where=f"amount {amount} {currency}",
            next_step="correct the amount, or name the currency it is in",
        )


class AmountOutOfRangeError(MoneyError):
    """An amount is not a finite number that a BIGINT column holds."""

    code = "amount_out_of_range"

    def __init__(self, amount: Decimal, currency: str) -> None:
        self.amount = amount
        self.currency = currency
        super().__init__(
            f"Amount {amount:.6E} is not an amount of money." if amount.is_finite() else f"{amount} is not an amount.",
            where=f"amount in {currency}",
            next_step="correct the cell; amounts go up to 9.2E18 minor units",
        )


class NothingToAllocateError(MoneyError):
    """An amount was to be spread over nothing."""

    code = "nothing_to_allocate"

    def __init__(self, total_minor: int) -> None:
        self.total_minor = total_minor
        super().__init__(
            f"{total_minor} minor units cannot be allocated to no lines.",
            where="allocation of an order amount",
            next_step="keep the amount on the order itself",
        )


def currency_exponent(currency: str) -> int:
    """Return the number of decimals of `currency`.

    Raises
    ------
    UnknownCurrencyError
        The code is not in ISO 4217 (codes are upper case).

    Examples
    --------
    >>> currency_exponent("CNY"), currency_exponent("JPY"), currency_exponent("KWD")
    (2, 0, 3)
    """
    try:
        return CURRENCY_EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrencyError(currency) from None


def to_minor(amount: Decimal, currency: str, *, excess: Excess = "error") -> int:
    """Turn a decimal amount into whole minor units.

    Parameters
    ----------
    amount : Decimal
        Amount in major units.
    currency : str
        ISO 4217 code.
    excess : {"error", "round_half_up"}, default "error"
        What to do with digits beyond the currency's own. Half goes away from zero, as tills round.

    Returns
    -------
    int
        Minor units, within ±(2**63 - 1).

    Raises
    ------
    ExcessDigitsError
        There are excess digits and `excess` is ``"error"``. Trailing zeros are no excess.
    AmountOutOfRangeError
        The amount is not finite or too large.
    UnknownCurrencyError
        The currency is not known.

    Examples
    --------
    >>> to_minor(Decimal("102.750"), "CNY")
    10275
    >>> to_minor(Decimal("-0.005"), "CNY", excess="round_half_up")
    -1
    """
    exponent = currency_exponent(currency)
    # `adjusted` is the position of the first digit: 1E+999999 must not be written out to be refused.
    if not amount.is_finite() or (amount and amount.adjusted() + exponent > 18):
        raise AmountOutOfRangeError(amount, currency)
    shifted = amount.scaleb(exponent, _EXACT)
    whole = shifted.to_integral_value(ROUND_HALF_UP, _EXACT)
    if excess == "error" and whole != shifted:
        raise ExcessDigitsError(amount, currency)
    minor = int(whole)
    if abs(minor) > LARGEST_MINOR:
        raise AmountOutOfRangeError(amount, currency)
    return minor


def to_major(minor: int, currency: str) -> Decimal:
    """Return `minor` units as a decimal amount with all the currency's decimals.

    Examples
    --------
    >>> to_major(10270, "CNY")
    Decimal('102.70')
    """
    return Decimal(minor).scaleb(-currency_exponent(currency), _EXACT)


def json_number(minor: int, currency: str) -> float | int:
    """Return the amount in major units as the number to write into JSON.

    Returns
    -------
    float or int
        An int for currencies without decimals, else the float nearest to the amount. Python and JavaScript print it
        with the currency's decimals exactly up to 10**15 minor units (ten trillion yuan).

    Examples
    --------
    >>> json_number(299576061, "CNY"), json_number(500, "JPY")
    (2995760.61, 500)
    """
    exponent = currency_exponent(currency)
    # int / int is correctly rounded; float(minor) * 0.01 is not.
    return minor if exponent == 0 else minor / 10**exponent


def allocate(total_minor: int, weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """Spread an amount over lines by largest remainder, so that the parts sum to it exactly.

    Parameters
    ----------
    total_minor : int
        Minor units to spread; may be negative.
    weights : sequence of int, Decimal or Fraction
        Weight of each line. Their unit does not matter. Weights may be negative (a discount line) as long as their
        sum is not zero; when it is zero, all lines weigh the same.

    Returns
    -------
    list of int
        One part per weight, in the same order, with sum `total_minor`.

    Raises
    ------
    NothingToAllocateError
        There are no weights but there is an amount.

    Notes
    -----
    Each line first gets ``floor(total * weight / sum)``; the units left over go one each to the lines with the largest
    remainder, ties to the earlier line. A negative total is the mirror image of the positive one. No part is off its
    exact share by a whole unit.

    Examples
    --------
    >>> allocate(100, [1, 1, 1])
    [34, 33, 33]
    >>> allocate(-100, [0, 0])
    [-50, -50]
    """
    if not weights:
        if total_minor:
            raise NothingToAllocateError(total_minor)
        return []
    if total_minor < 0:
        return [-part for part in allocate(-total_minor, weights)]
    exact = [weight if isinstance(weight, int) else Fraction(weight) for weight in weights]
    whole = sum(exact)
    if whole == 0:
        exact, whole = [1] * len(weights), len(weights)
    sign = 1 if whole > 0 else -1
    shares = [divmod(total_minor * weight * sign, whole * sign) for weight in exact]
    parts = [int(floor) for floor, _ in shares]
    left_over = total_minor - sum(parts)
    by_remainder = sorted(range(len(shares)), key=lambda place: -shares[place][1])
    for place in by_remainder[:left_over]:
        parts[place] += 1
    return parts


def format_money(minor: int, currency: str, language: Literal["zh", "en"]) -> str:
    """Return an amount for the terminal, with all digits.

    Examples
    --------
    >>> format_money(-299576061, "CNY", "zh"), format_money(299576061, "CNY", "en"), format_money(500, "JPY", "zh")
    ('-¥2,995,760.61', 'CNY 2,995,760.61', 'JPY 500')
    """
    digits = f"{abs(to_major(minor, currency)):,.{currency_exponent(currency)}f}"
    sign = "-" if minor < 0 else ""
    # ¥ alone is also the yen sign, so it stands for yuan only where the reader expects yuan.
    return f"{sign}¥{digits}" if currency == "CNY" and language == "zh" else f"{sign}{currency} {digits}"


def major(minor: object, currency: str | None) -> float | None:
    """Return an amount in minor units, whole or a mean, as a number in major units; None and NaN are None.

    Parameters
    ----------
    minor : number or None
        As the engine or an array gives it.
    currency : str or None
        ISO 4217 code; None, of rows without an amount, counts as CNY.

    Examples
    --------
    >>> major(123456, "CNY"), major(None, "CNY"), major(float("nan"), "CNY"), major(500, "JPY")
    (1234.56, None, None, 500.0)
    """
    if minor is None or minor != minor:
        return None
    return float(json_number(round(Decimal(str(minor))), currency or "CNY"))
