"""Saved column maps: one per header, and every change can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhanggui.ledger.jobs import ColumnMaps, StateStore, UnknownMapError
from zhanggui.ledger.jobs.column_maps import MapNameEmptyError, MapNameTakenError, NothingToUndoError, SavedMap

DOCUMENT = {"table": "orders", "columns": {"order_id": "No"}}


@pytest.fixture
def maps(tmp_path: Path) -> Iterator[ColumnMaps]:
    """Give the maps of a new state file."""
    state = StateStore(tmp_path / "state.sqlite")
    yield ColumnMaps(state)
    state.close()


def save(maps: ColumnMaps, name: str, shape: str, **document: object) -> SavedMap:
    return maps.save(name, shapes=[shape], header=["No"], document={**DOCUMENT, **document})


def names(maps: ColumnMaps) -> list[str]:
    return [each.name for each in maps.list_maps()]


def test_a_saved_map_is_there_with_its_content(maps: ColumnMaps) -> None:
    save(maps, " 批发  订单 ", "s1")

    found = maps.get("批发 订单")
    assert (found.identity, found.shapes, found.header) == ("批发 订单", ("s1",), ("No",))
    assert found.document == {**DOCUMENT, "name": "批发 订单"}


def test_a_header_has_one_map_the_last_saved(maps: ColumnMaps) -> None:
    save(maps, "a", "s1")
    save(maps, "b", "s1", options={"paid": "all"})

    assert names(maps) == ["b"]
    # What the file says stays held under the first name: a load after the change is the same layout's.
    assert (maps.get("b").identity, maps.get("b").document["options"]) == ("a", {"paid": "all"})


def test_a_name_that_reads_other_files_is_not_taken_over(maps: ColumnMaps) -> None:
    save(maps, "a", "s1")
    save(maps, "b", "s2")

    with pytest.raises(MapNameTakenError, match="'a'"):
        save(maps, "a", "s3")
    with pytest.raises(MapNameTakenError, match="'a'"):
        maps.rename("b", "a")
    assert names(maps) == ["a", "b"]


def test_a_renamed_map_keeps_what_its_files_are_held_under(maps: ColumnMaps) -> None:
    save(maps, "a", "s1")

    renamed = maps.rename("a", "b")
    again = save(maps, "a", "s2")

    assert (renamed.identity, again.identity) == ("a", "a 2")
    assert names(maps) == ["a", "b"]


def test_each_change_is_taken_back_in_turn(maps: ColumnMaps) -> None:
    save(maps, "a", "s1")
    save(maps, "b", "s1", options={"paid": "all"})
    maps.rename("b", "c")
    maps.delete("c")

    seen = [names(maps)]
    while maps.can_undo():
        maps.undo()
        seen.append(names(maps))

    assert seen == [[], ["c"], ["b"], ["a"], []]
    with pytest.raises(NothingToUndoError):
        maps.undo()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_map_without_a_name_is_refused(maps: ColumnMaps, name: str) -> None:
    with pytest.raises(MapNameEmptyError):
        save(maps, name, "s1")


def test_a_map_that_is_not_there_is_named(maps: ColumnMaps) -> None:
    with pytest.raises(UnknownMapError, match="'none'"):
        maps.get("none")
    with pytest.raises(UnknownMapError, match="'none'"):
        maps.delete("none")
    with pytest.raises(UnknownMapError, match="'none'"):
        maps.rename("none", "b")


def test_maps_are_there_when_the_state_is_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        state = StateStore(tmp_path / "state.sqlite")
        if not ColumnMaps(state).list_maps():
            save(ColumnMaps(state), "a", "s1")
        assert names(ColumnMaps(state)) == ["a"]
        state.close()
