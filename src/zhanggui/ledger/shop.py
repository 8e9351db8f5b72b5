"""The shop directory: one company with all that Zhanggui holds of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs import CheckHistory, ColumnMaps, IdentityDecisions, StateStore, StoreRegistry, WaitingFiles
from zhanggui.ledger.jobs.state import STATE_FILE
from zhanggui.ledger.privacy import RawStore, ShopKey
from zhanggui.ledger.privacy.keys import KEY_FILE
from zhanggui.ledger.server_record import (
    ServerRecord,
    is_alive,
    remove_server_record,
    running_server,
    write_private,
    write_server_record,
)
from zhanggui.settings import SHOP_FILE, Settings, load_settings

if TYPE_CHECKING:
    from zhanggui.ledger.engine import Ledger

METRICS_FILE = "metrics.toml"
"""The metrics that the shop defines itself, as they are now; `zhanggui metrics define` reads the file back."""
OWNER_LOCK_FILE, OWNER_FILE = "owner.lock", "owner.json"
DIRECTORIES = ("raw", "tmp", "exports")
_SETTINGS_PART = f"{SHOP_FILE}.part"
_GIT_IGNORE = f"""\
# shop.key, raw/ and the databases are private: only settings and definitions may be shared.
*
!.gitignore
!{SHOP_FILE}
!{METRICS_FILE}
"""


class ShopMissingError(ZhangguiError):
    """The directory is not a shop."""

    code = "not_a_shop"

    def __init__(self, directory: Path, *, chosen_by: str) -> None:
        self.directory = directory
        super().__init__(
            "This directory is not a shop." if directory.is_dir() else "There is no such directory.",
            where=f"{directory} ({chosen_by})",
            next_step="make one with `zhanggui init DIR`, or name another with --shop DIR",
        )


class ShopExistsError(ZhangguiError):
    """The directory is a shop already."""

    code = "shop_exists"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(
            "This directory is a shop already; it was left as it is.",
            where=str(directory),
            next_step=f"load files into it: `zhanggui load FILE --shop {directory}`",
        )


class DirectoryNotEmptyError(ZhangguiError):
    """A shop cannot be made among other files."""

    code = "directory_not_empty"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(
            "The directory holds other files." if directory.is_dir() else "A file has this name.",
            where=str(directory),
            next_step="name an empty or new directory: `zhanggui init DIR`",
        )


class ShopUnusableError(ZhangguiError):
    """The shop directory cannot be written."""

    code = "shop_unusable"

    def __init__(self, directory: Path, error: OSError) -> None:
        self.directory = directory
        super().__init__(
            f"The shop directory cannot be used: {error.strerror or error}.",
            where=str(error.filename or directory),
            next_step="check its rights and the free space of the disk, then try again",
        )


class ShopBusyError(ZhangguiError):
    """Another program owns the shop."""

    code = "shop_busy"

    def __init__(self, directory: Path, *, pid: int | None, command: str, server: ServerRecord | None) -> None:
        self.directory = directory
        self.pid = pid
        self.server = server
        owner = f"process {pid}" if pid else "another process"
        if server is not None:
            next_step = f"work in the workbench at {server.url}, or stop that server first"
        else:
            next_step = f"wait until {owner} has ended, then try again"
        super().__init__(
            f"The shop is in use by {owner}{f' (`{command}`)' if command else ''}.",
            where=str(directory),
            next_step=next_step,
        )


class Shop:
    """An opened shop directory.

    Opening reads settings and key; the rest is opened when it is first used. The ledger is opened by
    ``zhanggui.ledger.engine``, under :meth:`owner_lock`.

    Attributes
    ----------
    dir : Path
        The directory, absolute.
    settings : Settings
        Merged settings.
    key : ShopKey
        The shop's key.
    """

    def __init__(self, directory: Path, settings: Settings, key: ShopKey) -> None:
        self.dir = directory
        self.settings = settings
        self.key = key

    @classmethod
    def create(cls, directory: Path, name: str | None = None) -> Shop:
        """Make a new shop in an empty or new directory.

        Parameters
        ----------
        directory : Path
            Made with its parents when it does not exist.
        name : str, optional
            Name of the company; the directory's name when absent.

        Raises
        ------
        ShopExistsError
            It is a shop already.
        DirectoryNotEmptyError
            It holds something else.
        ShopUnusableError
            It cannot be written.
        """
        directory = directory.expanduser().absolute()
        if (directory / SHOP_FILE).exists():
            raise ShopExistsError(directory)
        try:
            if directory.exists():
                _clear_unfinished(directory)
            _fill(directory, name or directory.name)
        except OSError as error:
            raise ShopUnusableError(directory, error) from None
        return cls.open(directory)

    @classmethod
    def open(cls, directory: Path, *, chosen_by: str = "as given") -> Shop:
        """Open a shop.

        Parameters
        ----------
        directory : Path
            The shop directory.
        chosen_by : str
            How the directory was chosen, for the error.

        Raises
        ------
        ShopMissingError
            It is not a shop.
        SettingsError, ShopKeyError
            Its settings or its key cannot be used.
        """
        directory = directory.expanduser().absolute()
        if not (directory / SHOP_FILE).is_file():
            raise ShopMissingError(directory, chosen_by=chosen_by)
        return cls(directory, load_settings(directory), ShopKey.load(directory / KEY_FILE))

    @property
    def name(self) -> str:
        """Name of the company."""
        return self.settings.shop.name or self.dir.name

    @property
    def tmp(self) -> Path:
        """Directory for files of passing use."""
        return self.dir / "tmp"

    @property
    def exports(self) -> Path:
        """Directory for what leaves the shop."""
        return self.dir / "exports"

    @property
    def statements(self) -> Path:
        """Directory of the statements that were compiled before."""
        return self.dir / (self.settings.ledger.statements or "cache/statements")

    @cached_property
    def raw(self) -> RawStore:
        """The store of source files."""
        return RawStore(self.dir, self.key)

    @cached_property
    def state(self) -> StateStore:
        """The shop's ``state.sqlite``."""
        return StateStore(self.dir / STATE_FILE)

    @cached_property
    def stores(self) -> StoreRegistry:
        """The stores of the company."""
        return StoreRegistry(self.state)

    @cached_property
    def maps(self) -> ColumnMaps:
        """The column maps that were saved."""
        return ColumnMaps(self.state)

    @cached_property
    def waiting(self) -> WaitingFiles:
        """Files that wait for a map."""
        return WaitingFiles(self.state)

    @cached_property
    def check_history(self) -> CheckHistory:
        """How checks of data quality stood on the days before."""
        return CheckHistory(self.state)

    def keep_in_step(self, ledger: Ledger) -> None:
        """Make everything that follows from the files in `ledger` follow from them as they are now.

        After an import, a move, a replay, and whenever the ledger was opened. What the checks said on days before is
        given back to a ledger that was built anew, and kept for the next one.

        Parameters
        ----------
        ledger : Ledger
            The shop's, open and owned by this process.
        """
        # What has the engine in it takes a second to import; a command that asks the server needs none of it.
        from zhanggui.ledger.derivations import refresh_derived
        from zhanggui.ledger.sessions import session_rules

        undone = IdentityDecisions(self.state).undone()
        refresh_derived(ledger, session_rules(self.settings, self.dir), undone_merges=undone)
        self.check_history.restore(ledger)
        self.check_history.keep(ledger)

    @contextmanager
    def owner_lock(self) -> Iterator[None]:
        """Own the shop for the length of the block; one process at a time may.

        Raises
        ------
        ShopBusyError
            Another process owns it. Names the process and what to do.
        """
        lock = FileLock(self.dir / OWNER_LOCK_FILE, timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise self._busy() from None
        except OSError as error:
            raise ShopUnusableError(self.dir, error) from None
        try:
            owner = {"pid": os.getpid(), "command": _command(), "since": datetime.now(UTC).isoformat()}
            write_private(self.dir / OWNER_FILE, json.dumps(owner))
            self.raw.clean_leftovers()
            yield
        finally:
            (self.dir / OWNER_FILE).unlink(missing_ok=True)
            lock.release()

    def _busy(self) -> ShopBusyError:
        pid, command = None, ""
        try:
            owner = json.loads((self.dir / OWNER_FILE).read_text("utf-8"))
            pid, command = int(owner["pid"]), str(owner["command"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # The owner has not written it yet, or is just going.
        if pid is not None and not is_alive(pid):
            pid, command = None, ""
        return ShopBusyError(self.dir, pid=pid, command=command, server=self.running_server())

    def running_server(self) -> ServerRecord | None:
        """Return the workbench server that runs for this shop, or None."""
        return running_server(self.dir)

    def write_server_record(self, record: ServerRecord) -> None:
        """Tell the command line where this process serves the shop."""
        write_server_record(self.dir, record)

    def remove_server_record(self) -> None:
        """Take that back."""
        remove_server_record(self.dir)

    def close(self) -> None:
        """Close what was opened."""
        if "state" in self.__dict__:
            self.state.close()


def find_shop(
    option: Path | str | None, *, environ: Mapping[str, str] | None = None, current: Path | None = None
) -> Shop:
    """Open the shop that a command means.

    Parameters
    ----------
    option : Path, str or None
        ``--shop`` of the command line.
    environ : mapping, optional
        Environment; ``os.environ`` when absent.
    current : Path, optional
        Current directory; the process's own when absent.

    Returns
    -------
    Shop
        The first named of ``--shop``, ``$ZHANGGUI_SHOP`` and the current directory.

    Raises
    ------
    ShopMissingError
        That directory is not a shop.
    """
    environ = os.environ if environ is None else environ
    if option is not None:
        return Shop.open(Path(option), chosen_by="--shop")
    if named := environ.get("ZHANGGUI_SHOP"):
        return Shop.open(Path(named), chosen_by="$ZHANGGUI_SHOP")
    return Shop.open(current or Path.cwd(), chosen_by="the current directory")


def _clear_unfinished(directory: Path) -> None:
    """Remove what a creation that was cut off left behind; refuse a directory that holds anything else.

    ``shop.toml`` is written last, so without it nothing was ever loaded: the key that goes here opens no file.
    """
    if not directory.is_dir():
        raise DirectoryNotEmptyError(directory)
    found = {path.name for path in directory.iterdir()}
    made = {*DIRECTORIES, ".gitignore", KEY_FILE, _SETTINGS_PART}
    is_ours = all(name in made or name.startswith(STATE_FILE) for name in found)
    if not is_ours or any(any((directory / part).iterdir()) for part in DIRECTORIES if part in found):
        raise DirectoryNotEmptyError(directory)
    for name in found:
        path = directory / name
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def _fill(directory: Path, name: str) -> None:
    """Write a shop's files; ``shop.toml`` comes last, since it is what makes the directory a shop."""
    directory.mkdir(parents=True, exist_ok=True)
    for part in DIRECTORIES:
        (directory / part).mkdir(mode=0o700)
    (directory / ".gitignore").write_text(_GIT_IGNORE, "utf-8")
    ShopKey.create(directory / KEY_FILE)
    StateStore(directory / STATE_FILE).close()
    # A directory's name may hold bytes that are no text, and be longer than a setting may.
    shown = name.encode("utf-8", "replace").decode()[:200].replace("\x7f", "")
    settings = (
        "# Settings of this shop; docs/reference/settings.md lists them all.\n"
        "[shop]\n"
        f"name = {json.dumps(shown, ensure_ascii=False)}\n"
    )
    unfinished = directory / _SETTINGS_PART
    unfinished.write_text(settings, "utf-8")
    unfinished.replace(directory / SHOP_FILE)


def _command() -> str:
    """Return the command's words without its arguments, which may name files."""
    words = [word for word in sys.argv[1:2] if not word.startswith("-")]
    return " ".join(["zhanggui", *words])
