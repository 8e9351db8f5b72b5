"""One person: which ids of several files and platforms are the same person, and what says so."""

from zhanggui.ledger.identity.evidence import contact_id, member_id
from zhanggui.ledger.identity.joining import Link, Persons, persons_of
from zhanggui.ledger.identity.refresh import CONFIDENCE, merge_id, refresh_identity
from zhanggui.ledger.identity.tied import members_as_buyers

__all__ = [
    "CONFIDENCE",
    "Link",
    "Persons",
    "contact_id",
    "member_id",
    "members_as_buyers",
    "merge_id",
    "persons_of",
    "refresh_identity",
]
