"""Sealed values: single cells encrypted with the shop's key, such as quarantined ones."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.privacy.keys import ShopKey

_VERSION = b"\x01"
_NONCE_BYTES = 12


class SealedValueDamagedError(ZhangguiError):
    """A sealed value was changed, moved to another place, or sealed with another key."""

    code = "sealed_value_damaged"

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            "A sealed value does not open: it was changed, or it belongs to another place or shop.",
            where=place,
            next_step="restore the shop directory, with its shop.key, from one and the same backup",
        )


class Sealer:
    """Encrypts single values with AES-256-GCM and opens them again.

    Parameters
    ----------
    key : ShopKey
        The shop's key.
    """

    def __init__(self, key: ShopKey) -> None:
        self._cipher = AESGCM(key.subkey("sealed"))

    def seal(self, value: bytes | str, aad: bytes | str) -> bytes:
        """Encrypt `value` for the place named by `aad`.

        Parameters
        ----------
        value : bytes or str
            What to hide; text is sealed as UTF-8.
        aad : bytes or str
            Name of the place, such as ``data_issue/value_sealed/ID``. It is not stored: a sealed value moved to
            another place no longer opens.

        Returns
        -------
        bytes
            One version byte, 12 bytes of nonce, ciphertext and tag: 29 bytes longer than the value.
        """
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, _as_bytes(value), _as_bytes(aad))

    def unseal(self, sealed: bytes, aad: bytes | str) -> bytes:
        """Decrypt what :meth:`seal` returned for the same place.

        Raises
        ------
        SealedValueDamagedError
            A bit differs, the place is another one, or the key is.
        """
        try:
            if sealed[:1] != _VERSION:
                raise InvalidTag
            return self._cipher.decrypt(sealed[1:13], sealed[13:], _as_bytes(aad))
        except (InvalidTag, ValueError):
            place = aad if isinstance(aad, str) else aad.decode(errors="replace")
            raise SealedValueDamagedError(place) from None

    def unseal_text(self, sealed: bytes, aad: bytes | str) -> str:
        """Decrypt a value that was sealed as text."""
        return self.unseal(sealed, aad).decode()


def _as_bytes(value: bytes | str) -> bytes:
    return value.encode() if isinstance(value, str) else value
