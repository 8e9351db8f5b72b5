"""Where faults may be planted: parts of the shop, each with its ordinary daily figure and what it can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from zhanggui.simulate.options import Platform
from zhanggui.simulate.plants import volumes
from zhanggui.simulate.plants.volumes import Usual, Volumes
from zhanggui.simulate.records import Step
from zhanggui.simulate.sale.prices import PRICE_LEVELS
from zhanggui.simulate.scene.ads import AVERAGE_FRESHNESS, SEASON_OF_BUDGETS, AdGroup
from zhanggui.simulate.service.reviews import WRITES
from zhanggui.simulate.stores import CARRIERS, CHANNEL_OF, CHANNELS, REGIONS, STORES, WAREHOUSES


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the shop in which a fault may be planted.

    Attributes
    ----------
    at : mapping of str to int
        Dimension to number; empty for the whole company.
    names : mapping of str to str
        The same in words.
    usual : Usual
        Its ordinary daily figure.
    most : float
        The largest change that can be planted, in the figure's unit.
    least : float
        The smallest change that makes the fault what it is called.
    skus : tuple of int
        What is touched, where goods are.
    group : AdGroup or None
        The ad group, where it is one.
    """

    at: Mapping[str, int]
    names: Mapping[str, str]
    usual: Usual
    most: float
    least: float = 0.0
    skus: tuple[int, ...] = ()
    group: AdGroup | None = None


Places = Callable[[Volumes], Iterator[Segment]]


def store_orders(share: float = 1.0) -> Places:
    """Give the orders of each store, or this share of them."""

    def found(of: Volumes) -> Iterator[Segment]:
        for store in of.stores:
            usual = volumes.count(of.orders(store.number) * share)
            yield Segment({"store": store.number}, {"store": store.name}, usual, 0.95 * usual.expected)

    return found


def store_region_orders(of: Volumes) -> Iterator[Segment]:
    """Give the orders of each store and region, then of whole regions."""
    for store in of.stores:
        for region, name in enumerate(REGIONS):
            usual = volumes.count(of.orders(store.number, region))
            at = {"store": store.number, "region": region}
            yield Segment(at, {"store": store.name, "region": name}, usual, 0.95 * usual.expected)
    for region, name in enumerate(REGIONS):
        usual = volumes.count(of.orders(region=region))
        yield Segment({"region": region}, {"region": name}, usual, 0.95 * usual.expected)


def own_purchases(of: Volumes) -> Iterator[Segment]:
    """Give the purchases on the own site."""
    store = of.own_site()
    if store is not None:
        usual = volumes.count(of.orders(store))
        names = {"store": next(each.name for each in of.stores if each.number == store)}
        yield Segment({"store": store}, names, usual, 0.95 * usual.expected)


def own_sessions(of: Volumes) -> Iterator[Segment]:
    """Give the sessions of the own site by channel."""
    store = of.own_site()
    if store is None:
        return
    for code in ("search", "direct", "feed_ads", "xiaohongshu"):
        channel = CHANNEL_OF[code]
        n = of.visitors(store, channel) * volumes.SESSIONS_PER_VISITOR[code]
        usual = volumes.count(n) if code != "xiaohongshu" else Usual(n, volumes.NOTE_TO_NOTE * n)
        yield Segment({"channel": channel}, {"channel": CHANNELS[channel].label}, usual, 4.0 * usual.expected)


def own_steps(of: Volumes) -> Iterator[Segment]:
    """Give the steps of the own site."""
    store = of.own_site()
    if store is None:
        return
    for step, per_order in ((Step.CART_ADD, 4.1), (Step.CHECKOUT, 1.77), (Step.PAYMENT, 1.23)):
        usual = volumes.count(of.orders(store) * per_order)
        yield Segment({"step": int(step)}, {"step": step.name.lower()}, usual, 0.95 * usual.expected)


