"""Ways through the site as an answer for programs."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.paths import (
    DEEPEST,
    DEPTH,
    IDLE_MINUTES,
    PathsFound,
    flow_of,
    paths_of,
    place_label,
    place_rows,
    search_terms,
)
from zhanggui.understand.traffic.scene import silent_said
from zhanggui.understand.view import Pairs, View, last_in, view_from_pairs

MOST_TERMS = 100


class PathNode(BaseModel):
    """One place of the graph; `profit_lost` is what those who left there without an order would have left."""

    node: str
    label: Text
    visits: int
    entries: int
    exits: int
    exit_share: float | None
    loops: int
    lost: int
    profit_lost: float | None
    dwell_median_seconds: float | None
    dwell_p90_seconds: float | None
    buyers_share: float | None
    others_share: float | None


class PathEdge(BaseModel):
    """How often one place followed another; source null: the visit began there, target null: it ended."""

    source: str | None
    target: str | None
    n: int
    n_buying: int


class FlowBand(BaseModel):
    """How many visits went from one place to the next in one step; target null: no further."""

    step: int
    source: str
    target: str | None
    n: int


class TermAnswer(BaseModel):
    """One search word."""

    term: str
    visits: int
    cart_rate: float
    order_rate: float


class PathsAnswer(BaseModel):
    """The ways of the visits of some days."""

    date_from: date
    date_to: date
    visits: int
    buying_visits: int
    idle_cap_minutes: int
    nodes: tuple[PathNode, ...]
    edges: tuple[PathEdge, ...]
    from_node: str | None
    direction: Literal["forward", "back"]
    flow: tuple[FlowBand, ...]
    search_terms: tuple[TermAnswer, ...]
    profit_per_order: float | None
    currency: str | None
    evidence: Literal["estimated"] = "estimated"
    warnings: tuple[Text, ...]


def paths_of_pairs(desk: Desk, pairs: Pairs) -> PathsAnswer:
    """Return paths as ``zhanggui traffic paths --json`` prints them; ``node``, ``back`` and ``depth`` say what flows.

    Raises
    ------
    BadChoiceError, BadFilterError
        A word or number that cannot be.
    """
    text = last_in(pairs, "depth") or str(DEPTH)
    if not text.isdecimal() or not 1 <= int(text) <= DEEPEST:
        raise BadFilterError(f"depth={text}", why=f"is no number of steps from 1 to {DEEPEST}")
    direction = last_in(pairs, "direction") or "forward"
    if direction not in ("forward", "back"):
        raise BadChoiceError(direction, where="direction", allowed=("forward", "back"))
    node = last_in(pairs, "node")
    if direction == "back" and node is None:
        raise BadFilterError("direction=back", why="needs a node to look back from")
    return paths_answer(desk, view_from_pairs(pairs), node=node, backwards=direction == "back", depth=int(text))


def paths_answer(desk: Desk, view: View, *, node: str | None, backwards: bool, depth: int) -> PathsAnswer:
    """Return the graph, the flow from a place, and the search words."""
    found = paths_of(desk, view)
    flow = flow_of(desk, view, node=node, backwards=backwards, depth=depth)
    return PathsAnswer(
        date_from=found.scene.first,
        date_to=found.scene.last,
        visits=found.n_visits,
        buying_visits=found.n_buying,
        idle_cap_minutes=IDLE_MINUTES,
        nodes=path_nodes(found),
        edges=_edges(found),
        from_node=node,
        direction="back" if backwards else "forward",
        flow=tuple(FlowBand(step=band.step, source=band.source, target=band.target, n=band.n) for band in flow),
        search_terms=tuple(
            TermAnswer(
                term=row.term,
                visits=row.visits,
                cart_rate=row.carted / row.visits,
                order_rate=row.bought / row.visits,
            )
            for row in search_terms(desk, view)[:MOST_TERMS]
        ),
        profit_per_order=found.worth.profit,
        currency=found.worth.currency,
        warnings=silent_said(found.scene),
    )


def path_nodes(found: PathsFound) -> tuple[PathNode, ...]:
    """Return the places, the one where leaving costs most first."""
    return tuple(
        PathNode(
            node=row.key,
            label=place_label(row.key),
            visits=row.visits,
            entries=row.entries,
            exits=row.exits,
            exit_share=row.exits / row.visits if row.visits else None,
            loops=row.loops,
            lost=row.lost,
            profit_lost=row.profit_lost,
            dwell_median_seconds=row.median_seconds,
            dwell_p90_seconds=row.p90_seconds,
            buyers_share=row.buyers_share,
            others_share=row.others_share,
        )
        for row in place_rows(found)
    )


def _edges(found: PathsFound) -> tuple[PathEdge, ...]:
    """Return what followed what, the most frequent first."""
    steps, keys = found.steps, (*found.keys, None, None)
    pairs = [(int(source), int(target)) for source, target in np.argwhere(steps)]
    pairs.sort(key=lambda pair: (-steps[pair], pair))
    return tuple(
        PathEdge(
            source=keys[source],
            target=keys[target],
            n=int(steps[source, target]),
            n_buying=int(found.ways.edges[1, source, target]),
        )
        for source, target in pairs
    )
