"""What people in trials paid for: the list by which the system that runs a trial says what came of its groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.exports.cells import chosen, moments
from zhanggui.simulate.exports.files import Cells
from zhanggui.simulate.exports.numbering import STORE_NAMES, Numbering
from zhanggui.simulate.exports.own_lists import Meaning, own_list
from zhanggui.simulate.exports.writing import View, Waiting, WrittenFile
from zhanggui.simulate.plants.experiments import Audience
from zhanggui.simulate.records import ASSIGNMENTS, ORDERS
from zhanggui.simulate.rows import Rows, Table

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

HEADER = ("实验编号", "客户编号", "店铺", "订单编号", "付款时间")
_MEANING = Meaning(
    "trial_orders",
    {
        "trial_id": "实验编号",
        "subject_id": "客户编号",
        "store_name": "店铺",
        "order_id": "订单编号",
        "paid_at": "付款时间",
    },
)
_COLUMNS = ("order", "store", "person", "paid_at")
PAID = Table("paid", dict.fromkeys(_COLUMNS, np.int64))


def trial_number(numbers: Ints) -> list[str]:
    """Return what the lists call each trial."""
    return [f"EX{number:02d}" for number in numbers.tolist()]


def customer_numbers(people: Ints) -> list[str]:
    """Return the number that the system of customers gives each person, member or not."""
    return [f"KH{person:08d}" for person in people.tolist()]


class TrialOrders:
    """Writes the orders that people in trials pay while they are watched, of every group, by the day of payment.

    Parameters
    ----------
    folder, world, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, view: View) -> None:
        self._trials = [one for one in world.plan.experiments if one.audience is not Audience.VISITORS]
        self._entered = {one.number: np.zeros((2, 0), np.int64) for one in self._trials}
        self._numbering = Numbering(world)
        self._waiting = Waiting(PAID, "paid_at", view)
        self._report = own_list(folder, view, "trial_orders", "实验订单", HEADER, _MEANING)

    def write(self, records: DayRecords) -> None:
        """Note who entered on a day, and write what those inside paid for on it."""
        entries, orders = records[ASSIGNMENTS], records[ORDERS]
        # An order of an earlier day comes again whenever something happens to it.
        orders = orders.where(orders["paid_at"] >= records.midnight)
        self._waiting.put(Rows(PAID, **{name: orders[name] for name in _COLUMNS}))
        paid = self._waiting.due(records.day)
        for one in self._trials:
            own = entries.where(entries["experiment"] == one.number)
            inside = np.hstack([self._entered[one.number], [own["person"], np.full(len(own), records.day)]])
            inside = inside[:, inside[1] > records.day - one.window_days]
            self._entered[one.number] = inside
            mine = paid.where(np.isin(paid["person"], inside[0]))
            self._report.add(records.day, self._columns(one.number, mine))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return self._report.close()

    def _columns(self, number: int, paid: Rows) -> dict[str, Cells]:
        return {
            "实验编号": trial_number(np.full(len(paid), number)),
            "客户编号": customer_numbers(paid["person"]),
            "店铺": chosen(STORE_NAMES, paid["store"]),
            "订单编号": self._numbering.orders(paid["order"], paid["store"]),
            "付款时间": moments(paid["paid_at"]),
        }
