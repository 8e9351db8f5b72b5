"""Keyed tokens: the same person gives the same token, and nobody without the shop's key can go back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.privacy.keys import ShopKey

TOKEN_PREFIX = "h1:"
"""Version of normalisation, key and hash; another rule gets another prefix."""

TOKEN_BYTES = 16

_BLOCK_BYTES = 64
_MASK = r"[*]|^##|^\$\$|^~.*~$"
_PLAIN = re.compile(r"[A-Za-z0-9_.:-]+")
"""Values that normalising leaves alone but for their case."""
_PLAIN_DOMAINS = frozenset({"device", "buyer"})
_PHONE_FILLING = r"[\s()\-.‐‑‒–—]"


class Tokenizer:
    """Turns personal values into keyed tokens.

    Parameters
    ----------
    key : ShopKey
        The shop's key.

    Notes
    -----
    A token is ``h1:`` and the first 128 bits of HMAC-SHA256 in hex, under a key of its own per domain, so that a phone
    and an account with the same digits do not meet. An unkeyed hash would protect nothing: all mobile numbers can be
    tried in minutes.
    """

    def __init__(self, key: ShopKey) -> None:
        self._key = key
        self._states: dict[str, tuple[Any, Any]] = {}

    def tokens(self, values: pa.Array | pa.ChunkedArray | Sequence[str | None], domain: str) -> pa.StringArray:
        """Return one token per value.

        Parameters
        ----------
        values : Arrow text array, or sequence of str or None
            Cells as the file writes them.
        domain : str
            What the values are: ``phone``, ``email``, ``account``, ``name``, ``address`` or ``buyer``. A suffix after
            a slash (``buyer/7``) keeps tokens of different stores apart.

        Returns
        -------
        pyarrow.StringArray
            As long as `values`. Null where the cell is empty or the platform masked it (``138****0000``) or
            encrypted it (``##...``, ``$$...``): a masked value stands for many people.
        """
        column = _text_array(values)
        # Repeated values are hashed once.
        encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
        distinct = normalise(encoded.dictionary, domain)
        return self._digests(distinct, domain).take(encoded.indices)

    def token(self, value: str | None, domain: str) -> str | None:
        """Return the token of one value, or None as :meth:`tokens` does."""
        found: str | None = self.tokens([value], domain)[0].as_py()
        return found

    def single(self, value: str, domain: str) -> str | None:
        """Return the same token as :meth:`token`, quicker for one plain value at a time."""
        if not _PLAIN.fullmatch(value) or domain not in _PLAIN_DOMAINS:
            return self.token(value, domain)
        states = self._states.get(domain)
        if states is None:
            states = self._states[domain] = _hmac_states(self._key.subkey("token", domain.encode()))
        first, second = states[0].copy(), states[1].copy()
        first.update((value if domain == "buyer" else value.lower()).encode())
        second.update(first.digest())
        return f"{TOKEN_PREFIX}{second.hexdigest()[: 2 * TOKEN_BYTES]}"

    def _digests(self, distinct: pa.StringArray, domain: str) -> pa.StringArray:
        inner, outer = _hmac_states(self._key.subkey("token", domain.encode()))
        copy_inner, copy_outer = inner.copy, outer.copy
        texts: list[str | None] = []
        for value in distinct.to_pylist():
            if value is None:
                texts.append(None)
                continue
            # HMAC by its definition from two keyed states: hmac.digest sets the key up again for each value.
            first = copy_inner()
            first.update(value.encode())
            second = copy_outer()
            second.update(first.digest())
            texts.append(second.hexdigest()[: 2 * TOKEN_BYTES])
        return pc.binary_join_element_wise(TOKEN_PREFIX, pa.array(texts, pa.string()), "")


def normalise(values: pa.Array, domain: str) -> pa.StringArray:
    """Bring different spellings of one value together; null where nothing identifies.

    Parameters
    ----------
    values : Arrow text array
        Cells as the file writes them.
    domain : str
        As in :meth:`Tokenizer.tokens`.

    Returns
    -------
    pyarrow.StringArray
        Unicode NFKC without surrounding space, and without case unless the domain is ``buyer``: platform ids are
        opaque, and ``aB`` and ``ab`` are two people. Phones lose spaces, dashes and ``+86``.

    Examples
    --------
    >>> normalise(pa.array(["+86 138-0013-8000", "１３８００１３８０００", "138****8000", " "]), "phone").to_pylist()
    ['13800138000', '13800138000', None, None]
    """
    kind = domain.partition("/")[0]
    text = pc.utf8_trim_whitespace(pc.utf8_normalize(values.cast(pa.string()), form="NFKC"))
    if kind != "buyer":
        text = pc.utf8_lower(text)
    if kind == "phone":
        text = pc.replace_substring_regex(text, _PHONE_FILLING, "")
        text = pc.replace_substring_regex(text, r"^(?:\+|00)?86(1[3-9]\d{9})$", r"\1")
        text = pc.replace_substring_regex(text, r"^00", "+")
    elif kind in ("name", "address"):
        text = pc.replace_substring_regex(text, r"\s+", " ")
    says_nothing = pc.or_(pc.equal(text, ""), pc.match_substring_regex(text, _MASK))
    return pc.if_else(says_nothing, pa.scalar(None, pa.string()), text)


def _text_array(values: pa.Array | pa.ChunkedArray | Sequence[str | None]) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    return values if isinstance(values, pa.Array) else pa.array(values, pa.string())


# The hash object has no public type in hashlib's stubs.
def _hmac_states(key: bytes) -> tuple[Any, Any]:
    padded = key.ljust(_BLOCK_BYTES, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))
    return inner, outer
