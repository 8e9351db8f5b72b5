"""A simulated shop in a folder: the world stepped through all its days, and every report of it written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from zhanggui.errors import ZhangguiError
from zhanggui.simulate.exports.daily import DailyExports
from zhanggui.simulate.exports.exports import LOADING_NAME, Exports, Written
from zhanggui.simulate.exports.writing import WrittenFile
from zhanggui.simulate.options import Options
from zhanggui.simulate.truth import TRUTH_NAME, truth_text
from zhanggui.simulate.world import World


class SimulationFolderError(ZhangguiError):
    """A folder that no simulated shop can be written into."""

    code = "simulation_folder"

    def __init__(self, directory: Path, what: str, *, next_step: str) -> None:
        self.directory = directory
        super().__init__(what, where=f"folder {directory}", next_step=next_step)


def simulate_shop(
    directory: Path,
    options: Options,
    progress: Callable[[int, int], None] | None = None,
    *,
    is_daily: bool = False,
) -> Written:
    """Write a simulated shop.

    Parameters
    ----------
    directory : Path
        A new or empty folder.
    options : Options
        Size, time and scope of the shop.
    progress : callable, optional
        Told the days done and all days.
    is_daily : bool
        Write a folder per date, each with what is exported on the morning after, instead of all in the end.

    Returns
    -------
    Written
        The files, in an order in which they can be loaded.

    Raises
    ------
    SimulationFolderError
        The folder holds something, or cannot be written into.
    """
    is_new = _prepared(directory)
    try:
        write = _written_daily if is_daily else _written
        return write(directory, options, progress or (lambda done, total: None))
    except BaseException:
        # A shop that is cut off in the middle would look whole to whoever finds it.
        for child in directory.iterdir():
            if child.is_dir():
                shutil.rmtree(child)
            else:
                child.unlink()
        if is_new:
            directory.rmdir()
        raise


def _prepared(directory: Path) -> bool:
    """Make the folder ready and return whether it was not there."""
    is_new = not directory.exists()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if any(directory.iterdir()):
            raise SimulationFolderError(
                directory, "The folder is not empty.", next_step="name a new folder, or empty this one"
            )
        probe = directory / LOADING_NAME
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SimulationFolderError(
            directory,
            f"The folder cannot be written into: {error.strerror or error}.",
            next_step="name a folder that you may write into",
        ) from error
    return is_new


def _written(directory: Path, options: Options, progress: Callable[[int, int], None]) -> Written:
    world = World(options)
    exports = Exports(directory, world)
    try:
        for day in range(options.days):
            exports.write(world.step())
            progress(day + 1, options.days)
    finally:
        # Also when it is cut off: files that are open cannot be deleted everywhere.
        written = exports.close()
    _conclude(directory, world, written)
    return written


def _written_daily(directory: Path, options: Options, progress: Callable[[int, int], None]) -> Written:
    world = World(options)
    exports = DailyExports(directory, world)
    files: list[WrittenFile] = []
    try:
        for day in range(options.days):
            files += exports.write(world.step()).files
            progress(day + 1, options.days)
    finally:
        exports.close()
    written = Written(directory, tuple(files))
    _conclude(directory, world, written)
    return written


def _conclude(directory: Path, world: World, written: Written) -> None:
    (directory / TRUTH_NAME).write_bytes(truth_text(world).encode())
    (directory / LOADING_NAME).write_bytes(written.to_text().encode())
