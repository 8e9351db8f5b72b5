"""The kinds of background work: loading, moving a file to another store, replaying rows, checking, watching."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhanggui.app.passwords import Passwords
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs import Handler, JobQueue, JsonObject, Lease, run_inline

if TYPE_CHECKING:
    from zhanggui.collect.loading.load import LoadOptions
    from zhanggui.collect.loading.report import FileReport, LoadReport
    from zhanggui.ledger.engine import Ledger
    from zhanggui.ledger.shop import Shop

LOAD, MOVE, REPLAY, CHECK, WATCH = "load", "move", "replay", "check", "watch"
PASSWORDS = "passwords"
"""Where a job's record names the number of its passwords; they themselves are never in it."""
_ROOM = "upload-mapped-"
"""Like every upload's folder, one that a killed program left is removed at the next start."""


class FileRefusedError(ZhangguiError):
    """The one file of a load could not be read; carries what helps to try again.

    Attributes
    ----------
    choices : list
        Stores to choose from.
    near : list
        Formats that the file resembles.
    draft_map : str or None
        A map for the file, ready to edit.
    waiting : int or None
        Number under which the file waits for a map.
    """

    def __init__(self, report: FileReport, *, waiting: int | None = None) -> None:
        error = report.error
        assert error is not None
        self.code = error.code
        self.exit_code = error.exit_code
        said = error.to_json()["error"]
        self.choices, self.near = said.get("choices"), said.get("near")
        self.draft_map = report.draft_map
        self.waiting = waiting
        super().__init__(error.what, where=error.where, next_step=error.next_step)

    def to_json(self) -> dict[str, dict[str, object]]:
        """Return the error with its choices and its map."""
        answer = super().to_json()
        if self.choices:
            answer["error"]["choices"] = self.choices
        if self.near:
            answer["error"]["near"] = self.near
        if self.draft_map:
            answer["error"]["map"] = self.draft_map
        if self.waiting is not None:
            answer["error"]["waiting"] = self.waiting
        return answer


def handlers(
    shop: Shop,
    ledger: Ledger,
    on_change: Callable[[], None],
    *,
    derives: bool = True,
    passwords: Passwords | None = None,
) -> Mapping[str, Handler]:
    """Return the handler of each kind of work.

    Parameters
    ----------
    shop, ledger : Shop, Ledger
        Both owned by this process.
    on_change : callable
        Called whenever the ledger may have changed.
    derives : bool
        Make what follows from the ledger at the end of the work; who does several pieces may do that once.
    passwords : Passwords, optional
        Those of files that are to be loaded.
    """

    def telling(work: Callable[[Shop, Ledger, Lease], JsonObject]) -> Handler:
        def handle(lease: Lease) -> JsonObject:
            try:
                done = work(shop, ledger, lease)
                if derives:
                    shop.keep_in_step(ledger)
                    ask_for_watch(shop)
                return done
            finally:
                on_change()

        return handle

    load = partial(_load, passwords or Passwords())
    return {
        LOAD: telling(load),
        MOVE: telling(_move),
        REPLAY: telling(_replay),
        CHECK: telling(_check),
        WATCH: lambda lease: _watch(shop, ledger),
    }


def ask_for_watch(shop: Shop) -> None:
    """Ask for a watch over the shop, whose data has changed, unless one waits already."""
    if not is_watch_due(shop):
        JobQueue(shop.state).enqueue(WATCH)


def forget_waiting_watch(shop: Shop) -> None:
    """Take back what was asked for, as the watch is about to be run."""
    queue = JobQueue(shop.state)
    for job in queue.list_jobs():
        if job.kind == WATCH and job.state == "queued":
            queue.request_cancel(job.job_id)


def is_watch_due(shop: Shop) -> bool:
    """Tell whether a watch waits to be run."""
    return any(job.kind == WATCH and job.state == "queued" for job in JobQueue(shop.state).list_jobs())


def run_here(
    shop: Shop,
    ledger: Ledger,
    kind: str,
    payload: JsonObject,
    tell: Callable[[Mapping[str, Any]], None],
    *,
    derives: bool = True,
    passwords: Sequence[str] = (),
) -> JsonObject:
    """Do one piece of work in this process, recorded as a job, telling its progress; return its result."""
    held = Passwords()
    queue = JobQueue(shop.state)
    # Whoever owns the shop now knows that nobody else works in it.
    queue.reclaim(everything=True)
    handler = handlers(shop, ledger, lambda: None, derives=derives, passwords=held)[kind]
    payload = {**payload, PASSWORDS: held.keep(passwords)} if passwords else payload
    return run_inline(queue, kind, handler, payload=payload, on_progress=lambda progress: tell(progress.to_json()))


