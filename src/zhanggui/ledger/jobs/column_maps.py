"""The column maps that a person has saved: which header each one reads, and what was changed last."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class SavedMap:
    """One saved map.

    Attributes
    ----------
    name : str
        What a person calls it.
    identity : str
        The name under which what its files say is held; it stays when the map is renamed.
    shapes : tuple of str
        Shapes of the headers that it reads.
    header : tuple of str
        Header that it was made for, for a person to read.
    document : dict
        Content of the map.
    saved_at : float
        Seconds since 1970.
    """

    name: str
    identity: str
    shapes: tuple[str, ...]
    header: tuple[str, ...]
    document: Mapping[str, Any]
    saved_at: float


class UnknownMapError(ZhangguiError):
    """No saved map has this name."""

    code = "unknown_map"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no saved map {name!r}.",
            where=f"map {name!r}",
            next_step="`zhanggui map --list` lists them, as the Data page does",
        )


class MapNameTakenError(ZhangguiError):
    """A saved map of this name reads other files."""

    code = "map_name_taken"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is a saved map {name!r} already, for files with another header.",
            where=f"map {name!r}",
            next_step="choose another name, or delete that map first",
        )


class MapNameEmptyError(ZhangguiError):
    """A saved map needs a name."""

    code = "map_name_empty"

    def __init__(self) -> None:
        super().__init__("A saved map needs a name.", where="the map's name", next_step="write one")


class NothingToUndoError(ZhangguiError):
    """No change of saved maps is left to take back."""

    code = "nothing_to_undo"

    def __init__(self) -> None:
        super().__init__(
            "There is no change of saved maps left to take back.", where="saved maps", next_step="go on working"
        )


class ColumnMaps:
    """The saved maps in ``state.sqlite``; every change can be taken back."""

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def list_maps(self) -> list[SavedMap]:
        """Return all saved maps by name."""
        return [_saved(row["value_json"]) for row in self._state.rows("SELECT * FROM column_map ORDER BY name")]

    def get(self, name: str) -> SavedMap:
        """Return one map.

        Raises
        ------
        UnknownMapError
            There is none.
        """
        found = self._state.rows("SELECT * FROM column_map WHERE name = ?", (name.strip(),))
        if not found:
            raise UnknownMapError(name)
        return _saved(found[0]["value_json"])

    def save(self, name: str, *, shapes: Sequence[str], header: Sequence[str], document: Mapping[str, Any]) -> SavedMap:
        """Keep a map for a header; one that was kept for that header before is replaced.

        Raises
        ------
        MapNameTakenError
            A map of that name reads other files.
        MapNameEmptyError
            There is no name.
        """
        name = _proper(name)
        with self._state.transaction():
            held = self.list_maps()
            same = [each for each in held if set(each.shapes) & set(shapes)]
            if any(each.name == name and each not in same for each in held):
                raise MapNameTakenError(name)
            before = next((each for each in same if each.name == name), same[0] if same else None)
            identity = before.identity if before is not None else _free(name, {each.identity for each in held})
            made = SavedMap(
                name=name,
                identity=identity,
                shapes=tuple(shapes),
                header=tuple(header),
                document={**document, "name": identity},
                saved_at=time.time(),
            )
            self._change(before=same, after=[made])
        return made

    def rename(self, name: str, new_name: str) -> SavedMap:
        """Give a map another name; what its files say stays held as it is.

        Raises
        ------
        UnknownMapError, MapNameTakenError, MapNameEmptyError
        """
        new_name = _proper(new_name)
        with self._state.transaction():
            held = self.get(name)
            if new_name != held.name and any(each.name == new_name for each in self.list_maps()):
                raise MapNameTakenError(new_name)
            made = replace(held, name=new_name)
            self._change(before=[held], after=[made])
        return made

    def delete(self, name: str) -> SavedMap:
        """Forget a map and return it; files that it read stay loaded.

        Raises
        ------
        UnknownMapError
        """
        with self._state.transaction():
            held = self.get(name)
            self._change(before=[held], after=[])
        return held

    def undo(self) -> list[SavedMap]:
        """Take the last change back, and return the maps that are there again.

        Raises
        ------
        NothingToUndoError
        """
        with self._state.transaction():
            found = self._state.rows("SELECT * FROM column_map_change ORDER BY change_id DESC LIMIT 1")
            if not found:
                raise NothingToUndoError
            before, after = (
                [_saved(each) for each in json.loads(found[0][key])] for key in ("before_json", "after_json")
            )
            self._put(gone=after, there=before)
            self._state.execute("DELETE FROM column_map_change WHERE change_id = ?", (found[0]["change_id"],))
        return before

    def can_undo(self) -> bool:
        """Tell whether there is a change to take back."""
        return bool(self._state.rows("SELECT 1 FROM column_map_change LIMIT 1"))

    def _change(self, *, before: Sequence[SavedMap], after: Sequence[SavedMap]) -> None:
        self._put(gone=before, there=after)
        self._state.execute(
            "INSERT INTO column_map_change (changed_at, before_json, after_json) VALUES (?, ?, ?)",
            (time.time(), _json(before), _json(after)),
        )

    def _put(self, *, gone: Sequence[SavedMap], there: Sequence[SavedMap]) -> None:
        for each in gone:
            self._state.execute("DELETE FROM column_map WHERE name = ?", (each.name,))
        for each in there:
            value = json.dumps(asdict(each), ensure_ascii=False)
            self._state.execute("INSERT INTO column_map (name, value_json) VALUES (?, ?)", (each.name, value))


def _proper(name: str) -> str:
    proper = " ".join(name.split())[:100]
    if not proper:
        raise MapNameEmptyError
    return proper


def _free(name: str, taken: set[str]) -> str:
    """Return a name that no map's files are held under."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} {number}"
    return found


def _json(maps: Sequence[SavedMap]) -> str:
    return json.dumps([json.dumps(asdict(each), ensure_ascii=False) for each in maps], ensure_ascii=False)


def _saved(text: str) -> SavedMap:
    value = json.loads(text)
    return SavedMap(**{**value, "shapes": tuple(value["shapes"]), "header": tuple(value["header"])})