def channel_visitors(of: Volumes) -> Iterator[Segment]:
    """Give the visitors of each store from search and feed."""
    for store in of.stores:
        for code in ("search", "recommend"):
            channel = CHANNELS[CHANNEL_OF[code]]
            usual = volumes.count(of.visitors(store.number, channel.number))
            at = {"store": store.number, "channel": channel.number}
            yield Segment(at, {"store": store.name, "channel": channel.label}, usual, 0.95 * usual.expected)


def hit_units(of: Volumes) -> Iterator[Segment]:
    """Give every hit, and then the hits of one supplier together: a supplier fails for all it delivers."""
    for product in of.hits():
        yield _goods_segment(of, (product,), {"product": product}, of.shelf.title(product))
    for supplier in range(len(of.shelf.suppliers)):
        hits = [each for each in of.hits(n=60) if int(of.shelf.supplier[of.skus([each])[0]]) == supplier]
        for n in (2, 3, 5, 8):
            if len(hits) >= n:
                yield _goods_segment(
                    of, tuple(hits[:n]), {"supplier": supplier}, of.shelf.suppliers[supplier].name, "supplier"
                )


def _goods_segment(
    of: Volumes, products: tuple[int, ...], at: dict[str, int], name: str, dimension: str = "product"
) -> Segment:
    usual = volumes.count(sum(of.units(product) for product in products))
    return Segment(at, {dimension: name}, usual, usual.expected, skus=tuple(of.skus(products)))


def store_product_units(of: Volumes) -> Iterator[Segment]:
    """Give the units of each store's hits."""
    for store in of.stores:
        for product in of.hits(store.number, 6):
            usual = volumes.count(of.units(product, store.number))
            names = {"store": store.name, "product": of.shelf.title(product)}
            yield Segment({"store": store.number, "product": product}, names, usual, usual.expected)


def prices(of: Volumes) -> Iterator[Segment]:
    """Give the price of a SKU of each store's hits."""
    for store in of.stores:
        for product in of.hits(store.number, 25):
            sku = of.skus([product])[0]
            price = float(of.shelf.list_minor[sku]) * PRICE_LEVELS.get(store.platform, 1.0)
            cost = float(of.shelf.cost_minor[sku])
            usual = Usual(price, volumes.PRICE_SPREAD * price)
            names = {"store": store.name, "sku": of.shelf.merchant_code(sku)}
            at = {"store": store.number, "sku": sku}
            yield Segment(at, names, usual, 0.95 * price, least=price - 0.97 * cost, skus=(sku,))


def refunds(of: Volumes) -> Iterator[Segment]:
    """Give products whose refunds can rise so far, then whole stores."""
    for product in of.hits(n=25):
        sold = of.units(product) / volumes.UNITS_PER_LINE
        trade = int(of.shelf.trade[of.shelf.first_sku[product]])
        usual = volumes.count(sold * volumes.LINE_REFUND_SHARES[trade])
        yield Segment({"product": product}, {"product": of.shelf.title(product)}, usual, 0.6 * sold)
    for store in of.stores:
        sold = of.orders(store.number)
        usual = volumes.count(sold * volumes.REFUND_SHARES[store.number])
        yield Segment({"store": store.number}, {"store": store.name}, usual, 0.6 * sold)


def bad_reviews(of: Volumes) -> Iterator[Segment]:
    """Give the bad reviews of hits."""
    for product in of.hits(n=25):
        written = of.units(product) / volumes.UNITS_PER_LINE * WRITES
        usual = volumes.count(volumes.BAD_SHARE * written)
        yield Segment({"product": product}, {"product": of.shelf.title(product)}, usual, 0.7 * written)


def coupon_money(of: Volumes) -> Iterator[Segment]:
    """Give what the coupons of stores take off that hand out few others and sell little live."""
    for store in of.stores:
        if store.platform in (Platform.TAOBAO, Platform.JD, Platform.PINDUODUO):
            n = of.orders(store.number)
            usual = Usual(n * volumes.COUPON_MINOR, volumes.COUPON_SPREAD_MINOR * n**0.5)
            yield Segment({"store": store.number}, {"store": store.name}, usual, 4.0 * usual.expected)


