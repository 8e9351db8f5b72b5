"""The steps that type one batch, column by column; the first fault of each row is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.line_amounts import added, lessened, line_amounts, negated
from zhanggui.collect.loading.row_tests import passes, passes_all
from zhanggui.collect.loading.status import CLOSED, RefundWords, StatusWords
from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.reading import TextBatch
from zhanggui.collect.reading.values import (
    Money,
    clean_text,
    parse_ids,
    parse_money,
    parse_quantity,
    parse_times,
    province_city,
    to_utc,
)
from zhanggui.ledger.privacy import Tokenizer
from zhanggui.ledger.schema.vocabulary import ADJUSTMENT_KIND, LINE_KIND
from zhanggui.money import UnknownCurrencyError, currency_exponent

ROLE_SALE, ROLE_REFUND, ROLE_ADJUSTMENT = 0, 1, 2
_STORE_CONSTANTS = frozenset({"platform", "shop", "currency"})
_LONGEST_PROVINCE = 24
MASKED_BUYER = "is_masked_buyer"
"""Column of staged rows: the file names the buyer and the platform masked him."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TypingContext:
    """What holds for every batch of a file."""

    layout: Layout
    bound: Mapping[str, str]
    currency: str
    exponent: int
    timezone: str
    tokenizer: Tokenizer
    words: StatusWords
    refund_words: RefundWords


