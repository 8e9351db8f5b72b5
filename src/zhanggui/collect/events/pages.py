"""Addresses taken apart: host and path, campaign tags, click ids, and a query without what is personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.privacy import looks_personal, mask_cell
from zhanggui.ledger.schema.event_tables import CAMPAIGN_COLUMNS

CLICK_IDS = (
    "gclid",
    "gbraid",
    "wbraid",
    "dclid",
    "fbclid",
    "ttclid",
    "msclkid",
    "bd_vid",
    "gdt_vid",
    "qz_gdt",
    "clickid",
    "click_id",
    "callback",
    "jdv",
    "ali_trackid",
)
"""Names under which ad platforms add the id of a click to an address; the first that an address has counts."""

_NO_CONTENT = frozenset({*CLICK_IDS, *CAMPAIGN_COLUMNS, "utm_id", "spm", "scm", "_ga", "_gl"})
_PERSONAL = re.compile(
    r"phone|mobile|(^|_)tel($|_)|mail|passw|pwd|secret|token|ticket|auth|sign|session|(^|_)sid$|open_?id|union_?id"
    r"|(^|_)(u|user|member|buyer|customer)_?(id|name|no)?$|nick|real_?name|id_?card|address|receiver|wechat|(^|_)qq($|_)",
    re.IGNORECASE,
)
_PARTS = r"^(?P<address>[^?#]*)(?:\?(?P<query>[^#]*))?"
_CLICK = rf"(?:^|&)(?P<kind>{'|'.join(CLICK_IDS)})=(?P<id>[^&]+)"
_CLICKS = rf"(?:^|&)(?:{'|'.join(CLICK_IDS)})=[^&]*"
_LONGEST = 500
_MOST_KEPT = 100_000

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """Remembers what was made of each text, as long as there is room."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        self._make = make
        self._held: dict[Hashable, Value] = {}

    def __call__(self, text: str) -> Value:
        """Return what is made of a text."""
        found = self._held.get(text)
        if found is None:
            found = self._make(text)
            if len(self._held) >= _MOST_KEPT:
                self._held.clear()
            self._held[text] = found
        return found


@dataclass(frozen=True, slots=True)
class Query:
    """What the query of an address says.

    Attributes
    ----------
    tags : tuple of (str or None)
        Campaign tags, in the order of `CAMPAIGN_COLUMNS`.
    kept : str or None
        The rest, without what is personal.
    """

    tags: tuple[str | None, ...] = (None,) * len(CAMPAIGN_COLUMNS)
    kept: str | None = None


_NOTHING = Query()


def query_of(text: str) -> Query:
    """Return what a query says.

    Examples
    --------
    >>> found = query_of("utm_source=xhs&q=%E9%9D%A2%E9%9C%9C&phone=13800138000&bd_vid=17")
    >>> found.tags[0], found.kept
    ('xhs', 'q=面霜')
    """
    try:
        pairs = [(name[:100], value[:_LONGEST]) for name, value in parse_qsl(text, max_num_fields=100)]
    except ValueError:
        return _NOTHING
    said = {name: value for name, value in reversed(pairs) if value}
    kept = [
        (name, value)
        for name, value in pairs
        if name not in _NO_CONTENT and not _PERSONAL.search(name) and not looks_personal(value)
    ]
    rest = "&".join(f"{name}={value}" for name, value in kept)[:_LONGEST]
    return Query(tuple(said.get(name) for name in CAMPAIGN_COLUMNS), rest or None)


def place_of(text: str) -> tuple[str | None, str | None]:
    """Return host and path of an address without its query; what is personal in the path is masked.

    Examples
    --------
    >>> place_of("https://Shop.example:443/p/1/"), place_of("pages/index")
    (('shop.example', '/p/1/'), (None, '/pages/index'))
    """
    try:
        found = urlsplit(text)
        host = found.hostname
    except ValueError:
        return None, None
    path = unquote(found.path, errors="replace")[:_LONGEST]
    if not host and found.scheme and found.scheme not in ("http", "https"):
        path = f"{found.scheme}:{path}"
    elif not path.startswith("/"):
        path = f"/{path}"
    return host, mask_cell(path, "none")


class Pages:
    """Takes columns of addresses apart; remembers what it has seen."""

    def __init__(self) -> None:
        self._place = Memo(place_of)
        self._query = Memo(query_of)
        self._term = Memo(lambda text: mask_cell(text.strip()[:_LONGEST], "none") or "")

    def pages(self, urls: Any) -> dict[str, Any]:
        """Return ``page_host``, ``page_path``, ``page_query``, campaign tags and click id of each address.

        Examples
        --------
        >>> found = Pages().pages(pa.array(["https://shop.example/p/1?utm_source=xhs&gclid=Cj0%2D&c=2#top"]))
        >>> [found[name][0].as_py() for name in ("page_path", "page_query", "utm_source", "click_id_kind", "click_id")]
        ['/p/1', 'c=2', 'xhs', 'gclid', 'Cj0-']
        """
        encoded = pc.dictionary_encode(urls)
        distinct = encoded.dictionary
        parts = pc.extract_regex(distinct, _PARTS)
        places = [self._place(text) for text in pc.struct_field(parts, "address").to_pylist()]
        query = pc.struct_field(parts, "query")
        # A click's id is never the same twice; without it, few queries are left to look at.
        click = pc.extract_regex(query, _CLICK)
        rest = pc.replace_substring_regex(query, _CLICKS, "")
        queries = [self._query(text) if text else _NOTHING for text in rest.to_pylist()]
        columns: dict[str, Any] = {
            "page_host": [host for host, _ in places],
            "page_path": [path for _, path in places],
            "page_query": [one.kept for one in queries],
            "click_id_kind": pc.struct_field(click, "kind"),
            "click_id": _unquoted(pc.struct_field(click, "id")),
        }
        columns |= {name: [one.tags[place] for one in queries] for place, name in enumerate(CAMPAIGN_COLUMNS)}
        return {name: _spread(values, encoded.indices) for name, values in columns.items()}

    def referrers(self, urls: Any) -> dict[str, Any]:
        """Return ``referrer_host`` and ``referrer_path`` of each address."""
        encoded = pc.dictionary_encode(urls)
        places = [self._place(text.partition("#")[0].partition("?")[0]) for text in encoded.dictionary.to_pylist()]
        return {
            "referrer_host": _spread([host for host, _ in places], encoded.indices),
            "referrer_path": _spread([path if host else None for host, path in places], encoded.indices),
        }

    def terms(self, column: Any) -> Any:
        """Return search words, trimmed; what is personal in them is masked."""
        encoded = pc.dictionary_encode(column)
        return _spread([self._term(text) or None for text in encoded.dictionary.to_pylist()], encoded.indices)


def _spread(values: Any, indices: Any) -> Any:
    column = pa.array(values, pa.string()) if isinstance(values, list) else values
    return pa.nulls(len(indices), pa.string()) if column.null_count == len(column) else column.take(indices)


def _unquoted(column: Any) -> Any:
    texts = column.to_pylist()
    if not any(text and "%" in text for text in texts):
        return column
    return pa.array([text and unquote(text)[:_LONGEST] for text in texts], pa.string())
