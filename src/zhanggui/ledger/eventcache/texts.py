"""Lists of texts that only grow, so that the places of those that are in it stay what they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


class Texts:
    """A list of different texts.

    Examples
    --------
    >>> texts = Texts()
    >>> texts.places(pa.array(["b", None, "a"])).tolist(), texts.places(pa.array(["a", "c"])).tolist()
    ([0, -1, 1], [1, 2])
    """

    def __init__(self, known: pa.Array | None = None) -> None:
        self.known: pa.Array = pa.array([], pa.string()) if known is None else known

    def places(self, column: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.int32]:
        """Return the place of each text, -1 where there is none; texts that are new come to the end."""
        encoded = pc.dictionary_encode(column)
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.unify_dictionaries().combine_chunks()
            if isinstance(encoded, pa.ChunkedArray):
                encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], pa.string()).dictionary_encode()
        mine = encoded.dictionary.cast(pa.string())
        at = pc.index_in(mine, value_set=self.known)
        new = mine.filter(pc.is_null(at))
        if len(new):
            n_before = len(self.known)
            self.known = pa.concat_arrays([self.known, new])
            place = pc.fill_null(at, -1).to_numpy(zero_copy_only=False).astype(np.int32)
            place[place < 0] = np.arange(n_before, n_before + len(new), dtype=np.int32)
        else:
            place = at.to_numpy(zero_copy_only=False).astype(np.int32)
        codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
        if not place.size:
            return np.full(codes.size, -1, np.int32)
        found: npt.NDArray[np.int32] = np.where(codes >= 0, place[codes], np.int32(-1)).astype(np.int32)
        return found

    def place(self, text: str) -> int:
        """Return the place of one text, -1 where it is not in the list."""
        return int(pc.index(self.known, pa.scalar(text, pa.string())).as_py())
