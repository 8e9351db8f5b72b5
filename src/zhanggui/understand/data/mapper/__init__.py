"""The column mapper: what a file seems to be, what a map makes of it, and the maps that were kept."""

from zhanggui.understand.data.mapper.keeping import map_view, put_away, save_map, saved_maps, waiting_files
from zhanggui.understand.data.mapper.reading import (
    MappedFile,
    Reading,
    beginning_of,
    mapping_of,
    opened_path,
    opened_waiting,
)
from zhanggui.understand.data.mapper.trying import FEW_ROWS, tried

__all__ = [
    "FEW_ROWS",
    "MappedFile",
    "Reading",
    "beginning_of",
    "map_view",
    "mapping_of",
    "opened_path",
    "opened_waiting",
    "put_away",
    "save_map",
    "saved_maps",
    "tried",
    "waiting_files",
]
