"""What ad platforms report of a day: spend as billed, and more orders than the ads brought."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.records import AD_ROWS, ORDERS, REFUNDS, RefundKind
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.ads import CLICKS_PER_VISITOR, AdDay, AdGroup
from zhanggui.simulate.scene.channels import PAID_SHARE
from zhanggui.simulate.stores import STORES


class AdReports:
    """The reports of all ad groups.

    An order that followed a click is claimed with its true amount. On top come orders of people who saw the ad and
    would have bought anyway: `AdGroup.claim` for each true one.

    Parameters
    ----------
    draws : Draws
        Those of the world.
    groups : tuple of AdGroup
        Whose reports.
    promoted : array of int
        SKU that each group shows.
    """

    def __init__(self, draws: Draws, groups: tuple[AdGroup, ...], promoted: Ints) -> None:
        self._draws = draws
        self._groups = groups
        self._promoted = promoted
        self._claim = np.array([group.claim for group in groups])
        self._value = np.full(len(STORES), 150_00.0)

    def rows(self, records: DayRecords, visits: Rows, ads: AdDay) -> Rows:
        """Return the report of a day.

        Parameters
        ----------
        records : DayRecords
            With the orders of the day.
        visits : Rows
            With the visits that the ads brought.
        ads : AdDay
            What was spent.
        """
        day, draws = records.day, self._draws
        store = np.array([group.store for group in self._groups], np.int64)[ads.group]
        n = int(ads.creative.max()) + 1 if ads.creative.size else 0
        brought = visits.where(visits["creative"] != NEVER)
        visitors = np.bincount(brought["creative"], brought["visitors"], n).astype(np.int64)[ads.creative]
        chance = np.zeros(n)
        chance[brought["creative"]] = brought["conversion_ppm"] / 1e6
        true_orders, true_minor, net_minor = self._true(records, ads.creative, n)
        extra_mean = (self._claim[ads.group] - 1) * visitors * chance[ads.creative] * PAID_SHARE
        extra = draws.poisson(extra_mean, "claimed orders", day, ads.creative)
        spread = 0.8 + 0.4 * draws.uniform("claimed value", day, ads.creative)
        extra_minor = np.round(extra * self._value[store] * spread).astype(np.int64)
        kept = 0.85 + 0.1 * draws.uniform("claimed net", day, ads.creative)
        lost = (CLICKS_PER_VISITOR - 1) * visitors.astype(np.float64)
        clicks = visitors + draws.poisson(lost, "lost clicks", day, ads.creative)
        shown_mean = np.maximum(clicks / np.maximum(ads.click_rate, 1e-6) - clicks, 0.0)
        return Rows(
            AD_ROWS,
            day=day,
            store=store,
            campaign=np.array([group.campaign for group in self._groups], np.int64)[ads.group],
            ad_group=ads.group,
            creative=ads.creative,
            sku=self._promoted[ads.group],
            impressions=clicks + draws.poisson(shown_mean, "impressions", day, ads.creative),
            clicks=clicks,
            spend_minor=ads.spend_minor,
            carts=draws.binomial(clicks, 0.09, "ad carts", day, ads.creative) + true_orders,
            favourites=draws.binomial(clicks, 0.05, "ad favourites", day, ads.creative),
            claimed_orders=true_orders + extra,
            claimed_minor=true_minor + extra_minor,
            claimed_net_minor=net_minor + np.floor(extra_minor * kept).astype(np.int64),
            claimed_direct_orders=true_orders,
            claimed_direct_minor=true_minor,
        )

    def _true(self, records: DayRecords, creative: Ints, n: int) -> tuple[Ints, Ints, Ints]:
        """Return number, amount and amount not taken back at once of the paid orders that followed a click."""
        orders = records[ORDERS]
        orders = orders.where(orders["paid_at"] != NEVER)
        self._remember_values(orders)
        clicked = orders.where((orders["creative"] != NEVER) & (orders["creative"] < n))
        refunds = records[REFUNDS]
        early = refunds.where((refunds["kind"] == RefundKind.BEFORE_SHIPPING) & (refunds["refunded_at"] != NEVER))
        back = np.isin(clicked["order"], early["order"])
        place, due = clicked["creative"], clicked["due_minor"]

        def summed(weights: Floats | Ints) -> Ints:
            return np.bincount(place, weights, n).astype(np.int64)[creative]

        return summed(np.ones(place.size)), summed(due), summed(np.where(back, 0, due))

    def _remember_values(self, orders: Rows) -> None:
        """Keep what an order of each store is worth: a moving average."""
        count = np.bincount(orders["store"], minlength=len(STORES))
        total = np.bincount(orders["store"], orders["due_minor"], len(STORES))
        seen = count > 0
        self._value[seen] += 0.2 * (total[seen] / count[seen] - self._value[seen])
