"""Masks for showing source cells, and a detector for personal values in cells that no map names."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MaskKind = Literal["phone", "name", "email", "address", "account", "id_card", "none"]

KIND_OF_COLUMN: dict[str, MaskKind] = {
    "buyer_id": "account",
    "account": "account",
    "name": "name",
    "receiver_name": "name",
    "contact_name": "name",
    "member_id": "account",
    "contact_id": "account",
    "union_id": "account",
    "visitor_id": "account",
    "subject_id": "account",
    "phone": "phone",
    "email": "email",
    "address": "address",
}
"""How the cell of a canonical input column is masked."""

_ID_CARD = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_STREET = re.compile(r"\d+ *(?:号|弄|栋|幢|单元|室)")
_REGION_END = re.compile(r"^(.*?(?:省|自治区|特别行政区))?\s*(.*?(?:市|自治州|地区|盟))?")
_MUNICIPALITY = re.compile(r"^(?:北京|上海|天津|重庆)市?")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mask_cell(value: str | None, kind: MaskKind) -> str | None:
    """Return a source cell as it may be shown.

    Parameters
    ----------
    value : str or None
        The cell.
    kind : str
        What it holds; ``none`` masks only what :func:`looks_personal` finds in it.

    Examples
    --------
    >>> mask_cell("13800138000", "phone"), mask_cell("张三丰", "name"), mask_cell("li.lei@example.com", "email")
    ('138****8000', '张**', 'l***@example.com')
    >>> mask_cell("江苏省 南京市 玄武区 中山路1号", "address")
    '江苏省 南京市 ***'
    """
    if value is None or not value.strip():
        return value
    match kind:
        case "phone":
            return _mask_phone(value)
        case "name":
            return _mask_name(value)
        case "email":
            return _mask_email(value) if "@" in value else _mask_account(value)
        case "account":
            return _mask_email(value) if "@" in value else _mask_account(value)
        case "address":
            return _mask_address(value)
        case "id_card":
            return _mask_ends(value, 3, 2)
        case "none":
            return _mask_found(value)


def looks_personal(value: str | None) -> bool:
    """Tell whether a cell holds a mobile number, an e-mail address, a Chinese ID-card number or a street address.

    ID-card numbers are told from order numbers by their birth date and check digit.

    Examples
    --------
    >>> looks_personal("电话 138 0013 8000"), looks_personal("889900112233445566"), looks_personal("138****8000")
    (True, False, False)
    """
    return value is not None and personal_kind(value) is not None


def personal_kind(value: str) -> MaskKind | None:
    """Return what kind of personal value a cell holds, or None.

    Examples
    --------
    >>> personal_kind("11010519491231002X")
    'id_card'
    """
    text = unicodedata.normalize("NFKC", value)
    if any(_is_id_card(found.group()) for found in _ID_CARD.finditer(text)):
        return "id_card"
    if _MOBILE.search(text):
        return "phone"
    if _EMAIL.search(text):
        return "email"
    return "address" if _has_street(text) else None


def _has_street(text: str) -> bool:
    """Tell a street address from short words of goods such as 5号电池."""
    return len(text) >= 8 and _STREET.search(text) is not None


def _is_id_card(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _mask_found(value: str) -> str:
    if personal_kind(value) is None:
        return value
    text = unicodedata.normalize("NFKC", value)
    text = _ID_CARD.sub(_mask_id_card, text)
    text = _MOBILE.sub(lambda found: _mask_phone(found.group()), text)
    text = _EMAIL.sub(lambda found: _mask_email(found.group()), text)
    return _mask_address(text) if _has_street(text) else text


def _mask_id_card(found: re.Match[str]) -> str:
    return _mask_ends(found.group(), 3, 2) if _is_id_card(found.group()) else found.group()


def _mask_phone(value: str) -> str:
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", value))
    if "*" in value:
        return value
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    return _mask_ends(digits, 3, 4) if len(digits) >= 9 else "***"


def _mask_name(value: str) -> str:
    name = value.strip()
    return name[0] + "*" * max(1, min(len(name) - 1, 2))


def _mask_email(value: str) -> str:
    person, _, host = value.strip().partition("@")
    return f"{person[:1]}***@{host}"


def _mask_account(value: str) -> str:
    account = value.strip()
    return account[0] + "***" + (account[-1] if len(account) > 4 else "")


def _mask_address(value: str) -> str:
    """Keep province and city; what cannot be told apart is hidden whole."""
    text = value.strip()
    municipality = _MUNICIPALITY.match(text)
    found = municipality or _REGION_END.match(text)
    kept = found.group().strip() if found else ""
    # Digits, masks and signs before the city are no region.
    is_region = 0 < len(kept) <= 20 and re.fullmatch(r"[^\W\d_]+( +[^\W\d_]+)*", kept)
    return f"{kept} ***" if is_region else "***"


def _mask_ends(value: str, n_first: int, n_last: int) -> str:
    hidden = max(len(value) - n_first - n_last, 1)
    return value[:n_first] + "*" * min(hidden, 4 if n_last == 4 else hidden) + value[-n_last:]
