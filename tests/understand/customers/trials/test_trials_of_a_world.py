"""What a simulated world's trials changed, held against the world's own records: who bought, and for how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pytest
from tests.collect.loading.shops import till_at
from tests.simulate.some_exports import lived_and_written

from zhanggui.collect.mapping.map_file import read_map
from zhanggui.simulate import Options, Platform, World
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.records import ASSIGNMENTS, MESSAGES, ORDERS, REFUNDS, OrderKind
from zhanggui.understand.customers.answers import trial_of_pairs, trials_of_pairs
from zhanggui.understand.desk import Desk

pytestmark = pytest.mark.slow

OPTIONS = Options(days=80, orders_per_day=60, seed=29, platforms=(Platform.TMALL, Platform.OWN_SITE))
LOADED = frozenset({"orders", "refunds", "trial_entries", "trial_orders", "messages"})


@dataclass(frozen=True)
class Lived:
    """A world, its records, and the shop into which its files were loaded."""

    world: World
    days: tuple[DayRecords, ...]
    desk: Desk


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    directory = tmp_path_factory.mktemp("trials")
    world = World(OPTIONS)
    days, written = lived_and_written(directory / "world", world, "crm")
    files = [file for file in written if file.dataset in LOADED]
    assert {file.dataset for file in files} == LOADED
    with till_at(directory) as till:
        for (store, map_file), group in groupby(files, key=lambda file: (file.store, file.map)):
            layout = read_map(map_file) if map_file else None
            report = till.load_all([file.path for file in group], store=store or None, layout=layout)
            assert [str(each.error) for each in report.files if each.error] == []
        yield Lived(world, days, Desk(till.shop, till.ledger))


def by_hand(lived: Lived, number: int, days: int) -> dict[int, tuple[int, int, int]]:
    """Return people, buyers and net fen of each arm, from what the world put down day by day."""
    bought: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in lived.days:
        refunds, orders = one[REFUNDS], one[ORDERS]
        end = one.midnight + (OPTIONS.days - one.day) * 86_400
        back: dict[int, int] = defaultdict(int)
        for order, at, minor in zip(*(refunds[name].tolist() for name in ("order", "refunded_at", "refunded_minor")),
                                    strict=True):  # fmt: skip
            if 0 <= at < end:
                back[order] += minor
        for order, person, kind, at, due in zip(
            *(orders[name].tolist() for name in ("order", "person", "kind", "paid_at", "due_minor")), strict=True
        ):
            if kind == OrderKind.ORDINARY and 0 <= at < end:
                bought[person].append((one.day + (at - one.midnight) // 86_400, due - back[order]))
    found: dict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for one in lived.days:
        entries = one[ASSIGNMENTS].where(one[ASSIGNMENTS]["experiment"] == number)
        for person, arm in zip(entries["person"].tolist(), entries["arm"].tolist(), strict=True):
            if one.day + days <= OPTIONS.days:
                inside = [net for day, net in bought[person] if one.day <= day < one.day + days]
                n, buyers, net = found[arm]
                found[arm] = n + 1, buyers + bool(inside), net + sum(inside)
    return dict(found)


@pytest.mark.parametrize(("number", "days"), [(14, 30), (15, 30), (19, 7), (21, 30)])
def test_groups_are_those_of_the_worlds_own_records(lived: Lived, number: int, days: int) -> None:
    trial = next(one for one in lived.world.plan.experiments if one.number == number)
    found = trial_of_pairs(lived.desk, trial.name, [("days", str(days))])
    by_arm = by_hand(lived, number, days)

    names = [arm.name for arm in trial.arms]
    assert {group.name: (group.people, group.buyers) for group in found.groups} == {
        names[arm]: (n, buyers) for arm, (n, buyers, _) in by_arm.items()
    }
    assert found.control == names[0]
    for group in found.groups:
        n, _, net = by_arm[names.index(group.name)]
        if group.net_per_person.value is not None:
            assert group.net_per_person.value == pytest.approx(net / n / 100, abs=0.005)
    assert found.evidence == "measured"


def test_complaints_are_those_of_the_worlds_messages(lived: Lived) -> None:
    trial = next(one for one in lived.world.plan.experiments if one.number == 17)
    found = trial_of_pairs(lived.desk, trial.name, [("days", "7")])

    for group in found.groups:
        arm = [each.name for each in trial.arms].index(group.name)
        mine = [rows.where((rows["experiment"] == 17) & (rows["arm"] == arm)) for one in lived.days
                for rows in [one[MESSAGES]]]  # fmt: skip
        assert group.delivered == sum(int((rows["delivered_at"] >= 0).sum()) for rows in mine)
        assert group.complaints == sum(int(rows["is_complaint"].sum()) for rows in mine)


def test_every_trial_of_the_world_is_listed_and_those_on_visitors_are_told_apart(lived: Lived) -> None:
    found = trials_of_pairs(lived.desk, []).trials

    assert {each.name for each in found} == {one.name for one in lived.world.plan.experiments}
    assert {each.name for each in found if each.visitors} == {"兴趣标签库推荐", "首页Banner"}
    assert all((each.people == 0) == bool(each.visitors) for each in found)


def test_the_planted_win_back_is_found_within_its_interval(lived: Lived) -> None:
    found = trial_of_pairs(lived.desk, "90天未下单挽回", [])
    [effect] = found.effects

    # 22 in 100 of the treated come, and about 4 of those who are left alone.
    assert effect.is_clear
    assert effect.share.low is not None
    assert effect.share.high is not None
    assert effect.share.low < 0.22 - 0.04 < effect.share.high
