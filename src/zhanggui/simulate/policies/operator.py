"""An operator who follows fixed rules, from what the platforms' own reports tell him.

His rules, in the order of the morning:

1. *Recommendation.* From the first day the own site shows, of two popular things, the one that earns more.
2. *Ads* (every Monday from the third week on, T-13 and T-14). An ad group's declared ROI of the last 14 days is held
   against the break-even ROI of its trade. At 1.3 times and above its budget rises by 15%, up to 1.5 times the plan;
   below 1 it falls by 25%; below 0.7 it is paused. A paused group is tried again at half its plan after 28 days.
3. *Size charts* (every 28th day, T-05). A product with at least 20 delivered units, of which 15% or more came back,
   half of them for their size, gets a new size chart.

He knows nothing of true curves, of who buys anyway, nor of what is planted.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.policies.margins import margin_of
from zhanggui.simulate.records import AD_ROWS, LINES, ORDERS, REFUNDS, Reason
from zhanggui.simulate.world import World

_WINDOW_DAYS = 14
_GOOD, _POOR, _LOSING = 1.3, 1.0, 0.7
_RAISE, _CUT, _MOST = 1.15, 0.75, 1.5
_REST_DAYS, _PROBE = 28, 0.5
_CHART_DAYS = 28
_LEAST_UNITS, _RETURN_RATE, _SIZE_SHARE = 20, 0.15, 0.5
_SIZE_REASONS = (Reason.TOO_SMALL, Reason.TOO_LARGE)
_DAY = 86_400


class Operator:
    """The rule-following operator."""

    def __init__(self) -> None:
        self._ads: list[tuple[Ints, Ints]] = []
        self._budget: dict[int, float] = {}
        self._paused_on: dict[int, int] = {}
        self._mended: set[int] = set()
        self._parcels: list[tuple[Ints, Ints, Ints]] = []
        self._returns: list[tuple[Ints, Ints, Ints, Ints]] = []

    def decide(self, world: World, yesterday: DayRecords | None) -> Actions:
        """Return what the rules say today."""
        if yesterday is not None:
            self._note(world, yesterday)
        day = world.day
        budgets: dict[int, int] = {}
        paused: dict[int, bool] = {}
        if day >= _WINDOW_DAYS and (world.start + timedelta(days=day)).weekday() == 0:
            budgets, paused = self._ad_moves(world, day)
        mended: tuple[int, ...] = ()
        if day and day % _CHART_DAYS == 0:
            mended = self._charts_to_mend(world, day)
        return Actions(
            budgets=budgets,
            paused=paused,
            recommendation="margin" if day == 0 else None,
            size_chart_fixed=mended,
        )

    def _note(self, world: World, records: DayRecords) -> None:
        """Keep what reports show: ads of the day; parcels and cases with the moments at which they show."""
        n = len(world.scene.ad_groups)
        ads = records[AD_ROWS]
        spend, claimed = (
            np.bincount(ads["ad_group"], ads[name], n).astype(np.int64) for name in ("spend_minor", "claimed_minor")
        )
        self._ads = [*self._ads[1 - _WINDOW_DAYS :], (spend, claimed)]
        orders, lines, refunds = records[ORDERS], records[LINES], records[REFUNDS]
        order = np.argsort(orders["order"], kind="stable")
        place = order[np.searchsorted(orders["order"], lines["order"], sorter=order)]
        shown = orders["received_at"][place] >= 0
        product = world.shelf.product[lines["sku"][shown]]
        self._parcels.append((product, orders["received_at"][place][shown], lines["quantity"][shown]))
        back = refunds.where((refunds["returned_at"] >= 0) & (refunds["sku"] >= 0))
        self._returns.append((world.shelf.product[back["sku"]], back["returned_at"], back["quantity"], back["reason"]))

    def _ad_moves(self, world: World, day: int) -> tuple[dict[int, int], dict[int, bool]]:
        spend = np.sum([one for one, _ in self._ads], axis=0)
        claimed = np.sum([one for _, one in self._ads], axis=0)
        budgets: dict[int, int] = {}
        paused: dict[int, bool] = {}
        for group in world.scene.ad_groups:
            number = group.number
            if number in self._paused_on:
                if day - self._paused_on[number] >= _REST_DAYS:
                    del self._paused_on[number]
                    paused[number] = False
                    self._budget[number] = _PROBE * group.budget_minor
                    budgets[number] = round(self._budget[number])
                continue
            if spend[number] == 0:
                continue
            score = claimed[number] / spend[number] / margin_of(world.shelf, group.store, group.trade).break_even
            held = self._budget.get(number, float(group.budget_minor))
            if score >= _GOOD:
                held = min(held * _RAISE, _MOST * group.budget_minor)
            elif score < _LOSING:
                self._paused_on[number] = day
                paused[number] = True
                continue
            elif score < _POOR:
                held *= _CUT
            else:
                continue
            self._budget[number] = held
            budgets[number] = round(held)
        return budgets, paused

    def _charts_to_mend(self, world: World, day: int) -> tuple[int, ...]:
        """Return products whose reports of parcels and returns so far call for a new size chart."""
        now = (world.start - type(world.start)(1970, 1, 1)).days * _DAY + day * _DAY
        n = world.shelf.products
        delivered, returned, by_size = np.zeros(n), np.zeros(n), np.zeros(n)
        for product, at, quantity in self._parcels:
            np.add.at(delivered, product[at < now], quantity[at < now])
        for product, at, quantity, reason in self._returns:
            seen = at < now
            np.add.at(returned, product[seen], quantity[seen])
            seen = seen & np.isin(reason, _SIZE_REASONS)
            np.add.at(by_size, product[seen], quantity[seen])
        is_bad = (
            (delivered >= _LEAST_UNITS) & (returned >= _RETURN_RATE * delivered) & (by_size >= _SIZE_SHARE * returned)
        )
        found = [product for product in np.flatnonzero(is_bad).tolist() if product not in self._mended]
        self._mended.update(found)
        return tuple(found)
