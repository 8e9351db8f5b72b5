"""Simulated worlds whose settlement files lost some lines and hold others late, and what became of each line."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from itertools import groupby
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook
from tests.collect.loading.shops import Row, Till
from tests.simulate.some_exports import lived_and_written

from zhanggui.collect.mapping import read_map
from zhanggui.ledger.derived import refresh
from zhanggui.ledger.matching import SETTLEMENT_LINKS
from zhanggui.ledger.matching.terms import terms_of
from zhanggui.simulate import Options
from zhanggui.simulate import World as Company

SPOILED_SHARE = 0.05
LATE_DAYS = (11, 20)
"""Beyond the longest declared cycle of any platform of the world."""
READ = ("orders", "items", "refunds", "settlements", "settlements_wechat", "products")
"""The files that a match is made of."""
_MOMENT = "%Y-%m-%d %H:%M:%S"


class Fate(StrEnum):
    """What becomes of a line: it is missing from the export, comes late, or is late and has not come yet."""

    LOST = "lost"
    LATE = "late"
    TO_COME = "to come"


class Kind(StrEnum):
    """What a line is about."""

    SALE = "sale"
    REFUND = "refund"
    SUBSIDY = "subsidy"
    FEE = "fee"
    FEE_BACK = "fee back"
    UNDUE = "undue"


_WORDS = {
    Kind.FEE_BACK: ("返还", "佣金退还", "服务费退还", "退分账"),
    Kind.SUBSIDY: ("补贴", "优惠券"),
    Kind.UNDUE: ("定金", "赔付", "延迟", "提现", "充值"),
    Kind.REFUND: ("退款",),
    Kind.SALE: ("交易收款", "货款结算", "商家结算款", "交易收入", "订单收款"),
    Kind.FEE: ("服务费", "佣金", "手续费", "运费险", "退货包运费"),
}
"""Words of the platforms by which a line is known; the first that fits says it."""


CAUSES: Mapping[Kind, frozenset[str]] = {
    Kind.SALE: frozenset({"goods_missing", "not_settled"}),
    Kind.REFUND: frozenset({"refund_not_booked"}),
    Kind.SUBSIDY: frozenset({"subsidy"}),
    # Of an order that is not settled at all no fee is due.
    Kind.FEE: frozenset({"fee_missing", "not_settled"}),
    Kind.FEE_BACK: frozenset({"fee_off"}),
}
"""What the difference that a missing line makes may be called; of what is undue no other file tells."""
WAITING = frozenset({"in_transit", "refund_in_transit"})
CLOSED = WAITING | {"not_covered", "rounding", "forfeited_deposit"}


@dataclass(frozen=True, slots=True)
class Form:
    """Columns of a settlement file: moment, order, kind of line; where it has a running balance, its amounts too."""

    moment: str
    order: str
    kind: tuple[str, ...]
    amounts: tuple[str, ...] = ()
    balance: str | None = None


FORMS = (
    Form("入账时间", "业务基础订单号", ("业务描述",), ("收入（+元）", "支出（-元）"), "账户余额（元）"),
    Form("入帐时间", "主订单id", ("业务描述",)),
    Form("结算时间", "订单编号", ("资金动账备注",)),
    Form("发生时间", "商户订单号", ("账务类型", "业务描述")),
    Form("动账时间", "订单号", ("动账场景",)),
    Form("记账时间", "订单号", ("业务类型",)),
)
"""Alipay, WeChat, JD, Pinduoduo, Douyin, the own site."""


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A line that was spoiled: when it should have been booked, and when it was or will be."""

    store: str
    order: str
    kind: Kind
    fate: Fate
    moment: datetime
    booked: datetime


