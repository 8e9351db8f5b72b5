"""Ways through the site as tiles."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.pagespec import ColumnSpec, KpiItem, KpisData, SankeyData, SankeyLink, SankeyNode, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_figures, no_table
from zhanggui.understand.traffic.paths import (
    BROADEST,
    Band,
    flow_of,
    paths_of,
    place_label,
    place_rows,
    search_terms,
)
from zhanggui.understand.traffic.refusals import said_instead
from zhanggui.understand.traffic.scene import silent_said
from zhanggui.understand.view import View

ROWS = 30
_OTHERS, _END = "…", "."

OTHERS = Text("其他", "Others")
LEFT = Text("离开", "Left")
CAME = Text("进站", "Came in")


def slug(key: str) -> str:
    """Return a place as a part of an address.

    Examples
    --------
    >>> slug("/story/*"), key_of(slug("/story/*"))
    ('~story~*', '/story/*')
    """
    return key.replace("/", "~")


def key_of(text: str) -> str:
    """Return the place that a part of an address names."""
    return text.replace("~", "/")


def node_href(key: str) -> str:
    """Return the address of the page about a place."""
    return f"/traffic/path/{slug(key)}"


def drawing(bands: Sequence[Band], *, backwards: bool) -> SankeyData:
    """Return a flow as a drawing: in each step the broadest places, all others as one.

    Examples
    --------
    >>> found = drawing([Band(0, "/", "cart_view", 2), Band(0, "/", None, 1)], backwards=False)
    >>> [(link.source, link.target, link.value) for link in found.links]
    [('0:/', '1:.', 1.0), ('0:/', '1:cart_view', 2.0)]
    """
    deepest = max((band.step for band in bands), default=-1) + 1
    sizes: dict[tuple[int, str], int] = {}
    for band in bands:
        if band.step == 0:
            sizes[0, band.source] = sizes.get((0, band.source), 0) + band.n
        if band.target is not None:
            sizes[band.step + 1, band.target] = sizes.get((band.step + 1, band.target), 0) + band.n
    named: set[tuple[int, str]] = set()
    for step in range(deepest + 1):
        of_step = sorted((-n, key) for (at, key), n in sizes.items() if at == step)
        named |= {(step, key) for _, key in of_step[:BROADEST]}
    links: dict[tuple[str, str], int] = {}
    nodes: dict[str, SankeyNode] = {}

    def node(step: int, key: str | None) -> str:
        short = _END if key is None else key if (step, key) in named else _OTHERS
        depth = deepest - step if backwards else step
        name = f"{step}:{short}"
        label = {_END: CAME if backwards else LEFT, _OTHERS: OTHERS}.get(short) or place_label(short)
        href = None if short in (_END, _OTHERS) else node_href(short)
        nodes.setdefault(
            name, SankeyNode(key=name, label=label, depth=depth, is_end=short in (_END, _OTHERS), href=href)
        )
        return name

    for band in bands:
        pair = (node(band.step, band.source), node(band.step + 1, band.target))
        ordered = (pair[1], pair[0]) if backwards else pair
        links[ordered] = links.get(ordered, 0) + band.n
    into = dict.fromkeys(nodes, 0)
    out = dict.fromkeys(nodes, 0)
    for (source, target), n in links.items():
        out[source] += n
        into[target] += n
    return SankeyData(
        unit="count",
        nodes=tuple(
            one.model_copy(update={"value": max(into[name], out[name])}) for name, one in sorted(nodes.items())
        ),
        links=tuple(SankeyLink(source=source, target=target, value=n) for (source, target), n in sorted(links.items())),
    )


def no_flow(text: Text) -> SankeyData:
    """Return a flow that says why it is empty."""
    return SankeyData(unit="count", nodes=(), links=(), empty=text)


def _figures(desk: Desk, view: View) -> KpisData:
    found = paths_of(desk, view)
    rows = place_rows(found)
    figures: list[tuple[str, Text, str, float | int | None, Text | None, str | None]] = [
        ("path_visits", Text("访问次数", "Visits"), "count", found.n_visits, None, None),
        ("path_buying", Text("下单的访问", "Visits with an order"), "ratio",
         found.n_buying / found.n_visits if found.n_visits else None, Text.same(f"{found.n_buying:,}"), None),
    ]  # fmt: skip
    if rows and rows[0].profit_lost:
        worst, label = rows[0], place_label(rows[0].key)
        figures.append(
            ("path_loss", Text(f"流失最贵：{label.zh}", f"Costliest exit: {label.en}"), "money", worst.profit_lost,
             Text(f"{worst.lost:,} 次访问在这里离开", f"{worst.lost:,} visits left here"), node_href(worst.key))
        )  # fmt: skip
    return KpisData(
        items=tuple(
            KpiItem.model_validate(
                {
                    "metric": name,
                    "label": label,
                    "unit": unit,
                    "value": value,
                    "numerator": base,
                    "href": href,
                    "evidence": "estimated" if unit == "money" else "counted",
                }
            )
            for name, label, unit, value, base, href in figures
        ),
        currency=found.worth.currency,
        warnings=silent_said(found.scene),
    )


def _forward(desk: Desk, view: View) -> SankeyData:
    return drawing(flow_of(desk, view), backwards=False)


def _from_node(desk: Desk, view: View) -> SankeyData:
    return _around(desk, view, backwards=False)


def _to_node(desk: Desk, view: View) -> SankeyData:
    return _around(desk, view, backwards=True)


def _around(desk: Desk, view: View, *, backwards: bool) -> SankeyData:
    key = key_of(view.name)
    try:
        bands = flow_of(desk, view, node=key, backwards=backwards)
    except BadChoiceError:
        return no_flow(Text("这些天没有人到过这里。", "Nobody was here in these days."))
    return drawing(bands, backwards=backwards)


def _places(desk: Desk, view: View) -> TableData:
    found = paths_of(desk, view)
    columns = (
        ColumnSpec(key="place", label=Text("页面 / 动作", "Place")),
        ColumnSpec(key="visits", label=Text("访问", "Visits"), unit="count"),
        ColumnSpec(key="lost", label=Text("在此流失", "Left here"), unit="count",
                   help=Text("在这里结束、没有下单的访问", "visits that ended here without an order")),
        ColumnSpec(key="money", label=Text("流失的利润", "Profit lost"), unit="money", evidence="estimated",
                   help=Text("若像继续走下去的访问那样下单", "had they gone on like the visits that did")),
        ColumnSpec(key="exit", label=Text("退出率", "Exit share"), unit="ratio"),
        ColumnSpec(key="entry", label=Text("进入", "Entries"), unit="count"),
        ColumnSpec(key="loops", label=Text("原地循环", "Loops"), unit="count"),
        ColumnSpec(key="dwell", label=Text("停留中位（分）", "Stay, median"), unit="minutes"),
        ColumnSpec(key="dwell90", label=Text("停留九成", "Stay, 90%"), unit="minutes"),
        ColumnSpec(key="buyers", label=Text("下单的访问经过", "Of visits with order"), unit="ratio"),
        ColumnSpec(key="others", label=Text("未下单的访问经过", "Of the others"), unit="ratio"),
    )  # fmt: skip
    rows = tuple(
        {
            "place": place_label(row.key), "visits": row.visits, "lost": row.lost, "money": row.profit_lost,
            "exit": row.exits / row.visits if row.visits else None, "entry": row.entries, "loops": row.loops,
            "dwell": _minutes(row.median_seconds), "dwell90": _minutes(row.p90_seconds),
            "buyers": row.buyers_share, "others": row.others_share, "_href": node_href(row.key),
        }
        for row in place_rows(found)
    )  # fmt: skip
    return TableData(columns=columns, rows=rows, n_rows=len(rows), currency=found.worth.currency)


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 2)


def _steps(desk: Desk, view: View) -> TableData:
    """Return which place followed which, loops and returns among them."""
    found = paths_of(desk, view)
    n = len(found.keys)
    steps = found.steps[:n, :n]
    pairs = sorted((-int(steps[a, b]), a, b) for a in range(n) for b in range(n) if steps[a, b])[:ROWS]
    columns = (
        ColumnSpec(key="from", label=Text("从", "From")),
        ColumnSpec(key="to", label=Text("到", "To")),
        ColumnSpec(key="n", label=Text("次数", "Times"), unit="count"),
        ColumnSpec(key="back", label=Text("折返次数", "And back"), unit="count"),
    )
    rows = tuple(
        {
            "from": place_label(found.keys[a]),
            "to": place_label(found.keys[b]),
            "n": -size,
            "back": None if a == b else int(steps[b, a]),
        }
        for size, a, b in pairs
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows))


def _terms(desk: Desk, view: View) -> TableData:
    found = search_terms(desk, view)[:ROWS]
    columns = (
        ColumnSpec(key="term", label=Text("搜索词", "Search word")),
        ColumnSpec(key="visits", label=Text("访问", "Visits"), unit="count"),
        ColumnSpec(key="cart", label=Text("加购率", "Cart rate"), unit="ratio"),
        ColumnSpec(key="order", label=Text("下单率", "Order rate"), unit="ratio"),
    )
    rows = tuple(
        {"term": row.term, "visits": row.visits, "cart": row.carted / row.visits, "order": row.bought / row.visits}
        for row in found
    )
    empty = None if rows else Text("这些天没有人用站内搜索。", "Nobody searched the site in these days.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=empty)


paths_figures = said_instead(_figures, no_figures)
paths_forward = said_instead(_forward, no_flow)
paths_places = said_instead(_places, no_table)
paths_steps = said_instead(_steps, no_table)
paths_terms = said_instead(_terms, no_table)
path_from = said_instead(_from_node, no_flow)
path_to = said_instead(_to_node, no_flow)
