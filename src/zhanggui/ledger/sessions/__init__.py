"""Visits: what events make up by the rule of pauses and midnight, each named by where it came from."""

from zhanggui.ledger.sessions.order import ARRIVAL, in_order
from zhanggui.ledger.sessions.refresh import LOG_SUBJECT, SUBJECT, refresh_sessions
from zhanggui.ledger.sessions.rules import Channel, ChannelRulesError, Origin, SessionRules, session_rules
from zhanggui.ledger.sessions.visits import ORDERING

__all__ = [
    "ARRIVAL",
    "LOG_SUBJECT",
    "ORDERING",
    "SUBJECT",
    "Channel",
    "ChannelRulesError",
    "Origin",
    "SessionRules",
    "in_order",
    "refresh_sessions",
    "session_rules",
]
