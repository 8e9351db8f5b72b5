"""Files of bodies for tests, and what the ledger made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.collect.loading.shops import Till

from zhanggui.ledger.schema.event_tables import EVENT, EVENT_ITEM, SESSION
from zhanggui.ledger.sessions import refresh_sessions, session_rules

LINEAGE = {"batch_id", "row_no", "line_no", "place"}


def lines(*bodies: str) -> str:
    return "".join(f"{body}\n" for body in bodies)


def told(till: Till, *, of_store: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return events, goods and visits, without where each came from; of one store without its number."""
    refresh_sessions(till.ledger, session_rules(till.shop.settings, till.shop.dir))
    numbers = {store.name: store.shop_id for store in till.shop.stores.list_stores()}
    where = {} if of_store is None else {"shop_id": numbers[of_store]}
    return {
        table.name: till.rows(
            table.name, *(name for name in table.column_names if name not in LINEAGE | where.keys()), **where
        )
        for table in (EVENT, EVENT_ITEM, SESSION)
    }


def names(till: Till) -> list[str]:
    return sorted(till.column("event", "name_raw"))


def aside(till: Till) -> set[tuple[str, str | None]]:
    """Return rule and field of everything that is in quarantine."""
    issues = till.rows("data_issue", "rule", "column_name", status="open")
    return {(issue["rule"], issue["column_name"]) for issue in issues}


def issues_of(till: Till, rule: str) -> list[str]:
    found: Iterable[str] = till.column("data_issue", "issue_id", rule=rule, status="open")
    return list(found)
