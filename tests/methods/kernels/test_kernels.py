"""Each kernel against SQL over the same random log."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.methods.kernels.made_logs import MOST_PEOPLE, N_PLACES, Log, log_of, logs

from zhanggui.methods.kernels import (
    ENTRY,
    EXIT,
    OrderedFunnel,
    Retention,
    first_out_of_order,
    flow_from,
    flow_to,
    touches_before,
    ways_through,
)

FEW = settings(max_examples=25, deadline=None)


def reached(log: Log, window: int, cut: int) -> list[int]:
    """Return how far each person got in the order of the places 0, 1, 2, read in two parts."""
    funnel = OrderedFunnel(MOST_PEOPLE, 3, window=window)
    for part in (log.between(0, cut), log.between(cut, 100)):
        funnel.read(part.who, part.at, (1 << part.what).astype(np.uint16))
    return [int(steps) for steps in funnel.result().reached]


@FEW
@given(logs, st.integers(0, 13), st.integers(0, 13))
def test_a_funnel_in_two_parts_is_what_joins_over_the_whole_log_find(log: Log, window: int, cut: int) -> None:
    rows = log.ask(
        """
        with a as (select who, pos, moment from e where what = 0),
        b as (select a.*, min(e.pos) pb from a left join e
              on e.who = a.who and e.pos > a.pos and e.what = 1 and e.moment - a.moment <= $window group by all),
        c as (select b.*, min(e.pos) pc from b left join e
              on e.who = b.who and e.pos > b.pb and e.what = 2 and e.moment - b.moment <= $window group by all)
        select who, max(case when pc is not null then 3 when pb is not null then 2 else 1 end) from c group by who
        """,
        window=window,
    )
    found = {who: steps for who, steps in rows}  # noqa: C416  # pairs, which a tuple of any length is not said to be
    assert reached(log, window, cut) == [found.get(who, 0) for who in range(MOST_PEOPLE)]


@FEW
@given(logs, st.integers(0, 13), st.lists(st.booleans(), min_size=30, max_size=30))
def test_a_step_ahead_of_an_event_is_what_an_event_of_its_own_just_before_it_would_be(
    log: Log, window: int, begins: list[bool]
) -> None:
    begin = np.array(begins[: log.who.size], bool)
    ahead = OrderedFunnel(MOST_PEOPLE, 4, window=window, ahead=0b1001)
    ahead.read(log.who, log.at, ((2 << log.what) & 0b110 | np.where(begin, 0b1001, 0)).astype(np.uint16))
    rows = np.repeat(np.arange(log.who.size), 1 + begin)
    is_begin = np.append(rows[1:] == rows[:-1], False)[: rows.size]
    bits = np.where(is_begin, 0b1001, (2 << log.what[rows]) & 0b110).astype(np.uint16)
    apart = OrderedFunnel(MOST_PEOPLE, 4, window=window)
    apart.read(log.who[rows], log.at[rows], bits)
    found, wanted = ahead.result(), apart.result()
    assert found.reached.tolist() == wanted.reached.tolist()
    assert [found.gaps_to(step).tolist() for step in range(4)] == [wanted.gaps_to(step).tolist() for step in range(4)]


def test_a_later_start_that_still_fits_the_window_counts_and_the_times_between_are_its_own() -> None:
    # Starts at 0 and at 6; the second step at 9 is 3 after the later start, so 15 is within 10 of it.
    funnel = OrderedFunnel(1, 3, window=10)
    funnel.read(np.zeros(4, np.int32), np.array([0, 6, 9, 15]), np.array([1, 1, 2, 4], np.uint16))
    assert funnel.result().reached.tolist() == [3]
    found = funnel.result()
    assert [found.gaps_to(step).tolist() for step in range(3)] == [[], [3], [6]]


def test_one_event_of_two_kinds_is_one_step_and_a_funnel_of_no_steps_is_refused() -> None:
    funnel = OrderedFunnel(1, 2)
    funnel.read(np.zeros(1, np.int32), np.array([0]), np.array([3], np.uint16))
    assert funnel.result().counts().tolist() == [1, 0]
    with pytest.raises(ValueError, match="1 to 16 steps, not 0"):
        OrderedFunnel(1, 0)


@FEW
@given(logs)
def test_ways_through_visits_are_what_windows_find(log: Log) -> None:
    is_buyer = np.array([who % 2 == 1 for who in range(MOST_PEOPLE)])
    ways = ways_through(log.who, log.at, log.what, is_buyer, n_places=N_PLACES, unit=2, cap=3)
    followed = log.ask(
        """
        with n as (select *, lead(what) over w as after, lead(moment) over w as till, lag(what) over w as before from e
                   window w as (partition by who order by pos))
        select who % 2, what, coalesce(after, -1), before is null,
               case when till is null then -1 else least((till - moment) // 2, 3) end from n
        """
    )
    edges = np.zeros_like(ways.edges)
    dwell = np.zeros_like(ways.dwell)
    for group, what, after, is_first, stayed in followed:
        edges[group, what, after if after >= 0 else EXIT] += 1
        edges[group, ENTRY, what] += is_first
        if stayed >= 0:
            dwell[what, stayed] += 1
    seen = log.ask("select who % 2, what, count(distinct who) from e group by all")
    visits = np.zeros_like(ways.visits)
    for group, what, n in seen:
        visits[group, what] = n
    assert (ways.edges == edges).all()
    assert (ways.dwell == dwell).all()
    assert (ways.visits == visits).all()


_FLOWS = """
    with s as (select *, lag(what) over w as before from e window w as (partition by who order by pos)),
    d as (select who, what, row_number() over (partition by who order by pos) as nth from s
          where before is null or before <> what),
    a as (select who, min(nth) as nth from d where what = 1 group by who)
    select j, f.what, coalesce(t.what, $places), count(*) from a cross join range($depth) r(j)
    join d f on f.who = a.who and f.nth = a.nth + $towards * j
    left join d t on t.who = a.who and t.nth = f.nth + $towards group by all
"""


@FEW
@given(logs)
def test_flows_from_and_to_a_place_are_what_joins_find(log: Log) -> None:
    depth = 3
    for towards, flow in ((1, flow_from), (-1, flow_to)):
        rows = log.ask(_FLOWS, places=N_PLACES, depth=depth, towards=towards)
        flows = np.zeros((depth, N_PLACES + 1, N_PLACES + 1), np.int64)
        for j, here, there, n in rows:
            flows[j, here, there] = n
        assert (flow(log.who, log.what, n_places=N_PLACES, depth=depth, anchor=1) == flows).all()


@FEW
@given(logs, logs, st.integers(0, 6))
def test_touches_before_an_order_are_what_a_join_by_time_finds(touches: Log, orders: Log, lookback: int) -> None:
    first, end = touches_before(touches.who, touches.at, orders.who, orders.at, lookback=lookback)
    for order, (who, at) in enumerate(zip(orders.who.tolist(), orders.at.tolist(), strict=True)):
        sql = "select pos from e where who = $who and moment between $first and $last order by pos"
        own = touches.ask(sql, who=who, first=at - lookback, last=at)
        assert list(range(first[order], end[order])) == [pos for (pos,) in own]


@FEW
@given(logs, st.integers(0, 13))
def test_retention_in_two_parts_is_what_a_self_join_finds(log: Log, cut: int) -> None:
    retention = Retention(MOST_PEOPLE, 13)
    for part in (log.between(0, cut), log.between(cut, 100)):
        retention.read(part.who, part.at.astype(np.int32))
    counts = np.zeros((13, 13), np.int64)
    rows = log.ask(
        "with f as (select who, min(moment) as day from e group by who) "
        "select f.day, e.moment - f.day, count(distinct e.who) from f join e using (who) group by all"
    )
    for day, offset, n in rows:
        counts[day, offset] = n
    assert (retention.result() == counts).all()


def test_no_events_are_no_funnel_no_ways_and_no_touches() -> None:
    none = log_of([])
    assert reached(none, 5, 5) == [0, 0, 0, 0]
    ways = ways_through(none.who, none.at, none.what, np.array([], bool), n_places=2, unit=1, cap=1)
    assert (ways + ways).edges.sum() == 0
    assert flow_from(none.who, none.what, n_places=2, depth=1).sum() == 0
    assert touches_before(none.who, none.at, none.who, none.at, lookback=1)[0].size == 0
    assert first_out_of_order(none.who, none.at) == -1