class ColumnTyping:
    """The work on one batch: typed columns gather in `out`, faults in `has_fault` and its companions."""

    def __init__(self, context: TypingContext, batch: TextBatch) -> None:
        self.context = context
        self.layout = context.layout
        self.batch = batch
        self.n_rows = batch.columns.num_rows
        self.out: dict[str, Any] = {}
        self.money: dict[str, Money] = {}
        self.has_fault = np.zeros(self.n_rows, bool)
        self.fault_rule = np.full(self.n_rows, None, object)
        self.fault_column = np.full(self.n_rows, None, object)
        self.is_unknown = np.zeros(self.n_rows, bool)
        self.unknown_words: Counter[str] = Counter()
        self.latest: datetime | None = None
        self.latest_ahead: datetime | None = None

    def source(self, name: str) -> Any | None:
        """Return the column of a canonical name: from the file, else the map's constant, else None."""
        if name in self.context.bound:
            return self.batch.columns.column(self.context.bound[name])
        if name in self.layout.extracted:
            return self._extracted(self.layout.bound_extractions(name, self.batch.columns.schema.names))
        if name in self.layout.joined:
            headers = self.layout.bound_joined(name, self.batch.columns.schema.names)
            return self._joined(headers, self.layout.constants.get(name))
        if name in self.layout.constants and name not in _STORE_CONSTANTS:
            return pa.array([self.layout.constants[name]] * self.n_rows, pa.string())
        return None

    def _extracted(self, sources: Sequence[tuple[str, str]]) -> Any | None:
        if not sources:
            return None
        found = []
        for header, pattern in sources:
            text = clean_text(self.batch.columns.column(header))
            found.append(pc.struct_field(pc.extract_regex(text, pattern), "v"))
        return pc.coalesce(*found)

    def _joined(self, headers: Sequence[str], first: str | None) -> Any | None:
        if not headers:
            return None
        texts = [clean_text(self.batch.columns.column(header)) for header in headers]
        if first is not None:
            texts.insert(0, pa.array([first] * self.n_rows, pa.string()))
        joined = pc.binary_join_element_wise(*texts, " > ", null_handling="skip")
        return pc.if_else(pc.equal(joined, ""), None, joined)

    def flag(self, rows: Mask, rule: str, name: str) -> None:
        """Mark rows as faulty by one rule, at the column of a canonical name."""
        rows = rows & ~self.has_fault
        self.fault_rule[rows] = rule
        self.fault_column[rows] = self.context.bound.get(name, name)
        self.has_fault |= rows

    def note(self, problem: Any, name: str) -> None:
        """Mark the rows for which a parser names a rule."""
        if problem.null_count == len(problem):
            return
        for rule in problem.unique().drop_null().to_pylist():
            self.flag(filled(pc.equal(problem, rule)), rule, name)

    def take_id(self, name: str, target: str, *, is_required: bool = False) -> None:
        """Type an id; a required one may not be empty."""
        column = self.source(name)
        if column is None:
            return
        parsed = parse_ids(column)
        self.note(parsed.problem, name)
        self.out[target] = parsed.values
        if is_required:
            self.flag(filled(pc.is_null(parsed.values)), f"missing_{name}", name)

    def take_text(self, name: str, target: str) -> None:
        """Type a text."""
        column = self.source(name)
        if column is not None:
            self.out[target] = clean_text(column)

    def take_money(self, name: str, target: str) -> None:
        """Type an amount, with the further columns that the layout adds to it or takes from it."""
        if (column := self.source(name)) is None:
            return
        money = self._money(column, name)
        for header in self.layout.bound_additions(name, self.batch.columns.schema.names):
            money = added(money, self._money(self.batch.columns.column(header), name))
        for header in self.layout.bound_subtractions(name, self.batch.columns.schema.names):
            money = lessened(money, self._money(self.batch.columns.column(header), name))
        if name in self.layout.negative_when:
            test = self.layout.negative_when[name]
            rows = passes(self.batch.columns, test, decimal=self.layout.options.decimal)
            money = negated(money, pa.array(rows))
        self.money[target] = money
        self.out[target] = money.values

    def _money(self, column: Any, name: str) -> Money:
        excess: Literal["round", "error"] = "round" if self.layout.options.rounds_excess_digits else "error"
        money = parse_money(
            column,
            self.context.exponent,
            decimal=self.layout.options.decimal,
            excess=excess,
            currency=self.context.currency,
        )
        self.note(money.problem, name)
        return money

    def take_quantity(self) -> None:
        """Type the quantity."""
        column = self.source("quantity")
        if column is not None:
            parsed = parse_quantity(column, decimal=self.layout.options.decimal)
            self.note(parsed.problem, "quantity")
            self.out["quantity"] = parsed.values

    def take_time(
        self,
        name: str,
        target: str,
        *,
        day: str | None = None,
        hour: str | None = None,
        is_required: bool = False,
        is_ahead: bool = False,
    ) -> None:
        """Type a time: UTC, and the store's local day and hour beside it; it decides the row's precision."""
        column = self.source(name)
        if column is None:
            return
        times = parse_times(column, self.context.timezone, self.layout.options.date_format)
        self.note(times.problem, name)
        self.out[target] = to_utc(times.values, self.context.timezone)
        if day is not None:
            self.out[day] = times.values.cast(pa.date32(), safe=False)
        if hour is not None:
            self.out[hour] = pc.hour(times.values).cast(pa.int32())
        if "time_precision" not in self.out:
            self.out["time_precision"] = pc.fill_null(times.precision, 0).cast(pa.int32())
        if is_required:
            self.flag(filled(pc.is_null(times.values)), f"missing_{name}", name)
        self.see(pc.max(self.out[target]).as_py(), is_ahead=is_ahead)

    def see(self, latest: datetime | None, *, is_ahead: bool = False) -> None:
        """Note how late a column is; what may lie after the export says nothing where another column tells."""
        if latest is None:
            return
        if is_ahead:
            self.latest_ahead = max(latest, self.latest_ahead or latest)
        else:
            self.latest = max(latest, self.latest or latest)

    def take_currency(self) -> None:
        """Take the currency of each row; one whose amounts have other decimals than the file's cannot be read."""
        column = self.source("currency")
        if column is None:
            return
        codes = pc.utf8_upper(clean_text(column))
        self.out["currency"] = pc.fill_null(codes, self.context.currency)
        for code in self.out["currency"].unique().to_pylist():
            try:
                fits = currency_exponent(code) == self.context.exponent
            except UnknownCurrencyError:
                fits = False
            if not fits:
                self.flag(filled(pc.equal(self.out["currency"], code)), "currency_not_usable", "currency")

    def take_status(self, name: str) -> None:
        """Translate the status words; call it after the paid time and the close reason are typed."""
        column = self.source(name)
        if column is None:
            return
        text = clean_text(column)
        if name == "refund_status":
            found = self.context.refund_words.translated(text)
        else:
            found = self.context.words.translated(text, self.out.get("paid_at"), self._is_unpaid())
        self.out["status"] = found.status
        if name == "status":
            is_open = pc.fill_null(pc.equal(found.status, CLOSED), False)
            self.out["status"] = pc.if_else(is_open, "closed_other", found.status)
            if "paid_at" not in self.out:
                # Kept beside the status, which other files of the order settle.
                self.out["is_close_open"] = pc.if_else(is_open, True, pa.scalar(None, pa.bool_()))
        self.out["status_raw"] = found.raw
        self.out["status_rank"] = found.rank
        self.unknown_words += found.unknown_words
        self.is_unknown = filled(pc.equal(found.status, "unknown"))

    def _is_unpaid(self) -> Any | None:
        if not self.layout.unpaid_reasons or "close_reason" not in self.out:
            return None
        return pc.is_in(self.out["close_reason"], pa.array(self.layout.unpaid_reasons))

    def take_refund_status(self) -> None:
        """Translate the after-sale words of an order file: its own column, else the end of the status word."""
        column = self.source("refund_status")
        if column is None:
            return
        found = self.context.refund_words.translated(clean_text(column))
        self.unknown_words += found.unknown_words
        self.is_unknown |= filled(pc.equal(found.status, "unknown"))
        self.out["refund_status"] = found.status
        self.out["refund_status_raw"] = found.raw
        if "status_raw" in self.out:
            ending = self.context.words.endings(self.out["status_raw"])
            self.out["refund_status"] = pc.coalesce(found.status, ending)

    def take_estimated_refund(self, target: str, *, paid: str, stated: str) -> None:
        """Where money went back and the file cannot say how much, the paid amount stands for it until a case does."""
        if not self.layout.estimates_refunds or not {paid, "status"} <= self.out.keys() or stated in self.out:
            return
        is_back = filled(pc.equal(self.out["status"], "closed_refunded"))
        if "refund_status" in self.out:
            is_back |= filled(pc.equal(self.out["refund_status"], "succeeded"))
        self.out[target] = pc.if_else(pa.array(is_back), self.out[paid], None)

    def take_buyer(self, *, is_required: bool = False) -> None:
        """Turn the buyer id into a key; a masked one is nobody's."""
        column = self.source("buyer_id")
        if column is None:
            return
        ids = parse_ids(column)
        self.note(ids.problem, "buyer_id")
        self.take_person(ids.values, "buyer_id", "buyer_key", "buyer")
        if is_required:
            self.flag(filled(pc.is_null(ids.values)), "missing_buyer_id", "buyer_id")

    def take_person(self, values: Any, name: str, target: str, domain: str) -> None:
        """Turn ids of people into tokens; whom the platform masked is told apart from whom nobody names."""
        self.out[target] = self.context.tokenizer.tokens(values, domain)
        if name == "buyer_id":
            self.out[MASKED_BUYER] = pc.and_(pc.is_valid(values), pc.is_null(self.out[target]))

    def take_tokens(self) -> None:
        """Turn every other personal cell into a token."""
        for name in ("account", "name", "phone", "email", "address"):
            column = self.source(name)
            if column is None and name == "name":
                column = self.source("receiver_name")
            if column is not None:
                self.out[f"{name}_token"] = self.context.tokenizer.tokens(clean_text(column), name)

    def take_region(self) -> None:
        """Take province and city of an address or a province cell; other regions stay as written."""
        column = self.source("province")
        if column is not None:
            text = clean_text(column)
            found = province_city(text)
            province, city = found.province, found.city
            if not self.layout.is_platform:
                # A mapped province outside China is kept; something as long as an address is not.
                is_region = pc.less_equal(pc.utf8_length(text), _LONGEST_PROVINCE)
                province = pc.coalesce(province, pc.if_else(is_region, text, pa.scalar(None, pa.string())))
            self.out["province"] = province
            if city.null_count < len(city):
                self.out["city"] = city
        for name in ("city", "country"):
            column = self.source(name)
            if column is not None:
                self.out[name] = clean_text(column)

    def take_roles(self) -> None:
        """Tell sales, refunds and adjustments apart, and the kinds of lines."""
        role = np.zeros(self.n_rows, np.int32)
        kind = np.full(self.n_rows, "product", object)
        is_open = np.ones(self.n_rows, bool)
        options = self.layout.options
        for classing in self.layout.classings:
            rows = is_open & passes_all(self.batch.columns, classing.tests, decimal=options.decimal)
            is_open &= ~rows
            kind[rows] = classing.kind
            if classing.kind in ADJUSTMENT_KIND and classing.kind not in LINE_KIND:
                role[rows] = ROLE_ADJUSTMENT
        is_refund = np.zeros(self.n_rows, bool)
        if options.refund_when is not None:
            is_refund |= passes(self.batch.columns, options.refund_when, decimal=options.decimal)
        if options.negative_quantity == "refund" and "quantity" in self.out:
            is_refund |= filled(pc.less(self.out["quantity"], 0)) & (kind != "stock")
        role[is_refund & (role == ROLE_SALE)] = ROLE_REFUND
        self.out["role"] = pa.array(role)
        self.out["line_kind"] = pa.array(kind, pa.string())

    def take_line_amount(self) -> None:
        """Where the file states no line amount it is quantity × unit price."""
        self.take_money("line_amount", "line_amount_minor")
        if "line_amount_minor" not in self.out and "quantity" in self.out and "unit_price_minor" in self.money:
            money = line_amounts(self.money["unit_price_minor"], self.out["quantity"])
            self.money["line_amount_minor"] = money
            self.out["line_amount_minor"] = money.values


def filled(mask: Any) -> Mask:
    """Return an Arrow truth column as numpy, nulls as false."""
    return np.asarray(pc.fill_null(mask, False).to_numpy(zero_copy_only=False), bool)
