"""Locked files in the terminal: opened with a password that is given or asked for, and never kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.collect.loading.forms import order, report
from tests.collect.reading.locked import holding, in_locked_archive

PASSWORD = "kaimen-2026"
PROMPT = "Password of 订单.zip: ".encode()
START = "import sys; from zhanggui.cli.entry import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """Write a locked ZIP of an order report."""
    path = tmp_path / "订单.zip"
    path.write_bytes(in_locked_archive(report(order("1"), order("2")), "ExportOrderList202609051230.csv", PASSWORD))
    return path


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """Write a file of passwords, one of them the right one."""
    path = tmp_path / "passwords.txt"
    path.write_text(f"another\n{PASSWORD}\n", "utf-8")
    return path


def test_a_locked_file_off_a_terminal_is_refused_and_says_how_to_give_its_password(
    zhanggui: Run, shop_dir: Path, locked: Path
) -> None:
    found = zhanggui("load", locked, "--shop", shop_dir)

    assert found.exit_code == 2
    assert "protected by a password" in found.err
    assert "--password-file" in found.err


def test_a_locked_file_is_loaded_with_its_password_and_can_be_read_again_without_it(
    zhanggui: Run, shop_dir: Path, locked: Path, password_file: Path
) -> None:
    loaded = zhanggui("load", locked, "--password-file", password_file, "--shop", shop_dir, "--json")
    asked = ("query", "gmv_paid", "orders_paid", "--shop", shop_dir, "--json")
    before = zhanggui(*asked).json["rows"]
    (shop_dir / "ledger.duckdb").unlink()

    assert (loaded.exit_code, loaded.json["files"][0]["accepted"]) == (0, 2)
    assert before == [{"gmv_paid": 200.0, "orders_paid": 2}]
    assert zhanggui(*asked).json["rows"] == before
    # What is kept is what was inside, under the shop's own key; the password is nowhere.
    assert holding(shop_dir, PASSWORD) == []
    again = zhanggui("load", locked, "--password-file", password_file, "--shop", shop_dir, "--json")
    assert again.json["files"][0]["duplicate"] == 2


def test_a_wrong_password_is_said(zhanggui: Run, shop_dir: Path, locked: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("another", "utf-8")

    found = zhanggui("load", locked, "--password-file", wrong, "--shop", shop_dir, "--json")

    assert (found.exit_code, found.json["files"][0]["error"]["code"]) == (2, "wrong_password")
    assert zhanggui("load", locked, "--password-file", tmp_path / "none", "--shop", shop_dir).exit_code == 2


def test_the_environment_may_name_the_file_of_passwords(
    zhanggui: Run, shop_dir: Path, locked: Path, password_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHANGGUI_PASSWORD_FILE", str(password_file))

    assert zhanggui("load", locked, "--shop", shop_dir).exit_code == 0


def test_a_password_goes_through_the_running_server(
    zhanggui: Run, served_shop: Path, locked: Path, password_file: Path
) -> None:
    found = zhanggui("load", locked, "--password-file", password_file, "--shop", served_shop, "--json")

    assert (found.exit_code, found.json["files"][0]["accepted"]) == (0, 2)
    assert holding(served_shop, PASSWORD) == []


def test_a_locked_file_is_mapped_with_its_password(zhanggui: Run, tmp_path: Path, password_file: Path) -> None:
    path = tmp_path / "自建站.zip"
    path.write_bytes(in_locked_archive("单号,拍下日期,实付\n1,2026-09-01,3.50\n".encode(), "a.csv", PASSWORD))

    assert zhanggui("map", path).exit_code == 2
    found = zhanggui("map", path, "--password-file", password_file, "--json").json
    assert found["preview"]["n_rows"] == 1


def read(terminal: int) -> bytes:
    """Return what a program says on a terminal; nothing when it has ended."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


@pytest.mark.slow
def test_a_terminal_asks_for_the_password_until_it_fits(shop_dir: Path, locked: Path) -> None:
    pty = pytest.importorskip("pty", reason="only Unix has pseudo-terminals")
    main, terminal = pty.openpty()
    command = [sys.executable, "-c", START, "load", str(locked), "--shop", str(shop_dir)]
    environment = {**os.environ, "TERM": "dumb", "ZHANGGUI_LANG": "en"}
    with subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment, start_new_session=True
    ) as process:
        os.close(terminal)
        said = b""
        # Whoever asks for a password throws away what was typed before.
        for answer in ("another", PASSWORD):
            asked_before = said.count(PROMPT)
            while said.count(PROMPT) == asked_before and (piece := read(main)):
                said += piece
            os.write(main, f"{answer}\n".encode())
        while piece := read(main):
            said += piece
    os.close(main)
    text = said.decode()

    assert process.returncode == 0, text
    assert "That is not the password." in text
    assert "2 received = 2 accepted" in text
