"""What a load report looks like in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhanggui.cli.terminal import note, say

if TYPE_CHECKING:
    from zhanggui.i18n import Language

CLASSES = ("accepted", "duplicate", "superseded", "quarantined", "rejected")

Entry = Mapping[str, Any]
"""One file of a load report, as JSON."""


def exit_code(report: Entry) -> int:
    """Return 0 when all is in the ledger, 1 when something was kept apart, 2 when a file could not be read."""
    files = report["files"]
    if any(entry.get("error") for entry in files):
        return 2
    return 1 if any(entry["quarantined"] or entry["rejected"] for entry in files) else 0


def print_report(report: Entry, language: Language) -> None:
    """Print each file: what it is, the ledger equation, its totals, then one line per issue."""
    for entry in report["files"]:
        error = entry.get("error")
        if error:
            note(f"{error['what']}\n  where: {error['where']}\n  next:  {error['next']}")
            continue
        for line in file_lines(entry, language):
            say(line)
    if report.get("dry_run"):
        note("dry run: nothing was written")


def file_lines(entry: Entry, language: Language) -> list[str]:
    """Return the lines of one file.

    Examples
    --------
    >>> entry = {
    ...     "file": "a.csv", "title": {"zh": "订单报表", "en": "order report"}, "format": "x", "store": "s",
    ...     "period": ["2020-02-01", "2020-02-29"], "received": 3, "accepted": 2, "duplicate": 0, "superseded": 0,
    ...     "quarantined": 1, "rejected": 0, "non_data": 0, "currency": "CNY", "file_total": 30.0,
    ...     "ledger_total": 20.0, "rounding": 0.0, "issues": [], "notes": [],
    ... }
    >>> for line in file_lines(entry, "en"): print(line)
    a.csv: order report, 2020-02-01 to 2020-02-29, store s
      3 received = 2 accepted + 0 duplicate + 0 superseded + 1 quarantined + 0 rejected
      total CNY: file 30.00, ledger 20.00, kept apart 10.00
    """
    title = entry.get("title") or {}
    first, last = entry.get("period") or (None, None)
    days = f", {first} to {last}" if first and last else ""
    lines = [f"{entry['file']}: {title.get(language) or entry['format']}{days}, store {entry['store']}"]
    parts = " + ".join(f"{entry[name]:,} {name}" for name in CLASSES)
    others = f"   ({entry['non_data']:,} lines are not data)" if entry["non_data"] else ""
    lines.append(f"  {entry['received']:,} received = {parts}{others}")
    if entry["file_total"] is not None:
        lines.append(f"  {_totals(entry)}")
    lines += [f"  {_issue(issue, language)}" for issue in entry["issues"]]
    lines += [f"  note: {_said(text, language)}" for text in entry.get("notes", ())]
    return lines


def _totals(entry: Entry) -> str:
    file_total, ledger_total, rounding = entry["file_total"], entry["ledger_total"], entry["rounding"] or 0
    text = f"total {entry['currency']}: file {file_total:,.2f}, ledger {ledger_total:,.2f}"
    if rounding:
        text += f", rounding {rounding:,.2f}"
    apart = round(file_total - ledger_total - rounding, 2)
    return f"{text}, kept apart {apart:,.2f}" if apart else text


def _issue(issue: Entry, language: Language) -> str:
    message = issue["message_zh"] if language == "zh" else issue["message"]
    where = f" [{issue['column']}]" if issue.get("column") else ""
    rows = issue.get("rows") or []
    places = f", row {', '.join(map(str, rows[:5]))}{' …' if issue['n_rows'] > 5 else ''}" if rows else ""
    detail = f": {issue['detail']}" if issue.get("detail") else ""
    money = f", {issue['money']:,.2f}" if issue.get("money") else ""
    return f"{issue['severity']}: {message}{where} ({issue['n_rows']:,} rows{places}{money}){detail}"


def _said(text: object, language: Language) -> str:
    return str(text[language]) if isinstance(text, Mapping) else str(text)


def store_choices(report: Entry) -> tuple[list[str], Sequence[str]] | None:
    """Return the files whose store nobody could tell and the stores to choose from, or None."""
    open_files = [entry for entry in report["files"] if (entry.get("error") or {}).get("code") == "store_ambiguous"]
    if not open_files:
        return None
    names = [str(choice["name"]) for choice in open_files[0]["error"].get("choices", ())]
    return [str(entry["file"]) for entry in open_files], names
