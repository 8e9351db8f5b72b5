"""Which store a file belongs to: said by the file, by the person, by the folder, or the only one. Never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import StoreRecord, StoreRegistry
from zhanggui.ledger.schema.vocabulary import COMPANY

_FAMILY = {"tmall": "taobao"}
"""Tmall stores export through Taobao's seller centre: their files do not tell the two apart."""

COMPANY_NAME = "公司"


@dataclass(frozen=True, slots=True)
class StoreDefaults:
    """Time zone and currency of a store that is made here."""

    tz: str
    currency: str


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved store, and what should be said about it."""

    store: StoreRecord
    note: Text | None = None


class StoreAmbiguousError(ZhangguiError):
    """Several stores fit and nothing says which."""

    code = "store_ambiguous"

    def __init__(self, file: str, candidates: Sequence[StoreRecord]) -> None:
        self.candidates = tuple(candidates)
        names = ", ".join(store.name for store in candidates)
        super().__init__(
            f"The file does not say which store it belongs to; it could be: {names}.",
            where=file,
            next_step=f"say it: --store {candidates[0].name!r}",
        )

    def to_json(self) -> dict[str, dict[str, object]]:
        """Return the error with its choices."""
        answer = super().to_json()
        answer["error"]["choices"] = [{"shop_id": store.shop_id, "name": store.name} for store in self.candidates]
        return answer


class StoreMismatchError(ZhangguiError):
    """Order ids of the file are held with other creation times: it is another store's file."""

    code = "store_mismatch"

    def __init__(self, file: str, *, store: str, n_orders: int, example: str) -> None:
        self.n_orders = n_orders
        super().__init__(
            f"{n_orders} order ids of the file are known in the store {store!r} with other creation times "
            f"(for example {example}).",
            where=file,
            next_step="the file seems to be another store's: say which with --store NAME",
        )


def family(platform: str) -> str:
    """Return the platforms that share one seller centre under one name."""
    return _FAMILY.get(platform, platform)


class StoreFinder:
    """Finds the store of a file in the registry, and adds or renames stores as files name them.

    Parameters
    ----------
    registry : StoreRegistry
    defaults : StoreDefaults
    is_dry_run : bool
        Add and rename nothing; answer as if it had been done.
    """

    def __init__(self, registry: StoreRegistry, defaults: StoreDefaults, *, is_dry_run: bool = False) -> None:
        self._registry = registry
        self._defaults = defaults
        self._is_dry_run = is_dry_run

    def found(
        self,
        *,
        file: str,
        platform: str | None,
        stated_name: str | None,
        source_shop_id: str | None,
        option: str | None,
        folder: PurePath | None,
        is_of_company: bool = False,
    ) -> Found:
        """Return the store of a file.

        Parameters
        ----------
        platform : str or None
            Platform of the format or map; None when neither says.
        stated_name, source_shop_id : str or None
            Store as the file's own column or the map's constant names it.
        option : str or None
            ``--store NAME``.
        folder : PurePath or None
            Folder of the file; a known store that it names is taken.
        is_of_company : bool
            Rows that name no store belong to the company as a whole, as stock and unit costs do.

        Raises
        ------
        StoreAmbiguousError
            Several stores fit.
        """
        of_platform = self._of_platform(platform)
        if stated_name:
            return self._named(stated_name, of_platform, platform, source_shop_id, may_rename=True)
        if option:
            return self._named(option, of_platform, platform, None, may_rename=False)
        inside = self.named_by(folder, platform)
        if inside is not None:
            return Found(inside)
        if is_of_company:
            return Found(self._company())
        if len(of_platform) > 1:
            raise StoreAmbiguousError(file, of_platform)
        if of_platform:
            return Found(of_platform[0])
        made = self._added(platform or "other", platform or "other", None, is_provisional=True)
        note = Text.of(
            f"还没有店铺，已建立“{made.name}”；等文件写明店铺名后会改名",
            f"there was no store yet: {made.name!r} was made, and will be renamed when a file names it",
        )
        return Found(made, note)

    def named_by(self, folder: PurePath | None, platform: str | None) -> StoreRecord | None:
        """Return the known store that a folder, or one around it, names; the nearest folder decides."""
        of_platform = self._of_platform(platform)
        for part in reversed(folder.parts) if folder is not None else ():
            inside = [store for store in of_platform if store.answers_to(part)]
            if len(inside) == 1:
                return inside[0]
        return None

    def _of_platform(self, platform: str | None) -> list[StoreRecord]:
        return [
            store
            for store in self._registry.list_stores()
            if store.platform != COMPANY and (platform is None or family(store.platform) == family(platform))
        ]

    def _company(self) -> StoreRecord:
        held = next((store for store in self._registry.list_stores() if store.platform == COMPANY), None)
        return held or self._added(COMPANY, COMPANY_NAME, None, is_provisional=False)

    def _named(
        self,
        name: str,
        candidates: Sequence[StoreRecord],
        platform: str | None,
        source_shop_id: str | None,
        *,
        may_rename: bool,
    ) -> Found:
        for store in candidates:
            if store.answers_to(name):
                return Found(store)
        provisional = [store for store in candidates if store.is_provisional]
        if may_rename and len(provisional) == 1:
            renamed = provisional[0]
            if not self._is_dry_run:
                renamed = self._registry.rename_store(renamed.shop_id, name, source_shop_id=source_shop_id)
            note = Text.of(
                f"店铺“{provisional[0].name}”按文件改名为“{name}”",
                f"the store {provisional[0].name!r} was renamed {name!r}, as the file says",
            )
            return Found(renamed, note)
        made = self._added(platform or "other", name, source_shop_id, is_provisional=False)
        return Found(made, Text.of(f"已建立店铺“{name}”", f"the store {name!r} was made"))

    def _added(self, platform: str, name: str, source_shop_id: str | None, *, is_provisional: bool) -> StoreRecord:
        if self._is_dry_run:
            next_id = max((store.shop_id for store in self._registry.list_stores()), default=0) + 1
            return StoreRecord(
                next_id, platform, name, source_shop_id, self._defaults.tz, self._defaults.currency, is_provisional
            )
        return self._registry.add_store(
            platform,
            name,
            source_shop_id=source_shop_id,
            tz=self._defaults.tz,
            currency=self._defaults.currency,
            is_provisional=is_provisional,
        )
