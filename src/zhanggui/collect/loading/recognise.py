"""Which layout reads a table; an unknown header is answered with what is near it and a map to fill in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.mapping.guessing import missing_of_header
from zhanggui.collect.mapping.layout import Layout, comparable
from zhanggui.columns import INPUT_COLUMNS
from zhanggui.errors import ZhangguiError

_N_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A known format that an unknown header resembles."""

    layout: Layout
    missing: tuple[str, ...]


class UnknownFormatError(ZhangguiError):
    """No known format has this header."""

    code = "unknown_format"

    def __init__(self, name: str, header: Sequence[str], near: Sequence[Near], lacking: Collection[str] = ()) -> None:
        self.name = name
        self.header = tuple(header)
        self.near = tuple(near)
        lines = ["The file is of no known format."]
        lines.append(f"  columns: {', '.join(header[:40])}{' …' if len(header) > 40 else ''}")
        if lacking:
            lines.append(f"  to be orders it lacks: {', '.join(lacking)}")
        for item in near:
            lines.append(
                f"  nearest: {item.layout.title_en} ({item.layout.format_id}), which also has {', '.join(item.missing)}"
            )
        super().__init__(
            "\n".join(lines),
            where=name,
            next_step="look over what is guessed of it: `zhanggui map FILE`, or its page in the workbench; "
            "or complete the map that was drafted, then `zhanggui load FILE --map MAP`",
        )

    def to_json(self) -> dict[str, dict[str, object]]:
        """Return the error with the formats that are near."""
        answer = super().to_json()
        answer["error"]["near"] = [
            {
                "format": near.layout.format_id,
                "title": {"zh": near.layout.title_zh, "en": near.layout.title_en},
                "missing": list(near.missing),
            }
            for near in self.near
        ]
        return answer


class MapDoesNotFitError(ZhangguiError):
    """The map names columns that the file does not have."""

    code = "map_does_not_fit"

    def __init__(self, name: str, missing: Collection[str], header: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"The map names columns that the file does not have: {', '.join(self.missing)}.",
            where=name,
            next_step=f"use the file's own headers: {', '.join(header[:60])}",
        )


def recognised(header: Sequence[str], name: str) -> Layout:
    """Return the known format of a header, the most demanding that fits.

    Raises
    ------
    UnknownFormatError
        No format fits.
    """
    present = comparable(header)
    for layout in known_formats():
        if layout.fits(present):
            return layout
    raise UnknownFormatError(name, header, nearest(header), lacking(header))


def header_score(header: list[str]) -> float:
    """Return how much a row looks like a known header, 0 to 1; finds the header below title rows."""
    present = comparable(header)
    if present.isdisjoint(_known_headers()):
        return 0.0
    return max((layout.score(present) for layout in known_formats()), default=0.0)


@cache
def _known_headers() -> frozenset[str]:
    """Return every header that any known format asks for: most rows of a file hold none of them."""
    return frozenset[str]().union(*(comparable(layout.required) for layout in known_formats()))


def check_map(layout: Layout, header: Sequence[str], name: str) -> None:
    """Refuse a map whose columns the file lacks.

    Raises
    ------
    MapDoesNotFitError
        A mapped column is not in the header.
    """
    bound = layout.bound(header)
    missing = [sources[0] for column, sources in layout.columns.items() if column not in bound]
    if missing:
        raise MapDoesNotFitError(name, missing, header)


def nearest(header: Sequence[str]) -> list[Near]:
    """Return the known formats that share the most columns with a header, nearest first; a mark is nearest of all."""
    present = comparable(header)
    scored = []
    for layout in known_formats():
        missing = layout.missing(present)
        has_mark = bool(layout.mark) and layout.mark not in missing
        # Of what asks for little much is found everywhere: a mark, or all but the mark, has to be there.
        if not layout.mark or has_mark or missing == (layout.mark,):
            scored.append((has_mark, layout.score(present), Near(layout, missing)))
    scored.sort(key=lambda found: (not found[0], -found[1]))
    return [near for _, score, near in scored[:_N_NEAREST] if score > 0]


def lacking(header: Sequence[str]) -> list[str]:
    """Return what no column of a header seems to carry, and an order needs.

    Examples
    --------
    >>> lacking(["update_time", "sale_count"])
    ['order_id (Order id)', 'created_at (Order created at)']
    """
    return [f"{group[0]} ({INPUT_COLUMNS[group[0]].label.en})" for group in missing_of_header("orders", header)]