@dataclass(frozen=True, slots=True)
class World:
    """A spoiled world, loaded and matched.

    Attributes
    ----------
    till : Till
        Its shop.
    spoiled : tuple of Spoiled
        The lines that were spoiled.
    strays : frozenset of (str, str)
        Store and order of the lines that name an order which no report of the store holds: the world plants some.
    platforms : mapping of str to str
        Platform of each store.
    """

    till: Till
    spoiled: tuple[Spoiled, ...]
    strays: frozenset[tuple[str, str]]
    platforms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was made of a spoiled world; amounts in minor units.

    Attributes
    ----------
    settled, linked : int
        Amounts of the ledger lines whose order a report holds, and of those that were matched with it.
    unexplained : int
        Differences of unknown cause.
    n_spoiled, n_named : int
        Spoiled lines that another file tells of, and those of them whose cause is named right.
    n_open, n_invented : int
        Differences that ask for somebody, and those of them in orders of which nothing was spoiled.
    """

    settled: int
    linked: int
    unexplained: int
    n_spoiled: int
    n_named: int
    n_open: int
    n_invented: int


def spoiled_world(folder: Path, till: Till, options: Options, *, seed: int) -> World:
    """Simulate a world, spoil its settlement files, load what a match is made of and match it."""
    _, written = lived_and_written(folder, Company(options))
    files = [file for file in written if file.dataset in READ]
    spoiled: list[Spoiled] = []
    strays: set[tuple[str, str]] = set()
    for file in files:
        if file.dataset.startswith("settlements"):
            named = _Sheet.read(file.path).orders()
            reports = [one.path for one in files if (one.store, one.dataset) == (file.store, "orders")]
            known = b"".join(report.read_bytes() for report in reports)
            strays |= {(file.store, order) for order in named if order.encode() not in known}
            spoiled += _spoil(file.path, file.store, Random(f"{seed} {file.path.name} {file.store}"))
    for (store, map_file), group in groupby(files, key=lambda file: (file.store, file.map)):
        layout = read_map(map_file) if map_file else None
        report = till.load_all([file.path for file in group], store=store, layout=layout)
        assert [str(file.error) for file in report.files if file.error] == []
    refresh(till.ledger, (SETTLEMENT_LINKS,))
    return World(till, tuple(spoiled), frozenset(strays), {file.store: file.platform for file in files})


def judged(world: World) -> Judgement:
    """Hold what matching says of a world against what was spoiled in it."""
    lines, differences = _lines(world.till), _differences(world.till)
    ends = {store: max(line["booked"] for line in lines if line["store"] == store) for store in world.platforms}
    late = {(line["store"], line["booked"]) for line in lines if line["late_days"]}
    due = [one for one in world.spoiled if one.kind in CAUSES and (one.store, one.order) not in world.strays]

    def is_named(one: Spoiled) -> bool:
        if one.fate is Fate.LATE:
            return (one.store, one.booked) in late
        causes = {row["cause"] for row in differences[one.store, one.order]}
        cycle = timedelta(days=terms_of(world.platforms[one.store]).latest_days)
        may_come = one.fate is Fate.TO_COME or one.moment + cycle >= ends[one.store]
        return bool(causes & (CAUSES[one.kind] | WAITING if may_come else CAUSES[one.kind]))

    of_orders = [line for line in lines if line["match_state"] != "no_order"]
    held = [line for line in of_orders if (line["store"], line["order_id"]) not in world.strays]
    found = [(order, row) for order, rows in differences.items() for row in rows if row["cause"] not in CLOSED]
    touched = {(one.store, one.order) for one in world.spoiled}
    n_untouched = sum(order not in touched for order, _ in found)
    # A sale that names a stray order is missing in its own.
    n_of_strays = sum(order not in touched and row["cause"] in CAUSES[Kind.SALE] for order, row in found)
    return Judgement(
        settled=_sum(held),
        linked=_sum(line for line in held if line["matched"]),
        unexplained=_sum(row for _, row in found if row["cause"] == "unknown"),
        n_spoiled=len(due),
        n_named=sum(map(is_named, due)),
        n_open=len(found),
        n_invented=n_untouched - min(n_of_strays, len(world.strays)),
    )


def _lines(till: Till) -> list[Row]:
    """Return the ledger lines with their match, the moment as the file writes it."""
    entries, links = till.ledger.table("settlement_entry"), till.ledger.table("settlement_link")
    told = links.select("shop_id", "fact_key", "late_days", "match_state", "matched")
    rows = entries.select("shop_id", "fact_key", "order_id", "booked_at", "amount_minor")
    stores = _stores(till)
    return [
        {**row, "store": stores[row["shop_id"]], "booked": row["booked_at"] + timedelta(hours=8)}
        for row in till.ledger.query(rows.inner_join(told, ["shop_id", "fact_key"])).to_pylist()
    ]


def _differences(till: Till) -> dict[tuple[str, str], list[Row]]:
    stores = _stores(till)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in till.rows("settlement_difference"):
        found[stores[row["shop_id"]], row["order_id"]].append(row)
    return found


def _stores(till: Till) -> dict[int, str]:
    return {row["shop_id"]: row["name"] for row in till.rows("store", "shop_id", "name")}


def _sum(rows: Iterable[Row]) -> int:
    return sum(abs(row["amount_minor"]) for row in rows)


@dataclass(slots=True)
class _Sheet:
    """The rows of a settlement file between what stands above and below them; every cell is text."""

    path: Path
    form: Form
    encoding: str | None
    above: list[list[str]]
    header: list[str]
    rows: list[list[str]]
    below: list[list[str]]

    @classmethod
    def read(cls, path: Path) -> _Sheet:
        """Return a file; a workbook has no encoding."""
        if path.suffix == ".xlsx":
            encoding = None
            cells = load_workbook(path).worksheets[0].iter_rows(values_only=True)
            table = [["" if cell is None else str(cell) for cell in row] for row in cells]
        else:
            data = path.read_bytes()
            encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
            table = list(csv.reader(StringIO(data.decode(encoding))))
        place, form = next((at, form) for at, row in enumerate(table) for form in FORMS if form.moment in row)
        end = next((at for at in range(place, len(table)) if table[at][0].startswith("#")), len(table))
        return cls(path, form, encoding, table[:place], table[place], table[place + 1 : end], table[end:])

    def write(self) -> None:
        """Write the file again."""
        table = [*self.above, self.header, *self.rows, *self.below]
        if self.encoding is None:
            book = Workbook()
            sheet = book.worksheets[0]
            for row in table:
                sheet.append([cell or None for cell in row])
            book.save(self.path)
            return
        text = StringIO()
        csv.writer(text).writerows(table)
        self.path.write_bytes(text.getvalue().encode(self.encoding))

    def place(self, column: str) -> int:
        """Return where a column stands."""
        return self.header.index(column)

    def order(self, row: Sequence[str]) -> str:
        """Return the order that a line names, empty where it names none."""
        return row[self.place(self.form.order)].strip("'\t")

    def orders(self) -> set[str]:
        """Return the orders that are named."""
        return {self.order(row) for row in self.rows} - {""}

    def moment(self, row: Sequence[str]) -> datetime:
        """Return when a line was booked."""
        return datetime.fromisoformat(row[self.place(self.form.moment)])

    def kind(self, row: Sequence[str]) -> Kind:
        """Return what a line is about."""
        text = " ".join(row[self.place(column)] for column in self.form.kind)
        return next(kind for kind, words in _WORDS.items() if any(word in text for word in words))

    def balance(self, rows: Iterable[list[str]]) -> None:
        """Write the running balance, where the file has one, for lines in the order in which they were booked."""
        if self.form.balance is None:
            return
        held = Decimal(0)
        for row in rows:
            held += sum(Decimal(row[self.place(column)]) for column in self.form.amounts)
            row[self.place(self.form.balance)] = f"{held:.2f}"


def _spoil(path: Path, store: str, rng: Random) -> Iterator[Spoiled]:
    """Take one line in twenty out of a file or write it down later, and yield those lines."""
    sheet = _Sheet.read(path)
    last = max(map(sheet.moment, sheet.rows))
    kept: list[tuple[list[str], Fate | None]] = []
    for row in sheet.rows:
        moment = sheet.moment(row)
        fate, booked = _fate(rng, moment, last)
        row[sheet.place(sheet.form.moment)] = booked.strftime(_MOMENT)
        if fate is not None:
            yield Spoiled(store, sheet.order(row), sheet.kind(row), fate, moment, booked)
        if fate is not Fate.TO_COME:
            kept.append((row, fate))
    kept.sort(key=lambda one: sheet.moment(one[0]))
    sheet.balance(row for row, _ in kept)
    sheet.rows = [row for row, fate in kept if fate is not Fate.LOST]
    sheet.write()


def _fate(rng: Random, moment: datetime, last: datetime) -> tuple[Fate | None, datetime]:
    """Return what becomes of a line, and when it is booked."""
    is_spoiled, is_lost, days = rng.random() < SPOILED_SHARE, rng.random() < 0.5, rng.randint(*LATE_DAYS)
    if not is_spoiled:
        return None, moment
    if is_lost:
        return Fate.LOST, moment
    later = moment + timedelta(days=days)
    return (Fate.LATE, later) if later <= last else (Fate.TO_COME, later)
