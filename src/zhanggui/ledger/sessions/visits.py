"""Visits made of events: a longer pause, or midnight, begins a new one.

One pass over sorted arrays. Windows over the table say the same, and take six times as long; the tests hold the two
against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.schema.event_tables import CAMPAIGN_COLUMNS
from zhanggui.ledger.sessions.order import ARRIVAL, in_order
from zhanggui.ledger.sessions.rules import Origin, SessionRules

VISIT_KINDS = ("behaviour", "identity")
NO_VISIT = ("refund", "order_cancelled")
"""What happens to an order later is no visit of its buyer's."""

VARIANTS, CARTED, BOUGHT = "variant_view", "add_to_cart", "purchase"
PLACED = ("order_created", "add_payment_info")
"""Events of a page on which an order is placed or paid."""
ORDERING = (BOUGHT, *PLACED)
"""Events that name the order which a visit made."""

_ORIGIN = (*CAMPAIGN_COLUMNS, "click_id_kind", "referrer_host")
_TEXTS = ("user_key", "device", "page_host", "page_path", *_ORIGIN)
READ = (*ARRIVAL, "event_at", "event_date", "name", "anon_id", "bot_mark", *_TEXTS)
"""Columns of ``event`` that visits are made from."""

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class _Words:
    """A column of texts as numbers, in the order of the events; -1 where there is none."""

    codes: Ints
    dictionary: Any

    def at(self, places: Ints) -> Any:
        """Return the texts at some places, none where the place is -1."""
        codes = np.where(places >= 0, self.codes[places], -1) if self.codes.size else places
        return self.dictionary.take(pa.array(codes, mask=codes < 0))

    def are(self, *words: str) -> Mask:
        """Whether each text is one of some words."""
        known = [place for place, text in enumerate(self.dictionary.to_pylist()) if text in words]
        return np.isin(self.codes, known)


def visits(events: pa.Table, rules: SessionRules) -> pa.Table:
    """Return the visits that events make up, as columns of the table ``session``.

    Parameters
    ----------
    events : pyarrow.Table
        Columns `READ` of events of the kinds `VISIT_KINDS` without those of `NO_VISIT`: all of a visitor, or all of a
        day where midnight ends a visit.
    rules : SessionRules
    """
    visitor = _encoded(pc.coalesce(events.column("anon_id"), events.column("user_key")))
    at = events.column("event_at").cast(pa.int64()).to_numpy()
    day = events.column("event_date").cast(pa.int32()).to_numpy().astype(np.int64)
    group = visitor.codes
    if rules.splits_at_midnight and group.size:
        group = group * (day.max() - day.min() + 1) + day - day.min()
    order = in_order(group, at, events)
    group, at = group[order], at[order]
    words = {name: _in_order(_encoded(events.column(name)), order) for name in (*_TEXTS, "name", "bot_mark")}
    is_first = np.ones(order.size, bool)
    is_first[1:] = (group[1:] != group[:-1]) | (np.diff(at) > rules.idle_minutes * _MINUTE)
    seen = _Visits(is_first)
    site, referrer = words["page_host"], words["referrer_host"]
    says = (words["utm_source"].codes >= 0) | (words["utm_medium"].codes >= 0) | (words["click_id_kind"].codes >= 0)
    says |= (referrer.codes >= 0) & ~_same(referrer, site)
    origin = seen.first_where(says)
    ids = events.column("event_id").take(pa.array(order[seen.starts]))
    columns = {
        "session_id": ids,
        "visitor_id": visitor.dictionary.take(pa.array(visitor.codes[order[seen.starts]])),
        "user_key": words["user_key"].at(seen.last_where(words["user_key"].codes >= 0)),
        "started_at": pa.array(at[seen.starts]).cast(pa.timestamp("us")),
        "ended_at": pa.array(at[seen.ends]).cast(pa.timestamp("us")),
        "session_date": events.column("event_date").take(pa.array(order[seen.starts])),
        **{name: words[name].at(origin) for name in _ORIGIN},
        "entry_path": words["page_path"].at(seen.first_where(words["page_path"].codes >= 0)),
        "exit_path": words["page_path"].at(seen.last_where(words["page_path"].codes >= 0)),
        "device": words["device"].at(seen.first_where(words["device"].codes >= 0)),
        "n_events": pa.array((seen.ends - seen.starts + 1).astype(np.int32)),
        "n_pages": pa.array(seen.count(_new_pages(words["page_path"], site, seen)).astype(np.int32)),
        **_outcome(words["name"], at, seen),
        "is_bot": pa.array(seen.count(words["bot_mark"].codes >= 0) > 0),
    }
    own_site = site.at(seen.first_where(site.codes >= 0))
    return pa.table({**columns, "channel": _channels(columns, own_site, rules)})


