"""Worlds of which only some reports are wanted: writing all of them takes as long as living."""

from __future__ import annotations

from pathlib import Path

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.exports import COMPANY_WRITERS, STORE_WRITERS, turns
from zhanggui.simulate.exports.writing import View, Writer, WrittenFile, midnight_after
from zhanggui.simulate.world import World


def lived_and_written(
    folder: Path, world: World, *systems: str
) -> tuple[tuple[DayRecords, ...], tuple[WrittenFile, ...]]:
    """Live through a world; return its days, and the reports of its stores and of these systems of the company."""
    view = View(world.start, midnight_after(world.options.end))
    writers: list[Writer] = []
    for store in world.stores:
        (folder / store.name).mkdir(parents=True)
        writers += [make(folder / store.name, world, store, view) for make in STORE_WRITERS[store.platform]]
    for name in systems:
        (folder / name).mkdir(parents=True)
        writers += [make(folder / name, world, view) for make in COMPANY_WRITERS[name]]
    days = []
    for _ in range(world.options.days):
        days.append(world.step())
        for writer in writers:
            writer.write(days[-1])
    return tuple(days), tuple(turns([file for writer in writers for file in writer.close()], world))