def load_report(shop: Shop, ledger: Ledger, lease: Lease, passwords: tuple[str, ...] = ()) -> LoadReport:
    """Load the files that a job names and return what became of them."""
    from zhanggui.collect.loading.load import load_paths

    asked = lease.payload
    paths = [Path(str(path)) for path in _listed(asked, "paths")]
    return load_paths(shop, ledger, paths, _options(asked, passwords), lease=lease)


def _load(kept: Passwords, shop: Shop, ledger: Ledger, lease: Lease) -> JsonObject:
    if lease.payload.get("waiting") is not None:
        return _load_waiting(shop, ledger, lease)
    folder = lease.payload.get("folder")
    passwords = kept.take(lease.payload.get(PASSWORDS))
    waiting: int | None = None
    try:
        report = load_report(shop, ledger, lease, passwords)
        paths = _listed(lease.payload, "paths")
        refused = _refused(report) if folder and len(paths) == 1 else None
        if refused is not None and refused.draft_map is not None:
            waiting = _kept_waiting(shop, Path(str(paths[0])), passwords)
    finally:
        if folder:
            shutil.rmtree(str(folder), ignore_errors=True)
    # A page uploads one file at a time and asks about it; the terminal wants the whole report.
    if refused is not None:
        raise FileRefusedError(refused, waiting=waiting)
    return report.to_json()


def _refused(report: LoadReport) -> FileReport | None:
    """Return what speaks for a file of which nothing could be read: of several sheets, the one with most columns."""
    from zhanggui.collect.loading.recognise import UnknownFormatError

    def n_columns(entry: FileReport) -> int:
        return len(entry.error.header) if isinstance(entry.error, UnknownFormatError) else 0

    if not report.files or any(entry.error is None for entry in report.files):
        return None
    return max(report.files, key=n_columns)


def _kept_waiting(shop: Shop, path: Path, passwords: Sequence[str]) -> int:
    """Keep an uploaded file of no known format until a person has said what its columns are; return its number."""
    from zhanggui.collect.reading.unlocking import unlocked

    with path.open("rb") as file:
        stored = shop.raw.put(unlocked(file, path.name, passwords))
    return shop.waiting.add(stored.raw_id, path.name).file_id


def _load_waiting(shop: Shop, ledger: Ledger, lease: Lease) -> JsonObject:
    """Load a file that waited, with the map that a person made; it waits on where nothing of it could be read."""
    from zhanggui.collect.loading.load import LoadOptions, load_paths
    from zhanggui.collect.mapping.map_file import layout_from

    asked = lease.payload
    file = shop.waiting.get(int(str(asked["waiting"])))
    document = asked["map_document"]
    assert isinstance(document, dict)
    layout = layout_from(document, file=file.name, name=Path(file.name).stem)
    store = asked.get("store")
    with tempfile.TemporaryDirectory(prefix=_ROOM, dir=shop.tmp) as room:
        path = Path(room) / "file"
        with shop.raw.open(file.raw_id) as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        options = LoadOptions(layout=layout, store=str(store) if store else None)
        report = load_paths(shop, ledger, [path], options, lease=lease, names=[file.name])
    refused = _refused(report)
    if refused is not None:
        raise FileRefusedError(refused, waiting=file.file_id)
    shop.waiting.remove(file.file_id)
    return report.to_json()


def _options(asked: Mapping[str, Any], passwords: tuple[str, ...]) -> LoadOptions:
    from zhanggui.collect.loading.load import LoadOptions
    from zhanggui.collect.mapping import read_map

    made_at = asked.get("extracted_at")
    return LoadOptions(
        layout=read_map(Path(str(asked["map"]))) if asked.get("map") else None,
        store=str(asked["store"]) if asked.get("store") else None,
        extracted_at=datetime.fromisoformat(str(made_at)) if made_at else None,
        is_dry_run=bool(asked.get("dry_run")),
        passwords=passwords,
    )


def _move(shop: Shop, ledger: Ledger, lease: Lease) -> JsonObject:
    from zhanggui.collect.loading.corrections import move_batch

    return move_batch(shop, ledger, int(str(lease.payload["batch_id"])), str(lease.payload["store"]), lease=lease)


def _replay(shop: Shop, ledger: Ledger, lease: Lease) -> JsonObject:
    from zhanggui.collect.loading.corrections import replay_rows

    fixes = {str(fix["id"]): dict(fix["values"]) for fix in _listed(lease.payload, "fixes")}
    return replay_rows(shop, ledger, fixes, lease=lease).to_json()


def _check(shop: Shop, ledger: Ledger, lease: Lease) -> JsonObject:
    from zhanggui.ledger.quality import check_all

    return {"n_checks": check_all(ledger)}


def _watch(shop: Shop, ledger: Ledger) -> JsonObject:
    from zhanggui.understand.desk import Desk
    from zhanggui.understand.monitoring.watching import watch

    return watch(Desk(shop, ledger), datetime.now(UTC)).to_json()


def _listed(asked: Mapping[str, Any], key: str) -> list[Any]:
    found = asked.get(key)
    return found if isinstance(found, list) else []
