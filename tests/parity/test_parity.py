"""One definition, laptop or cluster: the same metrics of the same ledger by both engines, equal to the fen.

The cluster is a real one of several processes on this machine. Ten metrics; with ``ZHANGGUI_LONG=1`` all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest
from tests.lengths import IS_LONG

from zhanggui.cli.entry import run
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.engine.cluster import open_published, publish
from zhanggui.ledger.engine.nodes import running_cluster
from zhanggui.ledger.engine.problems import (
    ClusterMissingError,
    ClusterUnsupportedError,
    NotPublishedError,
    PublishedReadOnlyError,
)
from zhanggui.metrics import CATALOGUE, Question, answer
from zhanggui.metrics.problems import QuestionError
from zhanggui.understand.customers.people import order_statistics

TEN = (
    "gmv_created", "gmv_paid", "refund_amount", "net_revenue", "orders_paid", "buyers", "average_order_value",
    "refund_rate", "contribution_profit", "visits",
)  # fmt: skip
METRICS = tuple(CATALOGUE) if IS_LONG else TEN

pytestmark = [pytest.mark.slow, pytest.mark.cluster]


@pytest.fixture(scope="module", autouse=True)
def cluster_is_here() -> None:
    if find_spec("pyspark") is None:
        if os.environ.get("ZHANGGUI_REQUIRE_CLUSTER") == "1":
            pytest.fail("the package pyspark is not installed: make parity")
        pytest.skip("needs zhanggui[cluster]: make parity")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A small simulated shop of all platforms, with its ledger open."""
    shop = tmp_path_factory.mktemp("parity") / "demo"
    with redirect_stdout(StringIO()):
        assert run(["demo", "--days", "8", "--orders-per-day", "30", "--no-serve", "--dir", str(shop), "--json"]) == 0
    with open_ledger(shop) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def published(laptop: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("published")
    rows = publish(laptop, directory)
    assert rows["order_header"] > 100
    return directory


@pytest.fixture(scope="module")
def cluster(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("nodes")
    with running_cluster(folder, workers=2, memory="1g") as address, open_published(published, address) as ledger:
        yield ledger
        assert all(b"launch executor app-" in (folder / f"worker{number}.log").read_bytes() for number in range(2))


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_is_the_same_on_the_cluster(metric: str, laptop: Ledger, cluster: Ledger) -> None:
    asked = [Question(metrics=(metric,), by=("platform",), grain="month")]
    if not _can_be_asked(laptop, asked[0]):
        pytest.skip(f"{metric} cannot be split by platform and month")
    if IS_LONG:
        asked.append(Question(metrics=(metric,)))
    for question in asked:
        expected = answer(laptop, question).table
        found = answer(cluster, question).table.cast(expected.schema)

        assert found.to_pylist() == expected.to_pylist()


def _can_be_asked(ledger: Ledger, question: Question) -> bool:
    try:
        answer(ledger, question)
    except QuestionError:
        return False
    return True


def test_what_the_cluster_does_not_know_is_named(cluster: Ledger) -> None:
    orders = cluster.table("order_header")
    asked = orders.aggregate(at=order_statistics(orders.paid_minor, ibis.array([0.5]).cast("array<decimal(3, 2)>")))

    with pytest.raises(ClusterUnsupportedError, match=r"(?i)quantile_disc"):
        cluster.query(asked)


def test_a_published_ledger_takes_no_writing(cluster: Ledger) -> None:
    with pytest.raises(PublishedReadOnlyError):
        cluster.transaction()


def test_a_directory_without_a_finished_publication_is_refused(published: Path, tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError):
        open_published(tmp_path, "local[1]")
    (tmp_path / "PUBLISHED.json").write_text('{"schema_version": 0, "tables": {}}')
    with pytest.raises(NotPublishedError, match="another version"):
        open_published(tmp_path, "local[1]")


def test_an_address_where_nobody_listens_is_said_at_once(published: Path) -> None:
    with pytest.raises(ClusterMissingError, match="nothing answers"):
        open_published(published, "spark://127.0.0.1:9")


def test_what_is_published_is_what_the_ledger_holds(laptop: Ledger, published: Path) -> None:
    held = laptop.query(laptop.table("order_header").order_by("order_id"))
    read = pq.read_table(published / "order_header.parquet").sort_by("order_id")

    assert read.column("paid_minor").to_pylist() == held.column("paid_minor").to_pylist()
