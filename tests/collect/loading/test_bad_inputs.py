"""Every damaged, disguised or hostile file, loaded: each comes to the outcome that its reference page promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.collect.loading.shops import Till, new_shop, till_at
from tests.collect.reading.bad_inputs import BadInput, bad_inputs
from tests.collect.reading.odd_values import ODD_CELLS, OddCells, odd_values

from zhanggui.collect.loading.report import FileReport

CASES = (*bad_inputs(), *odd_values())
FROM_THE_TERMINAL = (
    "empty.csv",
    "bomb.zip",
    "ten_thousand_columns.csv",
    "unknown_columns.csv",
    "no_such_day.csv",
    "open_quote.csv",
    "unknown_status.csv",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, and the order ids that its store then holds."""

    reports: list[FileReport]
    order_ids: list[str]

    @property
    def spoken(self) -> set[str]:
        """Codes of errors and rules of findings."""
        found = {issue.rule for report in self.reports for issue in report.issues}
        return found | {report.error.code for report in self.reports if report.error is not None}

    def total(self, row_class: str) -> int:
        return sum(report.classes[row_class] for report in self.reports)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Outcome]]:
    """Load every bad input into one shop, each into a store of its own."""
    with till_at(tmp_path_factory.mktemp("bad")) as till:
        found = {case.name: _loaded(till, case) for case in CASES}
        till.check()
        yield found


def _loaded(till: Till, case: BadInput) -> Outcome:
    store = f"店 {case.name}"
    done = till.load_all([till.write(case.name, case.data)], store=store)
    numbers = [known.shop_id for known in till.shop.stores.list_stores() if known.name == store]
    ids = [key for number in numbers for key in till.column("order_header", "order_id", shop_id=number)]
    return Outcome(done.files, ids)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_input_comes_to_its_documented_outcome(outcomes: dict[str, Outcome], case: BadInput) -> None:
    outcome = outcomes[case.name]

    assert max(report.exit_code for report in outcome.reports) == case.exit_code
    assert case.code in outcome.spoken if case.code else outcome.spoken == set()
    assert len(outcome.order_ids) == outcome.total("accepted") == case.good_rows
    kept_aside = outcome.total("quarantined") + outcome.total("rejected")
    assert (kept_aside > 0) is (case.exit_code == 1)


@pytest.mark.parametrize("odd", ODD_CELLS, ids=lambda odd: odd.group)
def test_each_odd_value_is_taken_or_kept_aside_as_documented(till: Till, odd: OddCells) -> None:
    report = till.taken(f"{odd.group}.csv", odd.data(), store="怪")

    classes = {row["row_no"]: row["row_class"] for row in till.rows("raw_record", "row_no", "row_class")}
    # The header is row 1, and three good rows follow it.
    found = {name: classes[5 + place] for place, (name, _, _) in enumerate(odd.cases)}
    assert found == {name: "quarantined" if rule else "accepted" for name, _, rule in odd.cases}
    assert {issue.rule for issue in report.issues} == {rule for _, _, rule in odd.cases if rule}


def test_cases_are_as_many_as_the_reference_page_speaks_of() -> None:
    assert len(CASES) + sum(len(odd.cases) for odd in ODD_CELLS) >= 175


@pytest.mark.parametrize("case", [case for case in CASES if case.exit_code == 2], ids=lambda case: case.name)
def test_a_refusal_says_what_where_and_what_next(outcomes: dict[str, Outcome], case: BadInput) -> None:
    [report] = outcomes[case.name].reports
    assert report.error is not None
    answer = report.error.to_json()["error"]

    assert case.name in str(answer["where"])
    assert answer["what"]
    assert answer["next"]


@pytest.fixture(scope="module")
def terminal_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("terminal") / "shop"
    new_shop(home)
    return home


def written(directory: Path, *names: str) -> list[BadInput]:
    """Write some of the cases into files; return them in the order of `names`."""
    chosen = [case for name in names for case in CASES if case.name == name]
    for case in chosen:
        (directory / case.name).write_bytes(case.data)
    return chosen


def test_the_terminal_answers_bad_files_one_by_one_and_without_a_traceback(terminal_shop: Path, tmp_path: Path) -> None:
    cases = written(tmp_path, *FROM_THE_TERMINAL)
    paths = [str(tmp_path / case.name) for case in cases]

    done = zhanggui("load", *paths, "--shop", str(terminal_shop), "--store", "坏", "--json", cwd=tmp_path)

    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    entries = json.loads(done.stdout)["files"]
    assert [entry["file"].split("/")[0] for entry in entries] == [case.name for case in cases]
    for entry, case in zip(entries, cases, strict=True):
        parts = [entry[key] for key in ("accepted", "duplicate", "superseded", "quarantined", "rejected")]
        assert entry["received"] == sum(parts)
        assert ("error" in entry) is (case.exit_code == 2)
        assert (parts[3] + parts[4] > 0) is (case.exit_code == 1)


def test_the_terminal_ends_with_one_when_rows_are_kept_aside(terminal_shop: Path, tmp_path: Path) -> None:
    [case] = written(tmp_path, "open_quote.csv")

    done = zhanggui("load", str(tmp_path / case.name), "--shop", str(terminal_shop), "--store", "一", cwd=tmp_path)

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_the_json_of_a_load_has_the_promised_fields(terminal_shop: Path, tmp_path: Path) -> None:
    [case] = written(tmp_path, "byte_order_mark.csv")

    done = zhanggui(
        "load", str(tmp_path / case.name), "--shop", str(terminal_shop), "--store", "字段", "--json", cwd=tmp_path
    )

    assert done.returncode == 0
    [entry] = json.loads(done.stdout)["files"]
    promised = {
        *("file", "format", "store", "received", "accepted", "duplicate", "superseded", "quarantined", "rejected"),
        *("file_total", "ledger_total", "rounding", "issues"),
    }
    assert promised <= entry.keys()
    # 178.80 + 21.00 + 37.00.
    assert (entry["file_total"], entry["ledger_total"], entry["rounding"]) == (236.8, 236.8, 0)


def zhanggui(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as an operator would, without a terminal."""
    root = Path(__file__).parents[3]
    environ: dict[str, Any] = {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", "from zhanggui.cli import main; main()", *words],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
