"""The shop directory."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from zhanggui.ledger.privacy.keys import ShopKeyMissingError
from zhanggui.ledger.server_record import ServerRecord, is_alive
from zhanggui.ledger.shop import (
    DirectoryNotEmptyError,
    Shop,
    ShopBusyError,
    ShopExistsError,
    ShopMissingError,
    find_shop,
)
from zhanggui.settings import SettingsError

on_posix = pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")

TRY_TO_OWN = """
import sys
from pathlib import Path
from zhanggui.ledger.shop import Shop, ShopBusyError
try:
    with Shop.open(Path(sys.argv[1])).owner_lock():
        print("owned")
except ShopBusyError as error:
    print(error)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop.create(tmp_path / "s", "三家店公司")


def own_elsewhere(shop: Shop) -> str:
    source = Path(__file__).resolve().parents[2] / "src"
    environ = {**os.environ, "PYTHONPATH": str(source), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", TRY_TO_OWN, str(shop.dir)], capture_output=True, text=True, check=True, env=environ
    )
    return done.stdout.strip()


def test_a_new_shop_holds_what_a_shop_needs(shop: Shop) -> None:
    names = {path.name for path in shop.dir.iterdir()}

    assert names >= {"shop.toml", "shop.key", "raw", "tmp", "exports", "state.sqlite", ".gitignore"}
    assert shop.name == "三家店公司"
    assert shop.stores.list_stores() == []
    assert shop.raw.ids() == []


def test_a_shop_without_a_name_is_called_after_its_directory(tmp_path: Path) -> None:
    assert Shop.create(tmp_path / "deep" / "甲公司").name == "甲公司"


@pytest.mark.parametrize("name", ['a "quoted" \\ name', "line\nbreak", "\x7f\t", "n" * 300])
def test_any_name_gives_a_shop_that_opens(tmp_path: Path, name: str) -> None:
    shop = Shop.create(tmp_path / "s", name)

    assert tomllib.loads((shop.dir / "shop.toml").read_text("utf-8"))["shop"]["name"] == shop.settings.shop.name


def test_an_empty_directory_becomes_a_shop(tmp_path: Path) -> None:
    assert Shop.create(tmp_path).dir == tmp_path


def test_a_shop_is_not_made_twice(shop: Shop) -> None:
    key = (shop.dir / "shop.key").read_bytes()

    with pytest.raises(ShopExistsError):
        Shop.create(shop.dir)
    assert (shop.dir / "shop.key").read_bytes() == key


def test_a_shop_is_not_made_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")

    with pytest.raises(DirectoryNotEmptyError):
        Shop.create(tmp_path)
    with pytest.raises(DirectoryNotEmptyError, match="A file has this name"):
        Shop.create(tmp_path / "thesis.doc")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_directory_that_is_no_shop_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ShopMissingError, match="not a shop") as caught:
        Shop.open(tmp_path)
    assert "zhanggui init DIR" in str(caught.value)
    with pytest.raises(ShopMissingError, match="no such directory"):
        Shop.open(tmp_path / "nowhere")


def test_a_shop_without_its_key_does_not_open(shop: Shop) -> None:
    (shop.dir / "shop.key").unlink()

    with pytest.raises(ShopKeyMissingError):
        Shop.open(shop.dir)


def test_a_mistake_in_the_settings_is_named_on_opening(shop: Shop) -> None:
    (shop.dir / "shop.toml").write_text("[server]\nhost = '0.0.0.0'\n", "utf-8")

    with pytest.raises(SettingsError, match=r"server\.host"):
        Shop.open(shop.dir)


def test_the_option_goes_before_the_environment_and_that_before_the_current_directory(tmp_path: Path) -> None:
    a, b, c = (Shop.create(tmp_path / name).dir for name in "abc")

    assert find_shop(a, environ={"ZHANGGUI_SHOP": str(b)}, current=c).dir == a
    assert find_shop(None, environ={"ZHANGGUI_SHOP": str(b)}, current=c).dir == b
    assert find_shop(None, environ={}, current=c).dir == c


def test_a_missing_shop_says_who_chose_it(tmp_path: Path) -> None:
    with pytest.raises(ShopMissingError, match=r"\(\$ZHANGGUI_SHOP\)"):
        find_shop(None, environ={"ZHANGGUI_SHOP": str(tmp_path)}, current=tmp_path)