def region_parcels(of: Volumes) -> Iterator[Segment]:
    """Give the parcels of each region."""
    for region, name in enumerate(REGIONS):
        n, spread = of.orders(region=region), volumes.ROAD_SPREAD_HOURS[region]
        usual = volumes.average(volumes.ROAD_HOURS[region], spread, n)
        yield Segment({"region": region}, {"region": name}, usual, 200.0)


def carrier_parcels(of: Volumes) -> Iterator[Segment]:
    """Give the parcels of each carrier."""
    for carrier, name in enumerate(CARRIERS):
        n, spread = of.orders() * volumes.CARRIER_SHARES[carrier], volumes.CARRIER_SPREAD_HOURS[carrier]
        usual = volumes.average(volumes.CARRIER_HOURS[carrier], spread, n)
        yield Segment({"carrier": carrier}, {"carrier": name}, usual, 200.0)


def warehouse_parcels(of: Volumes) -> Iterator[Segment]:
    """Give the parcels of each warehouse."""
    for warehouse, name in enumerate(WAREHOUSES):
        usual = volumes.average(volumes.HANDLING_HOURS, volumes.HANDLING_SPREAD_HOURS, of.warehouse_orders(warehouse))
        yield Segment({"warehouse": warehouse}, {"warehouse": name}, usual, 150.0)


def replies(of: Volumes) -> Iterator[Segment]:
    """Give the answers of each store."""
    for store in of.stores:
        n = of.orders(store.number) * volumes.TICKET_SHARE
        usual = volumes.average(volumes.REPLY_MINUTES, volumes.REPLY_SPREAD_MINUTES, n)
        yield Segment({"store": store.number}, {"store": store.name}, usual, 400.0)


def deliveries(of: Volumes) -> Iterator[Segment]:
    """Give the deliveries of each supplier."""
    for number, supplier in enumerate(of.shelf.suppliers):
        usual = Usual(supplier.lead_days, max(supplier.lead_spread_days, 1.0))
        yield Segment({"supplier": number}, {"supplier": supplier.name}, usual, 60.0)


def ad_clicks(of: Volumes) -> Iterator[Segment]:
    """Give the clicks per impression of each ad group."""
    for group in of.ad_groups:
        # Tired creatives stand beside new ones.
        rate = group.click_rate * AVERAGE_FRESHNESS
        usual = volumes.per_click(rate, of.clicks(group))
        yield Segment({"ad_group": group.number}, {"ad_group": group.name}, usual, 0.9 * usual.expected)


def ad_costs(of: Volumes) -> Iterator[Segment]:
    """Give the cost per click of each ad group."""
    for group in of.ad_groups:
        cost = group.budget_minor / max(of.clicks(group), 1e-9)
        usual = volumes.per_click(cost, of.clicks(group))
        yield Segment({"ad_group": group.number}, {"ad_group": group.name}, usual, 3.0 * cost, group=group)


def ad_spend(of: Volumes) -> Iterator[Segment]:
    """Give the spend of each ad group."""
    for group in of.ad_groups:
        spend = group.budget_minor * volumes.DELIVERED * of.traffic(group.store) ** SEASON_OF_BUDGETS
        usual = Usual(spend, volumes.AD_SPREAD * spend)
        yield Segment({"ad_group": group.number}, {"ad_group": group.name}, usual, 3.0 * usual.expected)


def declared_buyers(of: Volumes) -> Iterator[Segment]:
    """Give the buyers that platforms declare of each store."""
    for segment in store_orders()(of):
        if STORES[segment.at["store"]].platform in (Platform.TAOBAO, Platform.TMALL, Platform.JD):
            yield segment


def settlement_lines(of: Volumes) -> Iterator[Segment]:
    """Give the lines of the ledger of each store."""
    for store in of.stores:
        if store.platform is Platform.OWN_SITE:
            continue
        usual = volumes.count(of.orders(store.number) * 2.2)
        yield Segment({"store": store.number}, {"store": store.name}, usual, usual.expected)
