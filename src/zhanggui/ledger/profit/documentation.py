"""Write ``docs/concepts/profit.md`` from the rules: ``python -m zhanggui.ledger.profit.documentation``."""

from __future__ import annotations

import sys

from zhanggui.ledger.profit.rules import PROFIT_RULES

_HEAD = """# Profit: what each order line earned

<!-- Written by `make docs` from the rules; do not edit. -->

Every line of a paid order has one row in `line_profit`, from its list price down to what it contributed. What belongs
to no line, such as advertising of a day or a slot fee, is a row of `profit_entry`. The two together are the profit and
loss statement, to the cent; both are made anew whenever the files under them change.

A line whose goods have no known cost has no contribution: it is shown as *cost unknown* with its share of the
receivable, never as a cost of zero. Fees that a platform has not booked yet are marked as estimated.

list price − merchant discount = receivable = what the buyer paid + what platform, creator and payment channel bear;
− refunds, − subsidies that go back with them, − goods, freight, packaging, fees, commissions, insurance, penalties
= contribution of the line.

`zhanggui query receivable contribution_profit --by platform --grain month` asks for it, and
`zhanggui finance pnl` prints the statement.

## Rules

| rule | 规则 | what it says | 说明 |
|---|---|---|---|
"""


def page() -> str:
    """Return the page as Markdown."""
    rows = [
        f"| {rule.label.en} | {rule.label.zh} | {rule.text.en} | {rule.text.zh} |" for rule in PROFIT_RULES.values()
    ]
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
