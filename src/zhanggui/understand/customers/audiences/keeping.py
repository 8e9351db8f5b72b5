"""Audiences that are kept: saved, brought up to date when something changed, taken away as a file with its entry."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from zhanggui.i18n import Language, Text
from zhanggui.ledger.jobs import AudienceBook, AudienceChange, DataUses, SavedAudience, TagBook
from zhanggui.understand.customers.audiences.compiling import Compiled, compiled
from zhanggui.understand.customers.audiences.conditions import Audience, InAudience, Purpose, audience_of, leaves
from zhanggui.understand.customers.audiences.passes import PERSON
from zhanggui.understand.customers.audiences.reach import with_reason
from zhanggui.understand.customers.rule_book import LIFECYCLE_RULES
from zhanggui.understand.desk import Desk

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
PURPOSE_WORDS = {"marketing": Text("营销触达", "marketing"), "analysis": Text("分析", "analysis")}


@dataclass(frozen=True, slots=True)
class Exported:
    """One file of an audience.

    Attributes
    ----------
    path : Path
        Where it lies.
    text : str
        What it holds.
    n_people : int
        How many it names.
    withheld : dict of str to int
        How many were left out, by reason.
    warning : Text
        What it may be used for, as its first line says.
    use_id : int
        Number of the entry about it.
    """

    path: Path
    text: str
    n_people: int
    withheld: dict[str, int]
    warning: Text
    use_id: int


def now() -> float:
    """Return the moment, in seconds since 1970."""
    return time.time()


def saved_audience(desk: Desk, name: str) -> Audience:
    """Return a saved audience by its name."""
    return audience_of(AudienceBook(desk.shop.state).get(name).document)


def compile_audience(desk: Desk, audience: Audience, as_of: date | None = None) -> Compiled:
    """Return an audience as one expression, with those that it names."""
    return compiled(desk, audience, lambda name: saved_audience(desk, name), as_of)


def save(desk: Desk, audience: Audience, at: float | None = None) -> SavedAudience:
    """Keep an audience and find who is in it; nothing is kept of one that cannot be computed."""
    compile_audience(desk, audience)
    moment = now() if at is None else at
    book = AudienceBook(desk.shop.state)
    book.put(audience.name, audience.model_dump_json(), moment)
    refresh(desk, audience.name, moment)
    return book.get(audience.name)


def refresh(desk: Desk, name: str, at: float | None = None) -> AudienceChange | None:
    """Bring the members of a saved audience up to date; None where nothing that they follow from has changed.

    Notes
    -----
    The condition is asked again only where the ledger, the day, the condition or the shop's rules have changed, and
    only who came and who left is written.
    """
    book = AudienceBook(desk.shop.state)
    held = book.get(name)
    audience = audience_of(held.document)
    found = compile_audience(desk, audience)
    stamp = _stamp(desk, audience, found.people.as_of)
    if held.stamp == stamp:
        return None
    keys = desk.ledger.query(found.members).column(PERSON).to_pylist()
    moment = now() if at is None else at
    return book.refresh(name, keys, as_of=found.people.as_of.isoformat(), at=moment, stamp=stamp)


def _stamp(desk: Desk, audience: Audience, as_of: date) -> str:
    """Return a digest of all that the members follow from."""
    batches = desk.ledger.table("source_batch")
    asked = batches.aggregate(
        n=batches.count(), last=batches.loaded_at.max(), at=(batches.batch_id * batches.shop_id).sum()
    )
    rules = desk.shop.state.get_setting(LIFECYCLE_RULES)
    parts = [
        as_of, desk.kept("ledger stamp", lambda: desk.ledger.query(asked).to_pylist()), rules,
        sorted(TagBook(desk.shop.state).documents().items()),
        [(each.name, each.version) for each in desk.own_metrics.current()], *_documents(desk, audience),
    ]  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _documents(desk: Desk, audience: Audience, seen: frozenset[str] = frozenset()) -> list[str]:
    """Return the documents of an audience and of those that it names."""
    found = [audience.model_dump_json()]
    for leaf in leaves(audience.condition):
        if isinstance(leaf, InAudience) and leaf.name not in seen:
            found += _documents(desk, saved_audience(desk, leaf.name), seen | {audience.name, leaf.name})
    return found


def export(
    desk: Desk, name: str, *, purpose: Purpose, language: Language, by: str, at: float | None = None
) -> Exported:
    """Write who of a saved audience may be reached as a file of tokens, and an entry about it.

    Parameters
    ----------
    desk : Desk
        The shop.
    name : str
        The audience; it is brought up to date first.
    purpose : {"marketing", "analysis"}
        What the file is for.
    language : {"zh", "en"}
        Language of its warning.
    by : str
        Where it was asked for: the terminal or the workbench.
    at : float, optional
        Seconds since 1970; now by default.
    """
    moment = now() if at is None else at
    audience = saved_audience(desk, name)
    refresh(desk, name, moment)
    found = compile_audience(desk, audience)
    rows = desk.ledger.query(with_reason(desk, found.members, purpose))
    joined = AudienceBook(desk.shop.state).members(name)
    kept, withheld = _split(rows)
    warning = warning_of(audience, purpose, found.people.as_of)
    text = file_text([(key, joined.get(key, "")) for key in kept], warning.pick(language))
    day = datetime.fromtimestamp(moment, UTC).strftime("%Y%m%dT%H%M%S")
    path = desk.shop.exports / f"audience_{name}_{day}.csv"
    _write_private(path, text)
    detail = {"file": path.name, "as_of": found.people.as_of.isoformat(), "withheld": withheld, "by": by}
    use_id = DataUses(desk.shop.state).add(
        "audience_export", name, purpose=purpose, n_people=len(kept), detail=detail, at=moment
    )
    return Exported(path, text, len(kept), withheld, warning, use_id)


def _split(rows: pa.Table) -> tuple[list[str], dict[str, int]]:
    kept: list[str] = []
    withheld: dict[str, int] = {}
    for key, reason in zip(rows.column(PERSON).to_pylist(), rows.column("reason").to_pylist(), strict=True):
        if reason is None:
            kept.append(key)
        else:
            withheld[reason] = withheld.get(reason, 0) + 1
    return sorted(kept), withheld


def warning_of(audience: Audience, purpose: Purpose, as_of: date) -> Text:
    """Return what a file of an audience says of its use."""
    word = PURPOSE_WORDS[purpose]
    label = audience.label or audience.name
    return Text(
        f"数据使用提示：人群“{label}”，截至 {as_of}，仅限用于{word.zh}。标识为加密假名，仍属个人信息；"
        "不得与其他数据合并识别个人，不得转交第三方，用后删除。导出已记入使用记录。",
        f"Data use: audience “{label}” as of {as_of}, for {word.en} only. The tokens are pseudonyms and still personal "
        "data: do not combine them to identify anybody, do not pass them on, delete them after use. This export is on "
        "record.",
    )


def file_text(rows: list[tuple[str, str]], warning: str) -> str:
    """Return the file: the warning, the head, one line per person; no cell is a formula.

    Examples
    --------
    >>> print(file_text([("=1+1", "2026-06-30")], "only for analysis"))
    # only for analysis
    token,joined_on
    '=1+1,2026-06-30
    <BLANKLINE>
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f"# {warning}"])
    writer.writerow(["token", "joined_on"])
    writer.writerows([safe_cell(key), day] for key, day in rows)
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe_cell("7-h1:ab"), safe_cell("@cmd")
    ('7-h1:ab', "'@cmd")
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8-sig") as out:
        out.write(text)
