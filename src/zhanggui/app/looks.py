"""Looking at files that wait for a map: their beginnings are kept at hand, and a newer look ends an older one."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.shop import Shop
from zhanggui.understand.data.mapper import FEW_ROWS, MappedFile, Reading, beginning_of, opened_waiting

_MOST_KEPT = 4


class LookReplacedError(ZhangguiError):
    """The map was changed while the file was looked at."""

    code = "look_replaced"

    def __init__(self, file_id: int) -> None:
        super().__init__(
            "A newer look at this file has begun.", where=f"waiting file {file_id}", next_step="read the newer answer"
        )


class Looks:
    """The beginnings of the files that were looked at last, and which look at each file is the newest.

    Parameters
    ----------
    shop : Shop
    """

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._kept: OrderedDict[tuple[int, Reading], MappedFile] = OrderedDict()
        self._newest: Counter[int] = Counter()
        self._guard = threading.Lock()

    def beginning(self, file_id: int, reading: Reading) -> MappedFile:
        """Return a waiting file with its first rows, and with the maps and stores as they are now.

        Raises
        ------
        UnknownWaitingFileError
        """
        key = (file_id, reading)
        with self._guard:
            held = self._kept.get(key)
        self._shop.waiting.get(file_id)
        if held is None:
            with opened_waiting(self._shop, file_id, reading) as file:
                held = beginning_of(file, FEW_ROWS)
            with self._guard:
                self._kept[key] = held
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return held

    def forget(self) -> None:
        """Let go of what is kept: maps, stores or files have changed."""
        with self._guard:
            self._kept.clear()

    def begin(self, file_id: int) -> Callable[[int], None]:
        """Begin a look at a whole file, which ends older ones.

        Returns
        -------
        callable
            Takes the number of rows done; raises LookReplacedError once a newer look has begun.
        """
        with self._guard:
            self._newest[file_id] += 1
            mine = self._newest[file_id]

        def go_on(n_rows: int) -> None:
            if self._newest[file_id] != mine:
                raise LookReplacedError(file_id)

        return go_on
