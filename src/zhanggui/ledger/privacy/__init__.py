"""What keeps people private: the shop's key, keyed tokens, sealed values, masks, and the encrypted source files."""

from zhanggui.ledger.privacy.frames import RawFileDamagedError
from zhanggui.ledger.privacy.keys import ShopKey, ShopKeyError
from zhanggui.ledger.privacy.masking import MaskKind, looks_personal, mask_cell, personal_kind
from zhanggui.ledger.privacy.rawstore import RawFileMissingError, RawStore, StoredRaw
from zhanggui.ledger.privacy.sealing import SealedValueDamagedError, Sealer
from zhanggui.ledger.privacy.tokens import Tokenizer, normalise

__all__ = [
    "MaskKind",
    "RawFileDamagedError",
    "RawFileMissingError",
    "RawStore",
    "SealedValueDamagedError",
    "Sealer",
    "ShopKey",
    "ShopKeyError",
    "StoredRaw",
    "Tokenizer",
    "looks_personal",
    "mask_cell",
    "normalise",
    "personal_kind",
]
