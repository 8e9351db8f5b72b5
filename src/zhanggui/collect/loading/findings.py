"""What is worth saying about an imported file, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import ibis.expr.types as ir

from zhanggui.collect.loading.faults import RULES
from zhanggui.collect.loading.intake import Staged
from zhanggui.collect.loading.kept_aside import LEFT_OUT
from zhanggui.collect.loading.merge_tables import Outcome
from zhanggui.collect.loading.part_sums import PartSums
from zhanggui.collect.loading.report import Issue
from zhanggui.collect.mapping.layout import Layout
from zhanggui.columns import FACTS
from zhanggui.ledger.engine import Transaction

_N_EXAMPLES = 20


def findings(
    tx: Transaction,
    rows: ir.Table | None,
    staged: Staged,
    outcome: Outcome | None,
    layout: Layout,
    bound: Mapping[str, str],
    sums: PartSums,
    *,
    exponent: int,
) -> list[Issue]:
    """Return the findings about a file: what was kept aside first, then what to know."""
    found = [
        Issue(rule, severity, RULES[rule], n_rows, tuple(staged.fault_examples[severity, rule, column]), column)
        for (severity, rule, column), n_rows in sorted(staged.fault_rules.items(), key=lambda item: -item[1])
    ]
    if staged.unknown_words:
        words = ", ".join(f"{word} × {n}" for word, n in staged.unknown_words.most_common(10))
        money = Decimal(staged.unknown_money_minor).scaleb(-exponent)
        n_rows = staged.unknown_words.total()
        rule = "unknown_word" if layout.dataset in FACTS else "unknown_status"
        found.append(Issue(rule, "warning", RULES[rule], n_rows, detail=words, money=money))
    if staged.good_total != 0 and layout.options.rounds_excess_digits and sums.headline_minor is not None:
        found += _rounding(staged, sums.headline_minor, exponent)
    if outcome is not None and outcome.differing is not None:
        found += _differing(tx, outcome.differing)
    if outcome is not None and outcome.left_out is not None:
        found += _left_out(tx, outcome.left_out, exponent)
    if rows is not None:
        found += _estimates(tx, rows, exponent)
    if rows is not None and layout.dataset == "order_lines":
        found += _lines(tx, rows)
    knows_payment = {"paid_at", "status"} & (set(bound) | set(layout.constants))
    if layout.dataset in {"orders", "order_lines"} and not knows_payment and layout.options.paid != "all":
        found.append(Issue("no_payment_column", "warning", RULES["no_payment_column"], staged.n_good))
    if sums.n_masked:
        column = bound.get("buyer_id", "buyer_id")
        found.append(Issue("masked_buyer", "info", RULES["masked_buyer"], sums.n_masked, column=column))
    return found


def _rounding(staged: Staged, booked_minor: int, exponent: int) -> list[Issue]:
    difference = staged.good_total - Decimal(booked_minor).scaleb(-exponent)
    if difference == 0:
        return []
    return [Issue("rounded", "info", RULES["rounded"], staged.n_good, detail=str(difference.normalize()))]


def _differing(tx: Transaction, rows: ir.Table) -> list[Issue]:
    n_rows = int(tx.query(rows.count()).column(0)[0].as_py())
    if not n_rows:
        return []
    examples = tx.query(rows.order_by("row_no").limit(_N_EXAMPLES)).column("row_no").to_pylist()
    return [Issue("order_values_differ", "info", RULES["order_values_differ"], n_rows, tuple(examples))]


def _left_out(tx: Transaction, lines: ir.Table, exponent: int) -> list[Issue]:
    sums = tx.query(lines.aggregate(n=lines.count(), minor=lines.line_amount_minor.sum())).to_pylist()[0]
    if not sums["n"]:
        return []
    money = Decimal(int(sums["minor"] or 0)).scaleb(-exponent)
    return [Issue(LEFT_OUT, "warning", RULES[LEFT_OUT], int(sums["n"]), money=money)]


def _estimates(tx: Transaction, rows: ir.Table, exponent: int) -> list[Issue]:
    """Return what counts as refunded by its status alone; an order's amount is repeated on its rows."""
    name, keys = "line_estimated_refund_minor", ["order_id", "row_no"]
    if name not in rows.columns:
        name, keys = "estimated_refund_minor", ["order_id"]
    if name not in rows.columns:
        return []
    said = rows.filter(rows[name] != 0)
    once = said.group_by(keys).aggregate(n=said.count(), minor=said[name].max())
    sums = tx.query(once.aggregate(n=once.n.sum(), minor=once.minor.sum())).to_pylist()[0]
    if not sums["n"]:
        return []
    money = Decimal(int(sums["minor"])).scaleb(-exponent)
    return [Issue("refund_estimated", "info", RULES["refund_estimated"], int(sums["n"]), money=money)]


def _lines(tx: Transaction, rows: ir.Table) -> list[Issue]:
    found = []
    if "line_id" not in rows.columns:
        groups = rows.group_by(["order_id", "row_hash"]).aggregate(n=rows.count())
        again = groups.filter(groups.n > 1)
        repeats = tx.query(again.aggregate(n=(again.n - 1).sum())).column(0)[0].as_py()
        if repeats:
            found.append(Issue("identical_lines", "info", RULES["identical_lines"], int(repeats)))
    others = rows.filter(rows.line_kind != "product")
    kinds = others.group_by("line_kind").aggregate(n=others.count())
    for row in tx.query(kinds.order_by("line_kind")).to_pylist():
        found.append(Issue("not_sold_lines", "info", RULES["not_sold_lines"], row["n"], detail=row["line_kind"]))
    return found
