"""The own site's events as the request bodies of three libraries: Segment, 神策 (Sensors) and GA4."""

from zhanggui.simulate.exports.events.writer import EventsWriter

__all__ = ["EventsWriter"]
