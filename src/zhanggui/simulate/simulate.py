"""A simulated shop in a folder: the world stepped through all its days, and every report of it written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from zhanggui.errors import ZhangguiError
from zhanggui.simulate.exports.exports import Exports, Written
from zhanggui.simulate.options import Options
from zhanggui.simulate.truth import TRUTH_NAME, truth_text
from zhanggui.simulate.world import World

LOADING_NAME = "LOADING.json"
"""Lists all files in an order in which they can be loaded; written last, so a folder that has it is whole."""


class SimulationFolderError(ZhangguiError):
    """A folder that no simulated shop can be written into."""

    code = "simulation_folder"

    def __init__(self, directory: Path, what: str, *, next_step: str) -> None:
        self.directory = directory
        super().__init__(what, where=f"folder {directory}", next_step=next_step)


def simulate_shop(directory: Path, options: Options, progress: Callable[[int, int], None] | None = None) -> Written:
    """Write a simulated shop.

    Parameters
    ----------
    directory : Path
        A new or empty folder.
    options : Options
        Size, time and scope of the shop.
    progress : callable, optional
        Told the days done and all days.

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
        return _written(directory, options, progress)
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


def _written(directory: Path, options: Options, progress: Callable[[int, int], None] | None) -> Written:
    world = World(options)
    exports = Exports(directory, world)
    try:
        for day in range(options.days):
            exports.write(world.step())
            if progress is not None:
                progress(day + 1, options.days)
    finally:
        # Also when it is cut off: files that are open cannot be deleted everywhere.
        written = exports.close()
    (directory / TRUTH_NAME).write_bytes(truth_text(world).encode())
    (directory / LOADING_NAME).write_bytes(written.to_text().encode())
    return written
