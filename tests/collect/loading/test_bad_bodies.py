"""Every bad line of a file of bodies has the class that was promised; the good ones beside it are in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.collect.loading.bad_bodies import ALL, GOOD
from tests.collect.loading.shops import Till, till_at

from zhanggui.collect.loading.faults import RULES


@pytest.fixture(scope="module")
def shared_till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """Give one shop for all cases: each has a store of its own."""
    with till_at(tmp_path_factory.mktemp("bad")) as till:
        yield till
        till.check()


@pytest.mark.parametrize("case", ALL)
def test_a_bad_line_is_kept_aside_with_its_reason_and_the_rest_goes_on(shared_till: Till, case: str) -> None:
    bad = ALL[case]
    good = GOOD[bad.protocol].encode()

    found = shared_till.taken("bodies.jsonl", good + b"\n" + bad.line + b"\n" + good + b"\n", store=case)

    reasons = [issue.rule for issue in found.issues if issue.severity == "quarantined" for _ in range(issue.n_rows)]
    rejected = [issue.rule for issue in found.issues if issue.severity == "rejected"]
    assert (reasons, rejected) == (list(bad.aside), [bad.rejected] if bad.rejected else [])
    assert found.classes == {
        "accepted": 1 + bad.n_good,
        "duplicate": 1,
        "superseded": 0,
        "quarantined": len(bad.aside),
        "rejected": 1 if bad.rejected else 0,
    }


def test_there_are_at_least_forty_bad_lines_and_every_reason_is_told_in_both_languages() -> None:
    reasons = {rule for bad in ALL.values() for rule in (*bad.aside, bad.rejected) if rule}

    assert sum(bool(bad.aside or bad.rejected) for bad in ALL.values()) >= 40
    assert [rule for rule in reasons if not (RULES[rule].zh and RULES[rule].en)] == []
