"""A workbench with the sample shop behind it, asked without a network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.sample_shop import write_sample_shop

from zhanggui.app.application import create_app
from zhanggui.app.guard import TOKEN_HEADER
from zhanggui.app.work import LOAD, run_here
from zhanggui.app.workbench import Workbench
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

PORT = 8765
HOST = f"127.0.0.1:{PORT}"


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Serve a shop with three days of trade."""
    shop = Shop.create(tmp_path_factory.mktemp("app") / "shop", "试店")
    sample = write_sample_shop(tmp_path_factory.mktemp("files"), days=3)
    with shop.owner_lock(), open_ledger(shop.dir, threads=1, statements=shop.statements) as ledger:
        run_here(shop, ledger, LOAD, {"paths": [str(path) for path in sample.exports]}, lambda progress: None)
        bench = Workbench(shop, ledger)
        bench.start()
        yield bench
        bench.stop()


@pytest.fixture(scope="session")
def client(bench: Workbench) -> Iterator[TestClient]:
    """Give a client that calls as the workbench's own pages do; one loop of events answers all its calls."""
    app = create_app(bench, port=PORT)
    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def token(bench: Workbench) -> dict[str, str]:
    """Return the header of a request that may change something."""
    return {TOKEN_HEADER: bench.page_token}


def finished(client: TestClient, job_id: object) -> dict[str, object]:
    """Wait for a job and return it."""
    for _ in range(600):
        job = client.get(f"/api/v1/jobs/{job_id}").json()
        if job["state"] in {"done", "failed", "cancelled"}:
            return dict(job)
        threading.Event().wait(0.05)
    raise AssertionError("the job did not end")


def order_file(folder: Path, store: str, number: int) -> Path:
    """Write an order report of three orders, one of them mistyped."""
    from tests.e2e.served import orders_with_a_typing_error

    return orders_with_a_typing_error(folder, store, number)
