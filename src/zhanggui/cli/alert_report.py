"""Alerts and rules as the terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from zhanggui.cli.terminal import figure, language, note, say, table_lines

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "zh": {
            "open": "待处理",
            "acknowledged": "处理中",
            "snoozed": "已搁置",
            "resolved": "已关闭",
            "on": "仍在",
            "over": "已恢复",
            "gone": "数据或规则变了，不再成立",
            "critical": "严重",
            "warning": "警告",
            "info": "提示",
            "none": "没有待处理的预警",
            "never": "还没有检查过：zhanggui alerts run",
            "under": "同因",
            "causes": "原因线索",
            "checks": "先查",
            "doubts": "数据存疑",
            "steps": "经过",
            "money": "涉及金额",
            "owner": "负责人",
            "explain": "解释",
            "cause": "归在预警",
        },
        "en": {
            "open": "open",
            "acknowledged": "acknowledged",
            "snoozed": "snoozed",
            "resolved": "resolved",
            "on": "still so",
            "over": "over",
            "gone": "no longer so: data or rule changed",
            "critical": "critical",
            "warning": "warning",
            "info": "info",
            "none": "no alert waits for anybody",
            "never": "never watched so far: zhanggui alerts run",
            "under": "same cause",
            "causes": "likely causes",
            "checks": "look at first",
            "doubts": "doubts about the data",
            "steps": "what happened",
            "money": "at stake",
            "owner": "owner",
            "explain": "explain",
            "cause": "told under alert",
        },
    }
)


def print_alerts(found: Mapping[str, Any]) -> None:
    """Print a list of alerts."""
    tongue = language()
    words = _WORDS[tongue]
    if found["watched_at"] is None:
        note(words["never"])
    elif not found["alerts"]:
        note(words["none"])
    rows = [
        [
            str(alert["id"]),
            words[alert["severity"]],
            words[alert["state"]],
            f"{alert['first_day']}..{alert['last_day'][5:]}"
            if alert["first_day"] != alert["last_day"]
            else alert["last_day"],
            figure(alert["money"], "money"),
            alert["owner"][tongue],
            alert["title"][tongue] + (f" (+{alert['n_under']} {words['under']})" if alert["n_under"] else ""),
        ]
        for alert in found["alerts"]
    ]
    if rows:
        header = ["id", "severity", "state", "days", "at stake", "owner", "alert"]
        for line in table_lines(header, rows, right=[True, False, False, False, True, False, False]):
            say(line)


def print_alert(found: Mapping[str, Any]) -> None:
    """Print everything about one alert."""
    tongue = language()
    words, alert = _WORDS[tongue], found["alert"]
    say(f"#{alert['id']} {alert['title'][tongue]}")
    say(f"  {words[alert['severity']]} · {words[alert['state']]} · {words[alert['standing']]}")
    say(f"  {alert['sentence'][tongue]}")
    say(f"  {words['owner']}: {alert['owner'][tongue]}")
    if found["cause"] is not None:
        say(f"  {words['cause']} #{found['cause']['id']}: {found['cause']['title'][tongue]}")
    _listed(words["doubts"], [doubt["text"][tongue] for doubt in found["doubts"]])
    _listed(words["checks"], [text[tongue] for text in found["checks"]])
    _listed(words["causes"], [text[tongue] for text in found["causes"]])
    _listed(words["under"], [f"#{each['id']} {each['sentence'][tongue]}" for each in found["under"]])
    asked = found["explain"]
    if asked is not None:
        where = f" --where '{asked['where']}'" if asked["where"] else ""
        say(
            f"  {words['explain']}: zhanggui explain {asked['metric']} --from {asked['date_from']} --to "
            f"{asked['date_to']} --against {asked['against']}{where}"
        )
    _listed(words["steps"], [_step(step, words) for step in found["steps"]])


def print_rules(rules: Sequence[Mapping[str, Any]]) -> None:
    """Print a list of rules."""
    tongue = language()
    rows = [
        [
            rule["name"],
            ("on" if rule["is_on"] else "off") + (" (muted)" if rule["muted_until"] else ""),
            rule["origin"].replace("_", "-"),
            _WORDS[tongue][rule["severity"]],
            str(rule["n_alerts"]),
            rule["title"][tongue] if rule["error"] is None else rule["error"].splitlines()[0],
        ]
        for rule in rules
    ]
    header = ["rule", "watched", "origin", "severity", "alerts", "what it looks for"]
    for line in table_lines(header, rows, right=[False, False, False, False, True, False]):
        say(line)


def print_backtest(found: Mapping[str, Any]) -> None:
    """Print when a rule would have fired."""
    tongue = language()
    say(found["sentence"][tongue])
    for fired in found["fired"]:
        say(f"  {fired['sentence'][tongue]}")
    rest = found["n_fired"] - len(found["fired"])
    if rest > 0:
        say(f"  另有 {rest:,} 次" if tongue == "zh" else f"  {rest:,} more")


def _listed(title: str, lines: Sequence[str]) -> None:
    if lines:
        say(f"  {title}:")
        for line in lines:
            say(f"    - {line}")


def _step(step: Mapping[str, str], words: Mapping[str, str]) -> str:
    what = words.get(step["what"], step["what"])
    return f"{step['at'][:16].replace('T', ' ')} {what}" + (f": {step['note']}" if step["note"] else "")
