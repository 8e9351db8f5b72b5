"""Which visitors are one person: devices on which the same account showed itself."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.sessions.following import accounts_of_devices


def people_of(ledger: Ledger, shop_id: int, visitors: pa.Array) -> npt.NDArray[np.int32]:
    """Return the person of each visitor, numbered by the first of his visitors.

    A device on which one account showed itself is that account's, before and after; one with several accounts, or
    none, is a person of its own. An account that was seen without a device is a visitor too.

    Parameters
    ----------
    ledger : Ledger
        Open.
    shop_id : int
        The store.
    visitors : pyarrow.Array of str
        Devices, and accounts without one.
    """
    one = ledger.query(accounts_of_devices((shop_id,)).select("visitor_id", "account"))
    person = np.arange(len(visitors), dtype=np.int32)
    place = pc.index_in(one.column("visitor_id").cast(pa.string()), value_set=visitors)
    known = pc.is_valid(place)
    device = place.filter(known).to_numpy().astype(np.int64)
    account = pc.dictionary_encode(one.column("account").filter(known)).combine_chunks()
    if isinstance(account, pa.ChunkedArray):
        account = account.chunk(0) if account.num_chunks else pa.array([], pa.string()).dictionary_encode()
    number = account.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    itself = pc.index_in(account.dictionary.cast(pa.string()), value_set=visitors)
    first = pc.fill_null(itself, len(visitors)).to_numpy(zero_copy_only=False).astype(np.int64)
    np.minimum.at(first, number, device)
    person[device] = first[number]
    is_visitor = pc.is_valid(itself).to_numpy(zero_copy_only=False)
    person[itself.filter(pc.is_valid(itself)).to_numpy().astype(np.int64)] = first[is_visitor]
    return person
