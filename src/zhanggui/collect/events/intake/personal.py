"""Identifiers become tokens before anything is written: each protocol's own fields, and what traits say of a person."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from math import isfinite
from typing import Any

from zhanggui.collect.events.agents import network_of
from zhanggui.collect.events.intake.requests import RefusedError
from zhanggui.ledger.privacy import Tokenizer

LONGEST_ID = 200
_KEPT_TOKENS = 50_000
_DEVICE, _BUYER = "device", "buyer"
_SAYS = {"email": "email", "$email": "email", "phone": "phone", "mobile": "phone", "$phone": "phone", "tel": "phone"}
"""Fields of a person that become tokens."""
_DROPPED = frozenset(
    [
        "firstName",
        "lastName",
        "first_name",
        "last_name",
        "fullName",
        "full_name",
        "username",
        "userName",
        "nickname",
        "realname",
        "real_name",
        "address",
        "street",
        "birthday",
        "birth_date",
        "id_card",
        "idcard",
        "avatar",
        "wechat",
        "qq",
        "openid",
        "unionid",
        "password",
        "token",
        "phone_number",
        "phoneNumber",
        "user_data",
        "receiver",
        "receiver_name",
        "receiver_phone",
        "receiver_address",
        "姓名",
        "手机",
        "手机号",
        "电话",
        "邮箱",
        "地址",
        "身份证",
        "收货人",
    ]
)
"""Fields of a person that nothing here reads and that are left out."""
_PERSONAL = frozenset(_SAYS) | _DROPPED
_TOO_LONG = "…" * LONGEST_ID
_CONTROL = "\x01"


class TokenBook:
    """Tokens of single values, those used last remembered.

    Parameters
    ----------
    tokenizer : Tokenizer
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._kept: OrderedDict[tuple[str, str], str | None] = OrderedDict()

    def of(self, value: Any, domain: str) -> Any:
        """Return the token of an id.

        Notes
        -----
        What is no id at all stays what it is without saying anything, so that the event is kept aside for it: a list
        comes back empty, a text with control characters or of monstrous length keeps that mark behind its token.
        """
        if isinstance(value, bool) or value is None or value == "":
            return value
        if isinstance(value, (list, dict)):
            return type(value)()
        if isinstance(value, float) and not isfinite(value):
            raise RefusedError("number_out_of_range")
        text = value if isinstance(value, str) else str(int(value)) if value == int(value) else str(value)
        found = self._token(text, domain)
        if len(text) > LONGEST_ID:
            return f"{found}{_TOO_LONG}"
        if not text.isprintable() and any(sign < " " or sign == "\x7f" for sign in text):
            return f"{found}{_CONTROL}"
        return found

    def change(self, fields: dict[str, Any], names: Iterable[str], domain: str) -> None:
        """Put tokens in the place of some fields."""
        for name in names:
            if name in fields:
                fields[name] = self.of(fields[name], domain)

    def hide_person(self, traits: Any) -> None:
        """Put tokens in the place of what traits say of a person, and leave out what nothing reads."""
        if not isinstance(traits, dict):
            return
        for name in traits.keys() & _PERSONAL:
            if name in _DROPPED:
                del traits[name]
            else:
                value = traits[name]
                traits[name] = self._token(value, _SAYS[name]) if isinstance(value, str) else None

    def _token(self, text: str, domain: str) -> str | None:
        key = (domain, text)
        kept = self._kept
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
        found = self._tokenizer.single(text.encode("utf-8", "replace").decode(), domain)
        if len(text) <= LONGEST_ID:
            kept[key] = found
            if len(kept) > _KEPT_TOKENS:
                kept.popitem(last=False)
        return found


def hide_segment(event: dict[str, Any], book: TokenBook) -> None:
    """Hide who a Segment event is of."""
    book.change(event, ("anonymousId",), _DEVICE)
    book.change(event, ("userId", "previousId"), _BUYER)
    context = event.get("context")
    if isinstance(context, dict):
        _hide_network(context, "ip")
        book.hide_person(context.get("traits"))
    book.hide_person(event.get("traits"))
    book.hide_person(event.get("properties"))


def hide_sensors(event: dict[str, Any], book: TokenBook) -> None:
    """Hide who a 神策 event is of: the distinct id is a device or an account, as the event says."""
    properties, identities = event.get("properties"), event.get("identities")
    distinct = event.get("distinct_id")
    login = identities.get("$identity_login_id") if isinstance(identities, dict) else None
    login = login or event.get("login_id")
    is_login = isinstance(properties, dict) and properties.get("$is_login_id") in (True, "true", 1, "1")
    is_account = is_login or event.get("type") == "track_signup" or (login is not None and login == distinct)
    book.change(event, ("distinct_id",), _BUYER if is_account else _DEVICE)
    book.change(event, ("login_id",), _BUYER)
    book.change(event, ("original_id", "anonymous_id"), _DEVICE)
    if isinstance(identities, dict):
        for name in identities:
            if name in ("$identity_email", "$identity_mobile"):
                domain = "email" if name == "$identity_email" else "phone"
            else:
                domain = _BUYER if name == "$identity_login_id" else _DEVICE
            identities[name] = book.of(identities[name], domain)
    if isinstance(properties, dict):
        _hide_network(properties, "$ip")
        book.hide_person(properties)


def hide_ga4(body: dict[str, Any], book: TokenBook) -> None:
    """Hide who a GA4 body is of."""
    book.change(body, ("client_id", "app_instance_id"), _DEVICE)
    book.change(body, ("user_id",), _BUYER)
    _hide_network(body, "ip_override")
    book.hide_person(body.get("user_properties"))
    body.pop("user_data", None)
    for event in body["events"]:
        if isinstance(event, dict):
            book.hide_person(event.get("params"))


def hide_native(event: dict[str, Any], book: TokenBook) -> None:
    """Hide who an event of our own format, or a body of it, is of."""
    book.change(event, ("visitor",), _DEVICE)
    book.change(event, ("customer",), _BUYER)
    book.hide_person(event)
    book.hide_person(event.get("properties"))


def _hide_network(fields: dict[str, Any], name: str) -> None:
    if name in fields:
        value = fields[name]
        fields[name] = network_of(value) or None if isinstance(value, str) else None