def _outcome(name: _Words, at: Ints, seen: _Visits) -> dict[str, Any]:
    """Return how far each visit came on the way to the order."""
    chosen_from = seen.first_where(name.are(VARIANTS))
    carted, bought = (seen.last_where(name.are(each)) for each in (CARTED, BOUGHT))
    return {
        "has_variants": pa.array(chosen_from >= 0),
        "has_choice": pa.array((chosen_from >= 0) & (carted > chosen_from)),
        "has_cart": pa.array(carted >= 0),
        "has_payment": pa.array(seen.count(name.are(*PLACED)) > 0),
        "has_order": pa.array(bought >= 0),
        "carted_at": _moments(at, carted),
        "bought_at": _moments(at, bought),
    }


def _moments(at: Ints, places: Ints) -> Any:
    """Return the moments at some places, none where the place is -1."""
    found = at[places] if at.size else places
    return pa.array(found, mask=places < 0).cast(pa.timestamp("us"))


class _Visits:
    """Where the visits begin and end among sorted events."""

    def __init__(self, is_first: Mask) -> None:
        self.starts = np.flatnonzero(is_first).astype(np.int64)
        self.ends = np.append(self.starts[1:], is_first.size)[: self.starts.size] - 1
        self.n_events = is_first.size

    def first_where(self, mask: Mask) -> Ints:
        """Return the first event of each visit for which something holds, -1 where there is none."""
        places = np.where(mask, np.arange(self.n_events), self.n_events)
        found = np.minimum.reduceat(places, self.starts) if self.starts.size else self.starts
        return np.where(found == self.n_events, -1, found)

    def last_where(self, mask: Mask) -> Ints:
        """Return the last event of each visit for which something holds, -1 where there is none."""
        places = np.where(mask, np.arange(self.n_events), -1)
        return np.maximum.reduceat(places, self.starts) if self.starts.size else self.starts

    def count(self, mask: Mask) -> Ints:
        """Return for how many events of each visit something holds."""
        found: Ints = np.add.reduceat(mask.astype(np.int64), self.starts) if self.starts.size else self.starts
        return found


def _encoded(column: pa.ChunkedArray) -> _Words:
    encoded = pc.dictionary_encode(column).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], pa.string()).dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return _Words(codes, encoded.dictionary)


def _in_order(words: _Words, order: Ints) -> _Words:
    return _Words(words.codes[order], words.dictionary)


def _same(left: _Words, right: _Words) -> Mask:
    """Whether two columns hold the same text."""
    place = {text: code for code, text in enumerate(right.dictionary.to_pylist())}
    here = np.array([place.get(text, -2) for text in left.dictionary.to_pylist()] or [-2], np.int64)
    same: Mask = np.where(left.codes >= 0, here[left.codes], -3) == right.codes
    return same


def _new_pages(path: _Words, site: _Words, visits_: _Visits) -> Mask:
    """Whether an event shows another page than the one seen before it in its visit; what happens on a page does not."""
    page = np.where(path.codes >= 0, path.codes * (len(site.dictionary) + 1) + site.codes + 1, -1)
    places = np.arange(page.size)
    last = np.maximum.accumulate(np.where(page >= 0, places, -1)) if page.size else places
    before = np.append(-1, last[:-1])[: page.size]
    begin = np.repeat(visits_.starts, visits_.ends - visits_.starts + 1)
    is_new: Mask = (page >= 0) & ((before < begin) | (page[before] != page))
    return is_new


def _channels(columns: dict[str, Any], site: Any, rules: SessionRules) -> Any:
    """Name each visit by where it came from: the rules are asked once about each different origin."""
    inside = pc.fill_null(pc.equal(columns["referrer_host"], site), False)
    referrer = pc.if_else(inside, "", pc.fill_null(columns["referrer_host"], ""))
    said = [pc.fill_null(columns[name], "") for name in ("utm_source", "utm_medium", "click_id_kind")]
    keys = pc.dictionary_encode(pc.binary_join_element_wise(*said, referrer, "\x1f"))
    named = [rules.channel_of(Origin(*key.split("\x1f"))) for key in keys.dictionary.to_pylist()]
    return pa.array(named, pa.string()).take(keys.indices)
