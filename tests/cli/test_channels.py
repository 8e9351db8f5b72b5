"""``zhanggui channels``: secrets stay off the command line and off the screen; what went out is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Outcome, Run
from tests.cli.test_passwords import START, read
from tests.collect.outbound.fake_mail import PASSWORD, USER, FakeMailServer
from tests.collect.outbound.fake_platforms import HOOK_SECRET, WECOM_KEY, FakePlatforms, Fault


@pytest.fixture
def platforms(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlatforms]:
    monkeypatch.setenv("ZHANGGUI_OUTBOUND_TRUSTED_HOSTS", "127.0.0.1")
    served = FakePlatforms()
    served.reset(lambda: datetime.now(UTC))
    yield served
    served.stop()


def add(zhanggui: Run, shop_dir: Path, folder: Path, name: str, kind: str, address: str, secret: str = "") -> Outcome:
    words: list[str | Path] = ["--address-file", folder / "address.txt"]
    (folder / "address.txt").write_text(f"{address}\n", "utf-8")
    if secret:
        (folder / "secret.txt").write_text(secret, "utf-8")
        words += ["--secret-file", folder / "secret.txt"]
    return zhanggui("channels", "add", name, "--kind", kind, *words, "--shop", shop_dir, "--json")


def test_a_channel_is_added_listed_tested_and_removed_and_its_secret_is_never_printed(
    zhanggui: Run, shop_dir: Path, tmp_path: Path, platforms: FakePlatforms
) -> None:
    said = [add(zhanggui, shop_dir, tmp_path, "运营群", "wecom_robot", platforms.wecom)]
    said.append(zhanggui("channels", "list", "--shop", shop_dir))
    said.append(zhanggui("channels", "list", "--shop", shop_dir, "--json"))
    said.append(zhanggui("channels", "test", "运营群", "--shop", shop_dir, "--json"))
    said.append(zhanggui("channels", "messages", "--shop", shop_dir))
    said.append(zhanggui("channels", "remove", "运营群", "--shop", shop_dir, "--json"))

    assert [outcome.exit_code for outcome in said] == [0] * 6
    assert said[2].json["channels"][0]["address"].endswith("?key=••••5aaa")
    assert (said[3].json["state"], said[3].json["reason"]) == ("sent", None)
    assert said[5].json == {"removed": "运营群", "not_sent": 0}
    assert "掌柜测试消息" in platforms.texts()[0]
    assert not any(WECOM_KEY in outcome.out + outcome.err for outcome in said)
    assert zhanggui("channels", "test", "运营群", "--shop", shop_dir).exit_code == 2


def test_an_address_that_is_a_secret_is_refused_on_the_command_line(zhanggui: Run, shop_dir: Path) -> None:
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6"
    found = zhanggui("channels", "add", "a", "--kind", "wecom_robot", "--address", address, "--shop", shop_dir)

    assert found.exit_code == 2
    assert "is a secret" in found.err
    assert "693a91f6" not in found.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "pager"], "There is no kind of channel 'pager'"),
        (["--kind", "wecom_robot"], "has no address"),
        (["--kind", "wecom_robot", "--address-file", "nowhere.txt"], "cannot be read"),
        (["--kind", "email", "--address", "smtps://smtp.example.com"], "There is no sender"),
        (["--kind", "email", "--address", "mailto:a@example.com"], "smtps://"),
        (["--kind", "wecom_robot", "--quiet", "late"], "has no address"),
    ],
)
def test_what_is_wrong_is_said_in_three_lines(zhanggui: Run, shop_dir: Path, words: list[str], said: str) -> None:
    found = zhanggui("channels", "add", "a", *words, "--shop", shop_dir)

    assert found.exit_code == 2
    assert said in found.err
    assert [line.split(":")[0] for line in found.err.splitlines()[1:]] == ["  where", "  next"]


def test_the_environment_may_hold_address_and_secret(
    zhanggui: Run, shop_dir: Path, platforms: FakePlatforms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHANGGUI_CHANNEL_ADDRESS", platforms.hook)
    monkeypatch.setenv("ZHANGGUI_CHANNEL_SECRET", HOOK_SECRET)
    assert zhanggui("channels", "add", "erp", "--kind", "webhook", "--shop", shop_dir).exit_code == 0
    assert zhanggui("channels", "test", "erp", "--shop", shop_dir).exit_code == 0


def test_a_private_address_is_refused_unless_the_settings_trust_it(
    zhanggui: Run, shop_dir: Path, tmp_path: Path, platforms: FakePlatforms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHANGGUI_OUTBOUND_TRUSTED_HOSTS")
    found = add(zhanggui, shop_dir, tmp_path, "erp", "webhook", platforms.hook, HOOK_SECRET)
    assert found.exit_code == 2
    assert "trusted_hosts" in found.err

    settings = shop_dir / "shop.toml"
    settings.write_text(settings.read_text("utf-8") + '[outbound]\ntrusted_hosts = "127.0.0.1"\n', "utf-8")
    assert add(zhanggui, shop_dir, tmp_path, "erp", "webhook", platforms.hook, HOOK_SECRET).exit_code == 0


def test_a_message_of_unknown_fate_is_shown_and_sent_again_on_request(
    zhanggui: Run, shop_dir: Path, tmp_path: Path, platforms: FakePlatforms
) -> None:
    add(zhanggui, shop_dir, tmp_path, "运营群", "wecom_robot", platforms.wecom)
    platforms.faults = [Fault(is_taken=True, is_dropped=True)]
    assert zhanggui("channels", "test", "运营群", "--shop", shop_dir).exit_code == 1

    listed = zhanggui("channels", "messages", "--state", "unknown", "--shop", shop_dir, "--json")
    [message] = listed.json["messages"]
    assert (listed.exit_code, message["reason"], listed.json["counts"]) == (1, "no_answer", {"unknown": 1})
    shown = zhanggui("channels", "messages", "--shop", shop_dir)
    assert "resend" in shown.err
    assert zhanggui("channels", "resend", str(message["id"]), "--shop", shop_dir, "--json").exit_code == 0
    sent = zhanggui("channels", "send", "--shop", shop_dir, "--json")
    assert (sent.exit_code, sent.json) == (0, {"attempts": 1, "counts": {"sent": 1}})
    assert zhanggui("channels", "resend", str(message["id"]), "--shop", shop_dir).exit_code == 2
    assert zhanggui("channels", "resend", "99", "--shop", shop_dir).exit_code == 2


def test_mail_is_set_up_with_its_server_on_the_command_line_and_its_password_beside(
    zhanggui: Run, shop_dir: Path, platforms: FakePlatforms, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = FakeMailServer()
    monkeypatch.setenv("ZHANGGUI_CHANNEL_SECRET", PASSWORD)
    words = ["--address", server.address, "--sender", USER, "--to", "a@example.com", "--to", "b@example.com"]
    added = zhanggui("channels", "add", "财务", "--kind", "email", *words, "--shop", shop_dir)
    tested = zhanggui("channels", "test", "财务", "--shop", shop_dir)
    server.stop()

    assert (added.exit_code, tested.exit_code) == (0, 0)
    assert server.mails[0][0] == ["a@example.com", "b@example.com"]


def test_beside_a_running_server_its_courier_sends(
    zhanggui: Run, platforms: FakePlatforms, served_shop: Path, tmp_path: Path
) -> None:
    assert add(zhanggui, served_shop, tmp_path, "erp", "webhook", platforms.hook, HOOK_SECRET).exit_code == 0
    tested = zhanggui("channels", "test", "erp", "--shop", served_shop, "--json")

    assert (tested.exit_code, tested.json["state"], len(platforms.taken)) == (0, "sent", 1)


@pytest.mark.slow
def test_a_terminal_asks_for_address_and_secret_and_shows_neither(shop_dir: Path, platforms: FakePlatforms) -> None:
    pty = pytest.importorskip("pty", reason="only Unix has pseudo-terminals")
    main, terminal = pty.openpty()
    words = ["channels", "add", "erp", "--kind", "webhook", "--shop", str(shop_dir)]
    command = [sys.executable, "-c", START, *words]
    environment = {**os.environ, "TERM": "dumb", "ZHANGGUI_LANG": "en"}
    with subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment, start_new_session=True
    ) as process:
        os.close(terminal)
        said = b""
        for question, answer in ((b"Address of the channel: ", platforms.hook), (b"signing secret: ", HOOK_SECRET)):
            while question not in said and (piece := read(main)):
                said += piece
            os.write(main, f"{answer}\n".encode())
        while piece := read(main):
            said += piece
    os.close(main)
    text = said.decode()

    assert process.returncode == 0, text
    assert "Channel erp added" in text
    assert HOOK_SECRET not in text
    assert platforms.hook not in text
