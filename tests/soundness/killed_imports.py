"""Import files in child processes and kill them; run by ``test_killed_import.py`` in a process of its own.

The children are forked from a process that has imported everything and opened nothing, so that most of a child's
life is the import itself.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.collect.loading.forms import ITEMS, SIXTY_ONE, form, item, order
from tests.collect.loading.shops import LINEAGE, Till, new_shop, till_at
from tests.soundness.histories import START

N_ORDERS = 1000
FILES = ("ExportOrderList202609051230.csv", "ExportOrderDetailList202609051230.csv")


def write_files(folder: Path) -> None:
    folder.mkdir()
    rows = [
        order(f"{n:019}", f"{START:%Y-%m-%d} 10:{n % 60:02}:07", 退款金额="1.00" if n % 7 == 0 else "0.00")
        for n in range(N_ORDERS)
    ]
    lines = [item(f"{n:019}", title, "50.00") for n in range(N_ORDERS) for title in ("茶", "杯")]
    (folder / FILES[0]).write_bytes(form(SIXTY_ONE, rows))
    (folder / FILES[1]).write_bytes(form(ITEMS, lines))


def import_files(home: Path, folder: Path) -> None:
    with till_at(home) as till, till.shop.owner_lock():
        done = till.load_all([folder / name for name in FILES])
        assert done.exit_code == 0


def digest(home: Path) -> str:
    """Return a digest of the canonical tables; check what else a crash must not leave."""
    with till_at(home) as till:
        till.check()
        raw = till.shop.raw.directory
        assert list(raw.glob("*.pending.json")) == []
        assert len(list(raw.glob("*.zgr"))) == len(FILES)
        return hashlib.sha256(repr(_rows(till)).encode()).hexdigest()


def _rows(till: Till) -> list[object]:
    # Files come again under another batch number, but from the same rows.
    found: list[object] = [till.contents()]
    for table in ("order_header", "order_line", "refund"):
        found.append(till.rows(table, *sorted(LINEAGE - {"batch_id"}), "shop_id"))
    return found


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a forked child; return its process id."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - the child must end here, whatever happens
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            sys.stderr.flush()
            os._exit(1)
    return child


def finished(child: int) -> None:
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise SystemExit("the import failed")


def imported_digest(home: Path, folder: Path) -> tuple[str, float]:
    """Import the files in a child of its own, to the end; return the digest of the ledger and how long it took."""

    def work() -> None:
        started = time.monotonic()
        import_files(home, folder)
        length = time.monotonic() - started
        os.write(writing, f"{digest(home)} {length}".encode())

    reading, writing = os.pipe()
    child = in_child(work)
    os.close(writing)
    finished(child)
    with os.fdopen(reading) as pipe:
        found, length = pipe.read().split()
    return found, float(length)


def main(folder: Path, n_kills: int, seed: int) -> None:
    """Print one line per kill: when, and whether the child was still running."""
    rng = random.Random(seed)
    write_files(folder / "desk")
    finished(in_child(lambda: new_shop(folder / "empty" / "shop")))
    shutil.copytree(folder / "empty", folder / "whole")
    expected, length = imported_digest(folder / "whole", folder / "desk")
    n_cut = 0
    for number in range(n_kills):
        home = folder / f"killed{number}"
        shutil.copytree(folder / "empty", home)
        delay = rng.uniform(0, length)
        child = in_child(lambda home=home: import_files(home, folder / "desk"))  # type: ignore[misc]  # bound now
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        n_cut += os.WIFSIGNALED(status)
        if imported_digest(home, folder / "desk")[0] != expected:
            raise SystemExit(f"killed after {delay:.3f} of {length:.3f} s: the ledger differs")
        shutil.rmtree(home)
    print(f"{n_kills} kills, {n_cut} of them during the import of {length:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
