"""What a load did: one ledger equation per file, its totals, and what was noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.schema.vocabulary import ROW_CLASS
from zhanggui.money import currency_exponent


@dataclass(frozen=True, slots=True)
class Issue:
    """One kind of finding about a file."""

    rule: str
    severity: str
    text: Text
    n_rows: int
    rows: tuple[int, ...] = ()
    column: str | None = None
    detail: str | None = None
    money: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the shape of ``load --json``."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.text.en,
            "message_zh": self.text.zh,
            "n_rows": self.n_rows,
            "rows": list(self.rows),
            "column": self.column,
            "detail": self.detail,
            "money": None if self.money is None else float(self.money),
        }


@dataclass(slots=True)
class FileReport:
    """What became of one table of one file in one store.

    Notes
    -----
    accepted + duplicate + superseded + quarantined + rejected = received, always.
    """

    file: str
    format: str | None = None
    title: Text | None = None
    store: str | None = None
    batch_id: int | None = None
    classes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROW_CLASS, 0))
    non_data: int = 0
    currency: str = "CNY"
    has_total: bool = False
    file_total: Decimal = Decimal(0)
    ledger_total: Decimal = Decimal(0)
    rounding: Decimal = Decimal(0)
    period_from: date | None = None
    period_to: date | None = None
    issues: list[Issue] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    error: ZhangguiError | None = None
    draft_map: str | None = None

    @property
    def received(self) -> int:
        """Data rows in the file."""
        return sum(self.classes.values())

    @property
    def exit_code(self) -> int:
        """0 nothing kept aside, 1 something quarantined or rejected, 2 not read."""
        if self.error is not None:
            return 2
        return 1 if self.classes["quarantined"] or self.classes["rejected"] else 0

    def to_json(self) -> dict[str, Any]:
        """Return the shape of ``load --json``."""
        answer: dict[str, Any] = {
            "file": self.file,
            "format": self.format,
            "title": self.title.to_json() if self.title else None,
            "store": self.store,
            "batch_id": self.batch_id,
            "received": self.received,
            **self.classes,
            "non_data": self.non_data,
            "currency": self.currency,
            "file_total": self._amount(self.file_total),
            "ledger_total": self._amount(self.ledger_total),
            "rounding": self._amount(self.rounding),
            "period": [None if day is None else day.isoformat() for day in (self.period_from, self.period_to)],
            "issues": [issue.to_json() for issue in self.issues],
            "notes": [note.to_json() for note in self.notes],
        }
        if self.error is not None:
            answer["error"] = self.error.to_json()["error"]
        if self.draft_map is not None:
            answer["draft_map"] = self.draft_map
        return answer

    def _amount(self, amount: Decimal) -> float | None:
        if not self.has_total:
            return None
        return float(amount.quantize(Decimal(1).scaleb(-currency_exponent(self.currency)), rounding=ROUND_HALF_UP))


@dataclass(slots=True)
class LoadReport:
    """What a load did with all its files."""

    files: list[FileReport] = field(default_factory=list)
    is_dry_run: bool = False

    @property
    def exit_code(self) -> int:
        """The gravest of the files' exit codes."""
        return max((file.exit_code for file in self.files), default=0)

    def to_json(self) -> dict[str, Any]:
        """Return the shape of ``load --json``."""
        return {"files": [file.to_json() for file in self.files], "dry_run": self.is_dry_run}
