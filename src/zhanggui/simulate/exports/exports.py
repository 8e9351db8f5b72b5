"""All reports of a world, written while it is stepped: one folder per store, one for the company's own systems."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.alimama import AlimamaReports
from zhanggui.simulate.exports.buyer_ids import BuyerIds, ExternalContacts
from zhanggui.simulate.exports.campaigns import CampaignLists
from zhanggui.simulate.exports.creators import CreatorLists
from zhanggui.simulate.exports.douyin import DouyinOrders
from zhanggui.simulate.exports.douyin_ledger import DouyinLedger
from zhanggui.simulate.exports.erp import StockSystem
from zhanggui.simulate.exports.events import EventsWriter
from zhanggui.simulate.exports.jd import JdOrders
from zhanggui.simulate.exports.jd_bill import JdBill
from zhanggui.simulate.exports.jd_reports import JdReports
from zhanggui.simulate.exports.marked_orders import MarkedOrders
from zhanggui.simulate.exports.members import MemberList, WecomCustomers
from zhanggui.simulate.exports.own_ads import OwnAds
from zhanggui.simulate.exports.own_site import OwnSiteReports
from zhanggui.simulate.exports.own_site_money import OwnSiteMoney
from zhanggui.simulate.exports.parcels import ParcelList
from zhanggui.simulate.exports.pinduoduo import PinduoduoOrders
from zhanggui.simulate.exports.pinduoduo_money import PinduoduoMoney
from zhanggui.simulate.exports.product_list import ProductList
from zhanggui.simulate.exports.qianchuan import QianchuanReports
from zhanggui.simulate.exports.reviews import ReviewList
from zhanggui.simulate.exports.service_desk import ServiceDesk
from zhanggui.simulate.exports.sycm import SycmReports
from zhanggui.simulate.exports.taobao import TaobaoOrders
from zhanggui.simulate.exports.taobao_money import TaobaoMoney
from zhanggui.simulate.exports.taobao_refunds import TaobaoRefunds
from zhanggui.simulate.exports.trial_orders import TrialOrders
from zhanggui.simulate.exports.writing import View, Writer, WrittenFile, midnight_after
from zhanggui.simulate.options import Platform
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

LOADING_NAME = "LOADING.json"
"""Lists all files in an order in which they can be loaded; written last, so a folder that has it is whole."""

StoreWriter = Callable[[Path, "World", Store, View], Writer]
CompanyWriter = Callable[[Path, "World", View], Writer]

_TAOBAO: tuple[StoreWriter, ...] = (TaobaoOrders, TaobaoRefunds, TaobaoMoney, SycmReports, AlimamaReports, ProductList)

STORE_WRITERS: Mapping[Platform, tuple[StoreWriter, ...]] = {
    Platform.TAOBAO: _TAOBAO,
    Platform.TMALL: _TAOBAO,
    Platform.JD: (JdOrders, JdBill, JdReports, ProductList),
    Platform.PINDUODUO: (PinduoduoOrders, PinduoduoMoney, ProductList),
    Platform.DOUYIN: (DouyinOrders, DouyinLedger, QianchuanReports, ProductList),
    Platform.OWN_SITE: (OwnSiteReports, OwnSiteMoney, ProductList),
}
"""What is exported from each store, by where it sells."""
COMPANY_WRITERS: Mapping[str, tuple[CompanyWriter, ...]] = {
    "erp": (StockSystem, ParcelList, MarkedOrders),
    "crm": (MemberList, WecomCustomers, CampaignLists, TrialOrders),
    "service": (ReviewList, ServiceDesk),
    "marketing": (CreatorLists, OwnAds),
    "events": (EventsWriter,),
}
"""What the whole company has, by the folder that it lies in."""
WITH_BUYER_IDS: tuple[CompanyWriter, ...] = (MemberList, ExternalContacts, CampaignLists, TrialOrders, BuyerIds)
"""What lies in the folder ``crm`` where the shop knows its buyers' ids on the platforms."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a world was written as.

    Attributes
    ----------
    folder : Path
        Where everything lies.
    files : tuple of WrittenFile
        All files with rows, in an order in which they can be loaded.
    """

    folder: Path
    files: tuple[WrittenFile, ...]

    def to_json(self) -> dict[str, object]:
        """Return the list of files with paths within the folder."""
        return {"files": [self._file_to_json(file) for file in self.files]}

    def to_text(self) -> str:
        """Return the list of files as the text of a JSON file."""
        return json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n"

    def _file_to_json(self, file: WrittenFile) -> dict[str, object]:
        return {
            "path": file.path.relative_to(self.folder).as_posix(),
            "map": file.map.relative_to(self.folder).as_posix() if file.map else None,
            "store": file.store,
            "platform": file.platform,
            "dataset": file.dataset,
            "rows": file.n_rows,
        }


def writers_of(folder: Path, world: World, view: View) -> list[Writer]:
    """Return all writers of a world; one folder per store and one per system of the company are made in `folder`."""
    found: list[Writer] = []
    for store in world.stores:
        for make in STORE_WRITERS.get(store.platform, ()):
            found.append(make(_made(folder / store.name), world, store, view))
    company = {**COMPANY_WRITERS, **({"crm": WITH_BUYER_IDS} if world.options.has_buyer_ids else {})}
    for name, makers in company.items():
        found += [make_one(_made(folder / name), world, view) for make_one in makers]
    return found


def turns(files: Iterable[WrittenFile], world: World) -> list[WrittenFile]:
    """Return files in turn: store by store, the company's own last, so that a store's files load in one go."""
    stores = [store.name for store in world.stores]

    def turn(file: WrittenFile) -> tuple[int, bool, int]:
        store = stores.index(file.store) if file.store in stores else len(stores)
        known = _FIRST_DATASETS.index(file.dataset) if file.dataset in _FIRST_DATASETS else len(_FIRST_DATASETS)
        return store, file.map is not None, known

    return sorted(files, key=turn)


class Exports:
    """Writes a world's reports as they stand at one moment.

    Parameters
    ----------
    folder : Path
        An empty folder; one folder per store is made in it.
    world : World
        Whose reports.
    as_of : int, optional
        Moment of the export; midnight after the last day of the world's options by default.
    """

    def __init__(self, folder: Path, world: World, *, as_of: int | None = None) -> None:
        self._folder = folder
        view = View(world.start, as_of if as_of is not None else midnight_after(world.options.end))
        self._world = world
        self._writers = writers_of(folder, world, view)

    def write(self, records: DayRecords) -> None:
        """Write what a day brought; days have to come in order."""
        for writer in self._writers:
            writer.write(records)

    def close(self) -> Written:
        """Finish all files."""
        files = [file for writer in self._writers for file in writer.close()]
        # What had nothing to say has no file, and needs no map and no folder.
        for map_file in set(self._folder.rglob("*.toml")) - {file.map for file in files}:
            map_file.unlink()
        for place in self._folder.iterdir():
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        return Written(self._folder, tuple(turns(files, self._world)))


_FIRST_DATASETS = ("orders", "items", "products", "refunds", "settlements")
"""Orders come before what belongs to them."""


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
