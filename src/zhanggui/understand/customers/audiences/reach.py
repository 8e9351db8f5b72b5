"""Who of an audience may be written to: consent and suppression, each withheld person counted once, by reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Literal

import ibis
import ibis.expr.types as ir

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import SuppressionList
from zhanggui.understand.customers.audiences.conditions import Purpose
from zhanggui.understand.customers.audiences.linking import consent_of_buyers
from zhanggui.understand.customers.tied_ids import buyers_tied, by_person
from zhanggui.understand.desk import Desk

Reason = Literal["listed", "complained", "unsubscribed", "refused", "unknown"]
REASONS: Mapping[Reason, Text] = MappingProxyType(
    {
        "listed": Text("在店铺的免打扰名单上", "on the shop's own list"),
        "complained": Text("曾投诉触达", "complained about a message"),
        "unsubscribed": Text("已退订", "unsubscribed"),
        "refused": Text("不同意营销", "refuses marketing"),
        "unknown": Text("没有同意记录", "no consent on record"),
    }
)
"""In the order in which they are looked at: the first that holds counts."""

MOST_LISTED = 10_000


class SuppressionFullError(ZhangguiError):
    """More people than the shop's own list takes."""

    code = "suppression_full"

    def __init__(self) -> None:
        super().__init__(
            f"The shop's own list takes {MOST_LISTED:,} people.",
            where="suppression list",
            next_step="load unsubscriptions with the messages (table `messages`); they count by themselves",
        )


def suppress(desk: Desk, keys: list[str], reason: str, at: float) -> int:
    """Put people on the shop's own list; return how many are on it.

    Raises
    ------
    SuppressionFullError
        It would grow too long.
    """
    held = SuppressionList(desk.shop.state)
    if len({*held.keys(), *keys}) > MOST_LISTED:
        raise SuppressionFullError
    held.add(keys, reason, at)
    return len(held.keys())


def with_reason(desk: Desk, people: ir.Table, purpose: Purpose) -> ir.Table:
    """Return the same people with ``reason``: why one is withheld, null for who may be reached.

    Parameters
    ----------
    desk : Desk
        The shop.
    people : ibis Table
        One row per person, ``buyer_key`` among its columns.
    purpose : {"marketing", "analysis"}
        Marketing reaches only who consented and is not suppressed; for analysis nobody is withheld but who is on the
        shop's own list.
    """
    listed = _persons(desk, SuppressionList(desk.shop.state).keys())
    tests: list[tuple[ir.BooleanValue, str]] = []
    if listed:
        tests.append((people.buyer_key.isin(listed), "listed"))
    if purpose == "analysis":
        return people.mutate(reason=_first(tests))
    rows = people
    messages = desk.ledger.table("message_send")
    bad = messages.filter(messages.buyer_key.notnull(), (messages.is_complaint == 1) | (messages.is_unsubscribe == 1))
    bad = by_person(desk, bad)
    bad = bad.group_by("buyer_key").aggregate(
        has_complained=(bad.is_complaint == 1).any(), has_left=(bad.is_unsubscribe == 1).any()
    )
    rows = rows.left_join(bad, "buyer_key").drop("buyer_key_right")
    said = consent_of_buyers(desk)
    if said is not None:
        rows = rows.left_join(said, "buyer_key").drop("buyer_key_right")
    tests = [(rows.buyer_key.isin(listed), "listed")] if listed else []
    tests += [(rows.has_complained.fill_null(False), "complained"), (rows.has_left.fill_null(False), "unsubscribed")]
    if said is None:
        tests.append((ibis.literal(True), "unknown"))
    else:
        tests += [(rows.is_refused.fill_null(False), "refused"), (~rows.is_given.fill_null(False), "unknown")]
    return rows.mutate(reason=_first(tests)).select(*people.columns, "reason")


def _persons(desk: Desk, keys: Collection[str]) -> list[str]:
    """Return the keys with those of the persons that they are."""
    if not keys or not buyers_tied(desk):
        return list(keys)
    identity = desk.ledger.table("identity")
    tied = identity.filter(identity.id_kind == "buyer", identity.id_key.isin(list(keys)))
    return sorted({*keys, *desk.ledger.query(tied.select("person_key").distinct()).column(0).to_pylist()})


def _first(tests: list[tuple[ir.BooleanValue, str]]) -> ir.StringValue:
    if not tests:
        return ibis.null("string")
    return ibis.cases(*tests, else_=ibis.null("string"))
