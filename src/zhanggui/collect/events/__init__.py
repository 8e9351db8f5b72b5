"""What visitors do, as the libraries of sites and apps send it: request bodies of Segment, 神策 and GA4.

`event_file` knows a file of bodies; a `Protocol` maps bodies to columns, without files or tables; `EventTyper` makes
of these what the ledger holds.
"""

from zhanggui.collect.events.bodies import Bodies, bodies_of, read_bodies
from zhanggui.collect.events.files import EventFile, event_file
from zhanggui.collect.events.parsing import Parsed, Parser
from zhanggui.collect.events.protocols import FORMAT_PREFIX, PROTOCOLS, Protocol, protocol_of
from zhanggui.collect.events.rules import EVENT_RULES
from zhanggui.collect.events.typed_events import EventTyper, TypedEvents

__all__ = [
    "EVENT_RULES",
    "FORMAT_PREFIX",
    "PROTOCOLS",
    "Bodies",
    "EventFile",
    "EventTyper",
    "Parsed",
    "Parser",
    "Protocol",
    "TypedEvents",
    "bodies_of",
    "event_file",
    "protocol_of",
    "read_bodies",
]