def test_one_process_at_a_time_owns_a_shop(shop: Shop) -> None:
    with shop.owner_lock():
        refusal = own_elsewhere(shop)
    assert f"in use by process {os.getpid()}" in refusal
    assert "next:  wait until" in refusal
    assert own_elsewhere(shop) == "owned"


def test_the_shop_can_be_owned_again_after_a_failure(shop: Shop) -> None:
    def fail() -> None:
        with shop.owner_lock():
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        fail()
    with shop.owner_lock():
        assert (shop.dir / "owner.json").exists()
    assert not (shop.dir / "owner.json").exists()


def test_the_new_owner_cleans_up_after_a_killed_one(shop: Shop) -> None:
    (shop.dir / "tmp" / "x.raw-part").write_bytes(b"half")
    # A killed owner leaves its record behind; the lock itself went with it.
    (shop.dir / "owner.json").write_text('{"pid": 999999999, "command": "zhanggui load"}')

    with shop.owner_lock():
        assert list((shop.dir / "tmp").iterdir()) == []


def test_a_shop_in_use_by_a_server_points_to_the_server(shop: Shop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, shop.owner_lock():
        record = ServerRecord(os.getpid(), "127.0.0.1", listener.getsockname()[1], "t")
        shop.write_server_record(record)

        with pytest.raises(ShopBusyError) as caught, shop.owner_lock():
            pass
        assert caught.value.next_step == f"work in the workbench at {record.url}, or stop that server first"


def test_a_running_server_is_found_until_it_stops(shop: Shop) -> None:
    assert shop.running_server() is None
    with socket.create_server(("127.0.0.1", 0)) as listener:
        record = ServerRecord(os.getpid(), "127.0.0.1", listener.getsockname()[1], "secret")
        shop.write_server_record(record)
        assert shop.running_server() == record
    assert shop.running_server() is None  # nothing listens any more
    shop.remove_server_record()
    assert not (shop.dir / "server.json").exists()


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"pid": "x"}', '{"pid": 0, "host": "h", "port": 1, "token": ""}']
)
def test_a_broken_server_record_means_no_server(shop: Shop, content: str) -> None:
    (shop.dir / "server.json").write_text(content)

    assert shop.running_server() is None


@on_posix
def test_private_files_are_readable_by_the_owner_only(shop: Shop) -> None:
    shop.write_server_record(ServerRecord(1, "127.0.0.1", 1, "secret"))

    for name in ("shop.key", "state.sqlite", "server.json"):
        assert stat.S_IMODE((shop.dir / name).stat().st_mode) == 0o600
    for name in ("raw", "tmp", "exports"):
        assert stat.S_IMODE((shop.dir / name).stat().st_mode) == 0o700


@on_posix
def test_a_process_that_ended_is_not_alive() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    assert is_alive(os.getpid())
    assert not is_alive(ended.pid)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_sees_nothing_private(shop: Shop) -> None:
    subprocess.run(["git", "init", "-q", str(shop.dir)], check=True)
    (shop.dir / "exports" / "buyers.csv").write_text("x")
    (shop.dir / "metrics.toml").write_text("")
    listed = subprocess.run(
        ["git", "-C", str(shop.dir), "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
    )

    assert sorted(listed.stdout.split()[1::2]) == [".gitignore", "metrics.toml", "shop.toml"]


def test_a_creation_that_was_cut_off_is_begun_again(tmp_path: Path) -> None:
    directory = tmp_path / "shop"
    Shop.create(directory).close()
    (directory / "shop.toml").rename(directory / "shop.toml.part")

    again = Shop.create(directory)

    assert again.name == "shop"
    assert not (directory / "shop.toml.part").exists()


def test_a_directory_with_a_key_and_source_files_is_never_begun_again(tmp_path: Path) -> None:
    directory = tmp_path / "shop"
    Shop.create(directory).close()
    (directory / "shop.toml").unlink()
    (directory / "raw" / "kept.zgr").write_bytes(b"a source file")

    with pytest.raises(DirectoryNotEmptyError):
        Shop.create(directory)
    assert (directory / "shop.key").exists()
