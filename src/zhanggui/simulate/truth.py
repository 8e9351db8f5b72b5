"""The truth about a world, as JSON values by catalogue id: what was planted, and what its accounts hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from zhanggui.simulate.books import COMPANY, Account, Basis, Item, contribution
from zhanggui.simulate.cost_rules import COST_RULES
from zhanggui.simulate.plants.faults import MOST_FAULTS, Fault
from zhanggui.simulate.plants.file_faults import FileFault
from zhanggui.simulate.stores import CHANNELS, STORES

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

TRUTH_NAME = "truth.json"
TRUTH_VERSION = 1

_EPOCH = date(1970, 1, 1)
_DAY = 86_400
_COMPANY_NAME = "公司"


def truth(world: World) -> dict[str, Any]:
    """Return the truth about a world that has lived through its days.

    Parameters
    ----------
    world : World
        As of the midnight after its last day.

    Returns
    -------
    dict
        JSON values. Beside ``world``, keys are catalogue ids: ``M-FIN-01`` holds totals, ``C-MON-04`` the anomalies,
        ``X-01`` to ``X-25`` the worked examples. Money is whole fen.
    """
    as_of = _as_of(world)
    accounts = {basis: world.books.totals(as_of, basis=basis, first_day_of=_month) for basis in Basis}
    return {
        "version": TRUTH_VERSION,
        "world": _about(world),
        "M-FIN-01": _totals(accounts),
        "M-FIN-04": {"rules": [asdict(rule) for rule in COST_RULES], **_profit(accounts[Basis.PAYMENT])},
        "M-TRAFFIC-07": _channels(world),
        "M-CONV-08": _funnel(world),
        "M-MKT-02": _ads(world),
        "M-GOODS-02": _goods(world),
        "C-GOODS-08": _size_charts(world),
        "C-GOODS-03": _pairs(world),
        "C-EXP-01": _experiments(world),
        "C-MON-04": _faults(world),
        "M-CUST-03": world.plan.returners(world.people),
        **world.plan.told(world.people),
    }


def truth_text(world: World) -> str:
    """Return the truth as the text of a JSON file: the same bytes for the same world."""
    return json.dumps(truth(world), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _about(world: World) -> dict[str, Any]:
    options = world.options
    return {
        "seed": options.seed,
        "start": options.start.isoformat(),
        "end": options.end.isoformat(),
        "days": options.days,
        "orders_per_day": options.orders_per_day,
        "as_of": (options.end + timedelta(days=1)).isoformat(),
        "trades": [trade.value for trade in options.trades],
        "stores": [
            {"number": s.number, "name": s.name, "platform": s.platform.value, "trades": [t.value for t in s.trades]}
            for s in world.stores
        ],
        "day_0_is": options.start.isoformat(),
        "simulated": True,
    }


def _as_of(world: World) -> int:
    return (world.options.end + timedelta(days=1) - _EPOCH).days * _DAY


def _month(day: int) -> int:
    on = _EPOCH + timedelta(days=day)
    return (on.replace(day=1) - _EPOCH).days


def _store_name(number: int) -> str:
    return _COMPANY_NAME if number == COMPANY else STORES[number].name


def _named(amounts: Mapping[Item, int]) -> dict[str, int]:
    return {item.name.lower(): amounts[item] for item in Item if amounts.get(item)}


def _row(account: Account) -> dict[str, Any]:
    return {
        "store": _store_name(account.store),
        "kind": account.kind.name.lower(),
        "month": (_EPOCH + timedelta(days=account.first_day)).isoformat()[:7],
        "amounts": _named(account.amounts),
    }


def _totals(accounts: Mapping[Basis, tuple[Account, ...]]) -> dict[str, Any]:
    """Return the totals of each store, kind of order and month on both bases."""
    return {
        "basis": {
            "payment": "付款口径：订单的一切归于付款日，未付的归于下单日",
            "moment": "发生口径：一切归于发生的那一天",
        },
        "totals": {basis.value: [_row(account) for account in found] for basis, found in accounts.items()},
    }


def _profit(accounts: tuple[Account, ...]) -> dict[str, Any]:
    return {
        "contribution_minor": [
            {
                "store": _store_name(account.store),
                "kind": account.kind.name.lower(),
                "month": (_EPOCH + timedelta(days=account.first_day)).isoformat()[:7],
                "amount_minor": account.contribution_minor,
            }
            for account in accounts
        ]
    }


def _channels(world: World) -> dict[str, Any]:
    visitors = world.plan.visitors_by_channel()
    rows = []
    for (store, channel), amounts in sorted(world.books.channels(_as_of(world)).items()):
        rows.append(
            {
                "store": _store_name(store),
                "channel": CHANNELS[channel].label if channel >= 0 else "",
                "code": CHANNELS[channel].code if channel >= 0 else "",
                "visitors": visitors.get((store, channel), 0),
                "contribution_minor": contribution(amounts),
                "amounts": _named(amounts),
            }
        )
    return {"channels": rows}


def _funnel(world: World) -> dict[str, Any]:
    rates = world.scene.funnel.rates()
    if not rates:
        return {"planted": False, "reason": {"zh": "没有自营商城", "en": "the world has no own site"}}
    return {
        "planted": True,
        "pass_rates": {trade: {step: round(rate, 6) for step, rate in steps.items()} for trade, steps in rates.items()},
        "worst_step": {trade: min(steps, key=lambda step: steps[step]) for trade, steps in rates.items()},
    }


def _ads(world: World) -> dict[str, Any]:
    spend = world.plan.spend_by_group()
    return {
        "curve": "visitors = most_visitors * e / (half_minor + e), e = effective spend + carry * e of the day before",
        "ad_groups": [
            {
                "name": group.name,
                "store": _store_name(group.store),
                "channel": CHANNELS[group.channel].code,
                "budget_minor": group.budget_minor,
                "most_visitors": round(group.most_visitors, 3),
                "half_minor": round(group.half_minor, 1),
                "carry": round(group.carry, 4),
                "incremental_share": round(group.incremental, 4),
                "claimed_per_order": round(group.claim, 4),
                "spend_minor": int(spend[group.number]),
            }
            for group in world.scene.ad_groups
        ],
    }


def _goods(world: World) -> dict[str, Any]:
    totals: dict[int, dict[Item, int]] = {}
    for (_, sku), amounts in world.books.skus(_as_of(world)).items():
        held = totals.setdefault(sku, {})
        for item, amount in amounts.items():
            held[item] = held.get(item, 0) + amount
    return {
        "skus": [
            {"merchant_code": world.shelf.merchant_code(sku), "amounts": _named(totals[sku])} for sku in sorted(totals)
        ]
    }


def _size_charts(world: World) -> dict[str, Any]:
    shelf = world.shelf
    return {
        "wrong_size_charts": [
            {
                "product": shelf.title(product),
                "merchant_code": shelf.product_code(product),
                "runs": "large" if shelf.size_shift[product] > 0 else "small",
            }
            for product in np.flatnonzero(shelf.size_fault).tolist()
        ]
    }


def _pairs(world: World) -> dict[str, Any]:
    pairs, shelf = world.shelf.complements, world.shelf
    return {
        "complements": [
            {"from": shelf.product_code(a), "to": shelf.product_code(b), "chance": round(chance, 4)}
            for a, b, chance in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.strength.tolist(), strict=True)
        ]
    }


def _experiments(world: World) -> dict[str, Any]:
    return {
        "experiments": [
            {
                "number": one.number,
                "name": one.name,
                "example": one.example,
                "store": _store_name(one.store),
                "audience": one.audience.value,
                "first_day": one.first_day,
                "last_day": one.last_day,
                "window_days": one.window_days,
                "share": one.share,
                "arms": [
                    {
                        "name": arm.name,
                        "weight": arm.weight,
                        "click": arm.click,
                        "order": arm.order,
                        "complaint": arm.complaint,
                        "order_share": arm.order_share,
                        "coupon": {"least_minor": arm.least_minor, "value_minor": arm.value_minor, "hours": arm.hours},
                    }
                    for arm in one.arms
                ],
            }
            for one in world.plan.experiments
        ]
    }


def _faults(world: World) -> dict[str, Any]:
    faults = world.plan.faults
    in_files = {fault.id: fault for fault in world.plan.file_faults}
    n = len(faults)
    return {
        "wanted": MOST_FAULTS,
        "planted": n,
        "reason": {"zh": "全部植入", "en": "all planted"}
        if n == MOST_FAULTS
        else {
            "zh": f"天数或单量只容得下 {n} 个互不重叠、足够大的异常",
            "en": f"the days and orders hold only {n} that neither meet nor drown",
        },
        "anomalies": [_fault(world, fault, in_files.get(fault.id)) for fault in faults],
    }


def _fault(world: World, fault: Fault, in_file: FileFault | None) -> dict[str, Any]:
    start = world.options.start
    return {
        "id": fault.id,
        "kind": fault.kind,
        "group": fault.group.value,
        "metric": fault.metric,
        "segment": dict(fault.names),
        "first_date": (start + timedelta(days=fault.first_day)).isoformat(),
        "last_date": (start + timedelta(days=fault.last_day)).isoformat(),
        "sigma": fault.sigma,
        "expected": fault.expected,
        "deviation": fault.deviation,
        "change": fault.change,
        "cause": {"zh": fault.cause_zh, "en": fault.cause_en},
        "file": None
        if in_file is None
        else {"dataset": in_file.dataset, "store": _store_name(in_file.store), "n_rows": in_file.n_rows},
    }
