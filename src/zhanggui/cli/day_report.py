"""What a report and a round of the stores look like in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhanggui.cli.terminal import figure, language, note, say, table_lines

Json = Mapping[str, Any]
MOST_FINDINGS = 60


def print_report(found: Json) -> None:
    """Print a report: its sentence, its figures, each store, what moved, what is missing."""
    say(_text(found["title"]))
    say(_text(found["text"]))
    if found["partial"]:
        note(f"note: {_text(found['partial'])}")
    against = found["against"]
    days = " – ".join(dict.fromkeys((against["first"], against["last"])))
    head = ["", "本期" if language() == "zh" else "now", days, "±"]
    for group in found["groups"]:
        rows = [
            [_text(item["label"]), _value(item), _shown(item["before"], item["unit"]), _change(item)]
            for item in group["items"]
        ]
        say(f"\n{_text(group['title'])}")
        for line in table_lines(head, rows, right=[False, True, True, True]):
            say(line)
    for key in ("by_store", "to_target", "promotion"):
        if found[key]:
            _print_table(found[key])
    for key in ("movements", "stock_outs", "alerts"):
        for each in found[key]:
            cause = f" {_text(each['cause'])}" if each["cause"] else ""
            say(f"- {_text(each['text'])}{cause}")
    for text in found["missing"]:
        note(f"! {_text(text)}")


def print_patrol(found: Json) -> None:
    """Print a round of the stores: each finding with its money, then what could not be looked at."""
    rows = [
        [
            _text(each["label"]),
            each["store"],
            figure(each["money"], "money") if each["money"] is not None else "",
            _text(each["money_label"]),
            f"{_text(each['subject'])}：{_text(each['text'])}",
        ]
        for each in found["findings"][:MOST_FINDINGS]
    ]
    say(found["day"])
    if rows:
        for line in table_lines(["", "", "", "", ""], rows, right=[False, False, True, False, False])[1:]:
            say(line)
    else:
        say("没有发现要处理的事。" if language() == "zh" else "Nothing was found that needs doing.")
    if len(found["findings"]) > MOST_FINDINGS:
        note(f"… {len(found['findings']):,} in all; --json gives them with their rows")
    for each in found["needs"]:
        note(f"! {_text(each['label'])}: {_text(each['text'])}")


def _print_table(table: Json) -> None:
    columns = list(table["columns"])
    rows = [[_cell(row.get(column["key"]), column["unit"]) for column in columns] for row in table["rows"]]
    if table["total"]:
        rows.append([_cell(table["total"].get(column["key"]), column["unit"]) for column in columns])
    say()
    if rows:
        is_number = [column["unit"] in {"money", "count", "ratio"} for column in columns]
        for line in table_lines([_text(column["label"]) for column in columns], rows, right=is_number):
            say(line)
    for text in (table["partial"], table["empty"]):
        if text:
            note(f"note: {_text(text)}")


def _value(item: Json) -> str:
    mark = {"estimated": "~", "declared": "*"}.get(item["evidence"], "")
    return f"{mark}{_shown(item['value'], item['unit'])}"


def _shown(value: object, unit: str) -> str:
    """Return a value as a person reads it, shares in percent."""
    if isinstance(value, int | float) and unit == "ratio":
        return f"{100 * value:.1f}%"
    return figure(value, unit)


def _change(item: Json) -> str:
    if item["change"] is None:
        return ""
    return f"{100 * item['change']:+.1f}{'pp' if item['change_kind'] == 'pp' else '%'}"


def _cell(value: object, unit: str) -> str:
    if value is None:
        return "-" if unit != "text" else ""
    return _text(value) if isinstance(value, Mapping | str) else _shown(value, unit)


def _text(value: object) -> str:
    return str(value[language()]) if isinstance(value, Mapping) else str(value)
