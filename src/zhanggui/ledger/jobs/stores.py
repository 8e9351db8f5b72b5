"""The stores of the company: the durable list that the ledger is rebuilt with."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class StoreRecord:
    """One store (店铺) of the company.

    Attributes
    ----------
    shop_id : int
        Its number in every ledger table; never used again.
    platform : str
        Platform it is on.
    name : str
        Name, unique on its platform.
    source_shop_id : str or None
        The platform's own id.
    tz, currency : str
        Time zone of its business day; currency of amounts that name none.
    is_provisional : bool
        True while it is named after its platform.
    aliases : tuple of str
        Other names that files give it.
    """

    shop_id: int
    platform: str
    name: str
    source_shop_id: str | None
    tz: str
    currency: str
    is_provisional: bool
    aliases: tuple[str, ...] = ()

    def answers_to(self, name: str) -> bool:
        """Tell whether `name` is the store's name or one of its aliases, whatever its case."""
        return name.strip().casefold() in {known.casefold() for known in (self.name, *self.aliases)}


class StoreNameTakenError(ZhangguiError):
    """Two stores of one platform cannot share a name."""

    code = "store_name_taken"

    def __init__(self, platform: str, name: str) -> None:
        self.platform = platform
        self.name = name
        super().__init__(
            f"There is a store {name!r} on {platform} already.",
            where=f"store {name!r}",
            next_step="choose another name, or load into the store that has it",
        )


class UnknownStoreError(ZhangguiError):
    """No store has this number."""

    code = "unknown_store"

    def __init__(self, shop_id: int) -> None:
        self.shop_id = shop_id
        super().__init__(
            f"There is no store number {shop_id}.",
            where=f"store {shop_id}",
            next_step="choose one of the stores listed on the Data page",
        )


class StoreRegistry:
    """The stores in ``state.sqlite``."""

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def list_stores(self) -> list[StoreRecord]:
        """Return all stores, oldest first."""
        return [_record(row) for row in self._state.rows("SELECT * FROM store ORDER BY shop_id")]

    def get_store(self, shop_id: int) -> StoreRecord:
        """Return the store with this number.

        Raises
        ------
        UnknownStoreError
            There is none.
        """
        found = self._state.rows("SELECT * FROM store WHERE shop_id = ?", (shop_id,))
        if not found:
            raise UnknownStoreError(shop_id)
        return _record(found[0])

    def add_store(
        self,
        platform: str,
        name: str,
        *,
        source_shop_id: str | None = None,
        tz: str = "Asia/Shanghai",
        currency: str = "CNY",
        is_provisional: bool = False,
    ) -> StoreRecord:
        """Add a store and return it with its new number.

        Raises
        ------
        StoreNameTakenError
            The platform has a store or an alias of that name.
        """
        with self._state.transaction():
            self._refuse_taken_name(platform, name)
            shop_id = self._state.insert(
                "INSERT INTO store (platform, name, source_shop_id, tz, currency, is_provisional) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (platform, name.strip(), source_shop_id, tz, currency, int(is_provisional)),
            )
            return self.get_store(shop_id)

    def rename_store(self, shop_id: int, name: str, *, source_shop_id: str | None = None) -> StoreRecord:
        """Give a store its real name; it is then no longer provisional, and its old name stays as an alias.

        Raises
        ------
        UnknownStoreError
            There is no such store.
        StoreNameTakenError
            Another store of the platform has the name.
        """
        with self._state.transaction():
            store = self.get_store(shop_id)
            self._refuse_taken_name(store.platform, name, but_for=shop_id)
            # A provisional name is only the platform's; as an alias it would catch files of later stores.
            old_names = store.aliases if store.is_provisional else (*store.aliases, store.name)
            self._state.execute(
                "UPDATE store SET name = ?, is_provisional = 0, aliases_json = ?, "
                "source_shop_id = coalesce(?, source_shop_id) WHERE shop_id = ?",
                (name.strip(), _aliases_json(old_names, but_for=name), source_shop_id, shop_id),
            )
            return self.get_store(shop_id)

    def add_alias(self, shop_id: int, alias: str) -> StoreRecord:
        """Remember another name that files give the store.

        Raises
        ------
        UnknownStoreError
            There is no such store.
        StoreNameTakenError
            Another store of the platform has the name.
        """
        with self._state.transaction():
            store = self.get_store(shop_id)
            self._refuse_taken_name(store.platform, alias, but_for=shop_id)
            self._state.execute(
                "UPDATE store SET aliases_json = ? WHERE shop_id = ?",
                (_aliases_json((*store.aliases, alias), but_for=store.name), shop_id),
            )
            return self.get_store(shop_id)

    def _refuse_taken_name(self, platform: str, name: str, *, but_for: int | None = None) -> None:
        for store in self.list_stores():
            if store.platform == platform and store.shop_id != but_for and store.answers_to(name):
                raise StoreNameTakenError(platform, name)


def _aliases_json(aliases: tuple[str, ...], *, but_for: str) -> str:
    """Return the distinct aliases as JSON, without the store's own name."""
    kept = {alias.strip().casefold(): alias.strip() for alias in aliases}
    kept.pop(but_for.strip().casefold(), None)
    return json.dumps(list(kept.values()), ensure_ascii=False)


def _record(row: sqlite3.Row) -> StoreRecord:
    return StoreRecord(
        shop_id=row["shop_id"],
        platform=row["platform"],
        name=row["name"],
        source_shop_id=row["source_shop_id"],
        tz=row["tz"],
        currency=row["currency"],
        is_provisional=bool(row["is_provisional"]),
        aliases=tuple(json.loads(row["aliases_json"])),
    )
