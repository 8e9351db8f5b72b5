"""Whether visits are known of the stores whose orders stand beside them: events come from some stores only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.catalogue.traffic import visits
from zhanggui.metrics.caveats import Caveat
from zhanggui.metrics.compiler.merge import side_by_side
from zhanggui.metrics.compiler.plan import planned
from zhanggui.metrics.compiler.run import run_scan
from zhanggui.metrics.coverage import PAID, needs_payment
from zhanggui.metrics.model import Leaf, Metric
from zhanggui.metrics.question import Question

VISITS_OF_SOME_STORES = "visits_of_some_stores"

_TEXT = Text(
    "{n} 家店铺有支付订单而没有访问数据（{names}），访客与订单不是同一批店铺；请只看有行为事件的店铺",
    "{n} stores have paid orders and no visits ({names}), so visitors and orders are of different stores; filter for "
    "the stores that send events",
)
_MOST_NAMES = 3


def visits_of_some_stores(
    ledger: Ledger, question: Question, metrics: Sequence[Metric], leaves: Sequence[Leaf]
) -> Iterator[Caveat]:
    """Give a warning for each metric of visits that stands beside orders of stores without any visit.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    question : Question
        A checked question.
    metrics : sequence of Metric
        What it asks.
    leaves : sequence of Sum, Distinct, Lapse or Level
        What is computed for it.
    """
    if not (any(map(_is_of_visits, leaves)) and any(map(needs_payment, leaves))):
        return
    names = _stores_without_visits(ledger, question)
    if not names:
        return
    named = {
        "n": len(names),
        "names": ", ".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else ""),
    }
    for metric in metrics:
        if any(map(_is_of_visits, metric.leaves())):
            yield Caveat(VISITS_OF_SOME_STORES, metric.name, _TEXT.zh.format(**named), _TEXT.en.format(**named))


def _is_of_visits(leaf: Leaf) -> bool:
    return leaf.table == visits.table


def _stores_without_visits(ledger: Ledger, question: Question) -> list[str]:
    plan = planned(question, (visits, PAID), by=("shop",))
    values: Mapping[str, object] = {**plan.values, "date_from": question.date_from, "date_to": question.date_to}
    rows = side_by_side((run_scan(ledger, scan, values) for scan in plan.scans), (visits.name, PAID.name)).to_pylist()
    return sorted(str(row["shop"]) for row in rows if row[PAID.name] and not row[visits.name])
