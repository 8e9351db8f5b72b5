"""Ways and journeys over a handful of visits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.understand.traffic.made_visits import DAY, site, way

from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.journey import journey_events, journey_of, journey_orders, journey_visits
from zhanggui.understand.traffic.paths import Band, flow_of, paths_of, place_rows, search_terms
from zhanggui.understand.traffic.paths_answer import paths_of_pairs
from zhanggui.understand.traffic.paths_desk import drawing, path_from, path_to, paths_forward, paths_places
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.view import View

VISITS = [
    # Looks, goes back and looks again, buys.
    *way("buys", 0, "page_view", "product_view", "page_view", "product_view", "purchase"),
    *way("leaves", 10, "page_view", "product_view"),
    *way("waits", 20, "search", search_term="伞"),
    # Comes back eleven minutes later: the page was not looked at all that time.
    *way("waits", 31, "product_view"),
    *way("later", 2 * DAY, "product_view", "product_view", user_key="u", utm_source="wecom", utm_campaign="九月"),
    *way("later", 5 * DAY, "identify", "purchase", user_key="u"),
]
EVERY = View()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with site(tmp_path_factory.mktemp("site") / "shop", VISITS) as opened:
        yield opened


def test_the_graph_has_loops_ends_and_the_difference_between_buyers_and_others(desk: Desk) -> None:
    found = paths_of(desk, EVERY)
    rows = {row.key: row for row in place_rows(found)}
    assert (found.n_visits, found.n_buying) == (5, 2)
    product, page = rows["product_view"], rows["/page_view"]
    # Seen in buys, leaves, waits and later; the last three ended there.
    assert (product.visits, product.exits, product.lost, product.entries, product.loops) == (4, 3, 3, 1, 1)
    assert (page.visits, page.entries, page.exits) == (2, 2, 0)
    # Of two visits with an order one saw it, of three without all did.
    assert (product.buyers_share, product.others_share) == (1 / 2, 1.0)
    assert "identify" not in rows


def test_a_page_that_stays_open_counts_as_ten_minutes(desk: Desk) -> None:
    rows = {row.key: row for row in place_rows(paths_of(desk, EVERY))}
    assert rows["search"].median_seconds == 600
    assert rows["/page_view"].p90_seconds == 60
    assert rows["purchase"].median_seconds is None


def test_flows_lead_from_the_beginning_from_a_place_and_back_from_it(desk: Desk) -> None:
    first = {(band.source, band.target): band.n for band in flow_of(desk, EVERY, depth=1)}
    assert first == {
        ("/page_view", "product_view"): 2,
        ("search", "product_view"): 1,
        ("product_view", None): 1,
        ("purchase", None): 1,
    }
    back = flow_of(desk, EVERY, node="purchase", backwards=True, depth=2)
    assert back == (
        Band(0, "purchase", "product_view", 1),
        Band(0, "purchase", None, 1),
        Band(1, "product_view", "/page_view", 1),
    )
    with pytest.raises(BadChoiceError, match="nowhere"):
        flow_of(desk, EVERY, node="nowhere")


def test_of_a_drawing_as_much_goes_on_as_came_and_small_places_are_one() -> None:
    bands = [Band(0, "/", f"p{n}", n) for n in range(1, 12)] + [Band(1, f"p{n}", None, n) for n in range(1, 12)]
    found = drawing(bands, backwards=False)
    values = {node.key: node.value for node in found.nodes}
    # 1 + 2 + 3 + 4 are in the four smallest of eleven places.
    assert (values["0:/"], values["1:…"], values["2:."]) == (66, 10, 66)
    depth = {node.key: node.depth for node in found.nodes}
    assert all(depth[link.target] == depth[link.source] + 1 for link in found.links)
    backwards = drawing(bands, backwards=True)
    depth = {node.key: node.depth for node in backwards.nodes}
    assert all(depth[link.target] == depth[link.source] + 1 for link in backwards.links)


def test_search_words_say_what_came_of_them(desk: Desk) -> None:
    assert [(row.term, row.visits, row.carted, row.bought) for row in search_terms(desk, EVERY)] == [("伞", 1, 0, 0)]


def test_one_order_opens_to_every_visit_of_its_buyer(desk: Desk) -> None:
    found = journey_of(desk, "o-later")
    assert [(visit.channel, visit.campaign, visit.is_ordering) for visit in found.visits] == [
        ("group_chat", "九月", False),
        ("direct", None, True),
    ]
    assert [one.event for one in found.events] == ["product_view", "product_view", "identify", "purchase"]
    # The order came a minute after the visit began, three days after the first.
    assert found.days_to_convert == pytest.approx(3 + 1 / DAY)
    assert len(journey_visits(desk, View(name="o-later")).rows) == 2
    assert len(journey_events(desk, View(name="o-later")).rows) == 4
    assert [row["order"] for row in journey_orders(desk, EVERY).rows] == ["o-later", "o-buys"]


def test_an_order_that_nobody_knows_is_refused(desk: Desk) -> None:
    with pytest.raises(ThinTrafficError, match="no order x"):
        journey_of(desk, "x")
    assert journey_visits(desk, View(name="x")).empty is not None


def test_the_answer_holds_graph_and_flow_and_refuses_what_cannot_be(desk: Desk) -> None:
    answer = paths_of_pairs(desk, [("node", "product_view"), ("depth", "1")])
    assert sum(edge.n for edge in answer.edges if edge.source is None) == answer.visits == 5
    assert sum(edge.n for edge in answer.edges if edge.target is None) == 5
    assert {band.source for band in answer.flow} == {"product_view"}
    for pairs in ([("direction", "back")], [("depth", "9")]):
        with pytest.raises(BadFilterError):
            paths_of_pairs(desk, pairs)
    with pytest.raises(BadChoiceError):
        paths_of_pairs(desk, [("direction", "up")])


def test_tiles_draw_it_and_an_empty_shop_says_why(desk: Desk, tmp_path: Path) -> None:
    assert paths_forward(desk, EVERY).links
    assert path_from(desk, View(name="product_view")).links
    assert path_to(desk, View(name="purchase")).links
    assert path_from(desk, View(name="~nowhere")).empty is not None
    assert len(paths_places(desk, EVERY).rows) == 4
    with site(tmp_path / "shop", []) as empty:
        assert paths_forward(empty, EVERY).empty is not None
        assert journey_orders(empty, EVERY).empty is not None
