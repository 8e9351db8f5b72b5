"""Wallets: what was drawn from each, and whether the balance that its ledger states moves as its lines say.

A balance that moves by more than the line beside it shows a line that the export lost, whatever that line was for.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.schema.vocabulary import QUIET_CAUSE
from zhanggui.understand.finance.reconciliation.asking import Asked, day_text, major, whole
from zhanggui.understand.finance.reconciliation.report import Wallet, WalletGap
from zhanggui.understand.finance.reconciliation.stores import Store

_WALLET = ("shop_id", "account", "currency")


def _lines(asked: Asked) -> ir.Table:
    """Return the ledger lines with the account that each stands in, in the order in which it booked them."""
    lines, batches = asked.rows("settlement_entry"), asked.rows("source_batch")
    files = batches.select("batch_id", account=batches.format_id)
    rows = lines.inner_join(files, "batch_id")
    ends = rows.group_by("batch_id").aggregate(
        at_top=rows.booked_at.argmin(rows.row_no), at_bottom=rows.booked_at.argmax(rows.row_no)
    )
    # Some back offices list the newest line first.
    downward = ends.select("batch_id", step=(ends.at_top > ends.at_bottom).ifelse(-1, 1).cast("int64"))
    rows = rows.inner_join(downward, "batch_id")
    return rows.mutate(place=rows.row_no * rows.step)


def _moves(asked: Asked) -> ir.Table:
    """Return the lines that state a balance, with what it moved by beyond the line: ``missing_minor``."""
    rows = _lines(asked)
    stated = rows.filter(rows.balance_minor.notnull())
    wallet = ibis.window(
        group_by=[stated[name] for name in _WALLET], order_by=[stated.booked_at, stated.batch_id, stated.place]
    )
    stated = stated.mutate(
        before_minor=stated.balance_minor.lag().over(wallet),
        before_at=stated.booked_at.lag().over(wallet),
        before_date=stated.booked_date.lag().over(wallet),
        from_start=ibis.row_number().over(wallet),
    )
    moved = stated.balance_minor - stated.before_minor - stated.amount_minor
    return stated.mutate(missing_minor=ibis.coalesce(moved, 0).cast("int64"))


def lost_lines(asked: Asked) -> ir.Table:
    """Return the differences of orders that a gap in a wallet's balance accounts for, amount and moment alike."""
    gaps = _moves(asked)
    gaps = gaps.filter(gaps.missing_minor != 0).select(
        "shop_id", "fact_key", "before_at", "booked_at", amount_minor="missing_minor"
    )
    open_ = asked.rows("settlement_difference")
    open_ = open_.filter(~open_.cause.isin(QUIET_CAUSE) & open_.since_at.notnull())
    open_ = open_.select("shop_id", "amount_minor", "order_id", "cause", "detail", "since_at")
    met = gaps.inner_join(open_, ["shop_id", "amount_minor"])
    met = met.filter((met.since_at >= met.before_at) & (met.since_at <= met.booked_at))
    return met.select("shop_id", "order_id", "cause", "detail").distinct()


def wallets(asked: Asked, stores: Mapping[int, Store]) -> tuple[Wallet, ...]:
    """Return each wallet with what came in, went out and was withdrawn in the period, and its balance."""
    rows = _lines(asked)
    rows = asked.within(rows, rows.booked_date)
    is_draw = (rows.category == "withdrawal").fill_null(False)
    amount = rows.amount_minor
    sums = rows.group_by(list(_WALLET)).aggregate(
        n_lines=rows.count(),
        first=rows.booked_date.min(),
        last=rows.booked_date.max(),
        came_in=ibis.coalesce(amount.sum(where=(amount > 0) & ~is_draw), 0).cast("int64"),
        went_out=ibis.coalesce(amount.sum(where=(amount < 0) & ~is_draw), 0).cast("int64"),
        withdrawn=ibis.coalesce(amount.sum(where=is_draw), 0).cast("int64"),
        n_withdrawals=is_draw.cast("int64").sum(),
    )
    moves = _moves(asked)
    moves = asked.within(moves, moves.booked_date)
    balances = moves.group_by(list(_WALLET)).aggregate(
        opening=(moves.balance_minor - moves.amount_minor).argmin(moves.from_start),
        closing=moves.balance_minor.argmax(moves.from_start),
        missing=moves.missing_minor.sum().cast("int64"),
        n_gaps=(moves.missing_minor != 0).cast("int64").sum(),
    )
    joined = sums.left_join(balances, list(_WALLET), rname="{name}_stated")
    wanted = joined.drop([f"{name}_stated" for name in _WALLET]).order_by(list(_WALLET))
    return tuple(_wallet(row, stores[whole(row["shop_id"])]) for row in asked.answer(wanted))


def _wallet(row: Mapping[str, object], store: Store) -> Wallet:
    currency = str(row["currency"])
    stated = {name: None if row[name] is None else major(row[name], currency) for name in ("opening", "closing")}
    return Wallet(
        store=store.name,
        platform=store.platform,
        account=str(row["account"]),
        currency=currency,
        n_lines=whole(row["n_lines"]),
        first=day_text(row["first"]) or "",
        last=day_text(row["last"]) or "",
        came_in=major(row["came_in"], currency),
        went_out=major(row["went_out"], currency),
        withdrawn=major(row["withdrawn"], currency),
        n_withdrawals=whole(row["n_withdrawals"]),
        missing=major(row["missing"], currency),
        n_gaps=whole(row["n_gaps"]),
        ties=not whole(row["n_gaps"]),
        **stated,
    )


def wallet_gaps(asked: Asked, stores: Mapping[int, Store]) -> tuple[WalletGap, ...]:
    """Return the places at which a wallet's balance moves by more than the line, the largest first."""
    moves = _moves(asked)
    gaps = asked.within(moves, moves.booked_date).filter(ibis._.missing_minor != 0)
    wanted = gaps.order_by([ibis.desc(gaps.missing_minor.abs()), "shop_id", "fact_key"]).limit(asked.n_listed)
    shown = []
    for row in asked.answer(wanted):
        store, currency = stores[whole(row["shop_id"])], str(row["currency"])
        shown.append(
            WalletGap(
                store=store.name,
                account=str(row["account"]),
                currency=currency,
                after=day_text(row["before_date"]) or "",
                before=day_text(row["booked_date"]) or "",
                age_days=store.age_days(row["booked_date"]) or 0,
                missing=major(row["missing_minor"], currency),
                batch_id=whole(row["batch_id"]),
                row_no=whole(row["row_no"]),
            )
        )
    return tuple(shown)
