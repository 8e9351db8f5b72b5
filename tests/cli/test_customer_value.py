"""``zhanggui customers lifetime-value`` and ``churn`` on a plain log."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import Run
from tests.methods.lifetime.cdnow import purchases


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the purchases of 120 customers over 200 days."""
    rng = np.random.default_rng(3)
    rows = ["customer,date,amount"]
    for each in range(120):
        days = {int(rng.integers(0, 120)), *rng.integers(0, 200, rng.poisson(1.5)).tolist()}
        rows += [f"c{each},{np.datetime64('2025-01-01') + day},{rng.uniform(5, 90):.2f}" for day in sorted(days)]
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_lifetime_value_answers_with_every_model_and_the_chosen_one(zhanggui: Run, log: Path) -> None:
    found = zhanggui("customers", "lifetime-value", "--file", log, "--time-unit", "day", "--json")

    assert found.exit_code == 0
    assert set(found.json["models"]) == {"bg_nbd", "mbg_nbd", "pareto_nbd"}
    assert set(found.json["models"]["bg_nbd"]["parameters"]) == {"r", "alpha", "a", "b"}
    assert set(found.json["models"]["pareto_nbd"]["parameters"]) == {"r", "alpha", "s", "beta"}
    assert {"mae", "bias", "auc"} <= set(found.json["models"]["mbg_nbd"]["backtest"])
    errors = {name: model["backtest"]["mae"] for name, model in found.json["models"].items()}
    assert found.json["chosen"] == min(errors, key=lambda name: errors[name])
    assert found.json["profit"] is None


@pytest.mark.parametrize(
    ("tongue", "value", "churn"), [("zh_CN.UTF-8", "净收入", "不再购买"), ("en_GB.UTF-8", "net revenue", "buy nothing")]
)
def test_tables_are_told_in_both_languages(
    zhanggui: Run, log: Path, monkeypatch: pytest.MonkeyPatch, tongue: str, value: str, churn: str
) -> None:
    monkeypatch.setenv("LC_ALL", tongue)

    assert value in zhanggui("customers", "lifetime-value", "--file", log).out
    assert churn in zhanggui("customers", "churn", "--file", log).out


def test_a_log_that_is_too_thin_is_refused_with_its_reason(zhanggui: Run, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("customer,date,amount\n" + "".join(f"c{n},2025-01-{n:02d},5\n" for n in range(1, 29)))

    found = zhanggui("customers", "lifetime-value", "--file", log, "--json")

    assert found.exit_code == 2
    assert "customers had bought by" in found.err


def test_cdnow_is_answered_as_published(zhanggui: Run, tmp_path: Path) -> None:
    rows = "".join(f"{customer},{day},{dollars}\n" for customer, day, dollars in purchases())
    log = tmp_path / "cdnow.csv"
    log.write_text(f"customer,date,amount\n{rows}")

    found = zhanggui(
        "customers", "lifetime-value", "--file", log, "--calibration-end", "1997-09-30", "--holdout-end", "1998-06-30",
        "--time-unit", "week", "--json",
    ).json  # fmt: skip

    bg = found["models"]["bg_nbd"]
    assert bg["parameters"] == pytest.approx({"r": 0.24259, "alpha": 4.4135, "a": 0.7929, "b": 2.4259}, rel=1e-3)
    assert bg["log_likelihood"] >= -9582.430
    assert found["chosen"] == "pareto_nbd"
    assert found["models"]["pareto_nbd"]["backtest"]["mae"] <= 0.755
