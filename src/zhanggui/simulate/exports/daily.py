"""Reports day by day: a folder per date with what somebody exports on the morning after."""

from __future__ import annotations

import shutil
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.changes import Changes
from zhanggui.simulate.exports.exports import LOADING_NAME, Written, turns, writers_of
from zhanggui.simulate.exports.writing import View, WrittenFile

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

_DESK = ".writing"
"""Where the files of a day are written; they are moved under their date when all of them are whole."""
_DAY_SECONDS = 86_400


class DailyExports:
    """Writes each day of a world as it is stepped.

    A day's folder holds the orders that were created or that changed, with all their lines and cases, what was booked,
    what the platforms declare of the day, stock at its end, members and contacts that are new or changed. A list that
    is the same as on the morning before is not exported again.

    Parameters
    ----------
    folder : Path
        An empty folder; one folder per date is made in it.
    world : World
        Whose reports; it has not lived through a day yet.
    """

    def __init__(self, folder: Path, world: World) -> None:
        self._folder = folder
        self._world = world
        self._desk = folder / _DESK
        self._desk.mkdir()
        self._view = View(world.start, 0, is_daily=True)
        self._writers = writers_of(self._desk, world, self._view)
        self._changes = Changes()
        self._seen: dict[str, str] = {}

    def write(self, records: DayRecords) -> Written:
        """Write the reports of a day and return them; days have to come in order."""
        self._view.as_of = records.midnight + _DAY_SECONDS
        reported = self._changes.of_day(records)
        files: list[WrittenFile] = []
        for writer in self._writers:
            writer.write(reported)
            files += writer.close()
        folder = self._folder / f"{self._view.date_of(records.day):%Y-%m-%d}"
        files = [self._moved(file, folder) for file in files if self._is_news(file)]
        written = Written(folder, tuple(turns(files, self._world)))
        (folder / LOADING_NAME).write_bytes(written.to_text().encode())
        return written

    def close(self) -> None:
        """Tidy up after the last day."""
        shutil.rmtree(self._desk)

    def _is_news(self, file: WrittenFile) -> bool:
        name = self._place(file.path)
        digest = blake2b(file.path.read_bytes()).hexdigest()
        is_news = self._seen.get(name) != digest
        self._seen[name] = digest
        return is_news

    def _moved(self, file: WrittenFile, folder: Path) -> WrittenFile:
        path = folder / self._place(file.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.path.rename(path)
        if file.map is None:
            return replace(file, path=path)
        explained = folder / self._place(file.map)
        shutil.copyfile(file.map, explained)
        return replace(file, path=path, map=explained)

    def _place(self, path: Path) -> str:
        return path.relative_to(self._desk).as_posix()
