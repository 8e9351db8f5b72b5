"""``zhanggui collect`` and what stands beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.app.collecting.collectors import track

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Shop.create(tmp_path / "shop", "试店").dir


def asked(capsys: pytest.CaptureFixture[str], shop: Path, *words: str) -> tuple[int, dict[str, object]]:
    code = run(["collect", *words, "--shop", str(shop), "--json"])
    return code, json.loads(capsys.readouterr().out or "{}")


def test_keys_are_made_listed_and_revoked(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    _, made = asked(capsys, shop, "keys", "add", "--name", "site")
    assert str(made["key"]).startswith("zgw_")
    assert made["store"] == "试店"
    assert asked(capsys, shop, "keys", "revoke", "k1")[0] == 0
    code, listed = asked(capsys, shop, "keys", "list")

    assert code == 0
    keys = listed["keys"]
    assert isinstance(keys, list)
    assert [(key["id"], bool(key["revoked_at"])) for key in keys] == [("k1", True)]
    assert "key" not in keys[0]
    assert run(["collect", "keys", "revoke", "k9", "--shop", str(shop)]) == 2


def test_a_collector_takes_in_and_the_next_command_counts_it(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    _, made = asked(capsys, shop, "keys", "add", "--name", "site")
    program = "import sys; from zhanggui.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", program, "collect", "--shop", str(shop), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        text = "".join(process.stdout.readline() for _ in range(3))
        port = int(json.loads(text)["url"].rpartition(":")[2])
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", "/v1/track", json.dumps(track(1)), {"Authorization": f"Bearer {made['key']}"})
        assert connection.getresponse().status == 200
        connection.close()
        process.terminate()
        assert process.wait(timeout=20) == 0

    code, status = asked(capsys, shop, "status")

    assert code == 0
    assert (status["events_in_log"], status["is_exact"]) == (1, True)


def test_a_plan_that_nothing_misses_is_shown(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    (shop / "tracking_plan.toml").write_text('[event.purchase]\nrequired = { order_id = "text" }\n')

    code, found = asked(capsys, shop, "plan")

    assert (code, found["violations"]) == (0, [])
    assert found["events"] == {"purchase": {"required": {"order_id": "text"}, "optional": {}}}
    (shop / "tracking_plan.toml").write_text("[event")
    assert run(["collect", "plan", "--shop", str(shop)]) == 2
