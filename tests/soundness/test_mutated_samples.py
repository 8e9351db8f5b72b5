"""Samples of every platform, damaged by chance: what must not change does not, and nothing is lost or falls over."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, till_at
from tests.lengths import IS_LONG
from tests.soundness.mutations import BYTE_MUTATIONS, TEXT_MUTATIONS, Expect, as_text_file

from zhanggui.collect.loading.report import FileReport

SAMPLES = Path(__file__).parents[3] / "shared" / "formats" / "samples"
N_MUTATIONS = 300 if IS_LONG else 36
SEED = random.SystemRandom().randrange(2**32) if IS_LONG else 20261122


@pytest.fixture(scope="module")
def till() -> Iterator[Till]:
    with tempfile.TemporaryDirectory() as folder, till_at(Path(folder)) as opened:
        yield opened


def samples() -> list[Path]:
    if not SAMPLES.exists():
        pytest.skip("needs ../shared/formats/samples, which is not on this machine")
    return sorted(
        path
        for path in SAMPLES.rglob("*")
        if path.suffix in {".csv", ".txt", ".xls", ".xlsx", ".zip"}
        and not path.name.endswith(".SOURCE.txt")
        and "wire" not in path.parts
    )


def loaded(till: Till, name: str, data: bytes) -> list[FileReport]:
    """Load a file into a store of its own and hold the answer to what is always promised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        reports = till.load_all([path], store=f"店{len(till.shop.stores.list_stores())}").files
    for report in reports:
        assert report.received == sum(report.classes.values())
        if report.error is not None:
            answer = report.error.to_json()["error"]
            assert answer["what"]
            assert answer["where"]
            assert answer["next"]
            assert report.exit_code == 2
        else:
            kept_aside = report.classes["quarantined"] + report.classes["rejected"]
            assert report.exit_code == (1 if kept_aside else 0)
    return reports


def counted(reports: list[FileReport]) -> Counter[str]:
    total: Counter[str] = Counter()
    for report in reports:
        total.update(report.classes)
    return total


def held(expect: Expect, before: list[FileReport], after: list[FileReport]) -> bool:
    was, now = counted(before), counted(after)
    refused = [report.exit_code == 2 for report in after]
    if expect is Expect.REFUSED:
        return all(refused) and not now.total()
    if expect is Expect.DOCUMENTED:
        return now.total() <= was.total()
    aside = now["quarantined"] + now["rejected"] - was["quarantined"] - was["rejected"]
    more = now.total() - was.total()
    wanted = {
        Expect.SAME: (0, 0),
        Expect.ONE_MORE: (0, 1),
        Expect.ONE_LESS: (0, -1),
        Expect.KEPT_ASIDE: (1, 0),
    }
    return not any(refused) and (aside, more) == wanted[expect] and (expect is not Expect.SAME or was == now)


@pytest.mark.slow
def test_a_damaged_sample_comes_to_a_documented_end(till: Till) -> None:
    rng = random.Random(SEED)
    paths = samples()
    wrong = []
    for number in range(N_MUTATIONS):
        path = rng.choice(paths)
        data = path.read_bytes()
        plain = as_text_file(data)
        if plain is not None and number % 2:
            mutation = rng.choice(TEXT_MUTATIONS)
            damaged, expect = mutation(rng, plain)
            told = mutation.__name__
            if not held(expect, loaded(till, path.name, data), loaded(till, path.name, damaged)):
                wrong.append((number, path.name, told))
        else:
            told = rng.choice(sorted(BYTE_MUTATIONS))
            loaded(till, path.name, BYTE_MUTATIONS[told](rng, data))
    till.check()
    assert wrong == [], f"seed {SEED}"
