"""Warnings: what a reader must know before acting on a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhanggui.i18n import Text
from zhanggui.metrics.coverage import (
    Scope,
    needs_buyer,
    needs_cost,
    needs_lines,
    needs_payment,
    needs_refund_day,
    needs_refund_type,
)
from zhanggui.metrics.model import Leaf, Metric, Unit
from zhanggui.money import format_money, json_number


@dataclass(frozen=True, slots=True)
class Caveat:
    """One warning about one metric.

    Parameters
    ----------
    code : str
        Short stable id.
    metric : str
        Metric that it is about.
    zh, en : str
        What a person reads.
    money : float or int, optional
        Money concerned, in major units of `currency`.
    currency : str, optional
        Currency of that money.
    share : float, optional
        Share of the orders that can be seen, where that is the point.
    """

    code: str
    metric: str
    zh: str
    en: str
    money: float | int | None = None
    currency: str | None = None
    share: float | None = None

    @property
    def text(self) -> Text:
        """The message in both languages."""
        return Text(self.zh, self.en)

    def to_json(self) -> dict[str, object]:
        """Return the shape of a warning in answers."""
        found: dict[str, object] = {
            "code": self.code,
            "metric": self.metric,
            "message": self.en,
            "message_zh": self.zh,
            "money": self.money,
        }
        if self.currency is not None:
            found["currency"] = self.currency
        if self.share is not None:
            found["share"] = self.share
        return found


@dataclass(frozen=True, slots=True)
class _Message:
    """A warning not yet said about any metric."""

    code: str
    text: Text
    money: float | int | None = None
    currency: str | None = None
    share: float | None = None


_STATUS_UNKNOWN = Text(
    "{n} 个订单（{money}）的状态不认识，未计入支付类指标；请在“数据”页查看这些状态词",
    "{n} orders ({money}) have a status we do not know and stay out of paid metrics; the Data page lists the words",
)
_PAYMENT_PARTLY_UNKNOWN = Text(
    '{n} 个订单（{money}）没有说明是否付款，未计入；请在映射中加入付款时间或状态，或写 paid = "all"',
    '{n} orders ({money}) do not say whether they were paid and stay out; map paid_at or status, or write paid = "all"',
)
_PAYMENT_UNKNOWN = Text(
    '{n} 个订单（{money}）都没有说明是否付款，无法得出；请在映射中加入付款时间或状态，或写 paid = "all"',
    "None of the {n} orders ({money}) says whether it was paid, so there is no value; map paid_at or status, or write "
    'paid = "all"',
)
_NO_BUYER = Text(
    "不可识别：{n} 个支付订单都没有稳定的买家标识（脱敏昵称不算）；可导入会员、ERP 或企业微信文件",
    "Not identifiable: none of the {n} paid orders carries a stable buyer id (a masked name is none); a member, ERP or "
    "WeCom file would help",
)
_SOME_BUYERS = Text(
    "可识别买家的支付订单占 {share}（金额占 {money_share}），其余 {n} 单（{money}）不知道是谁",
    "{share} of the paid orders ({money_share} of the money) name their buyer; who paid the other {n} "
    "({money}) is unknown",
)
_NO_LINES = Text(
    "{n} 个支付订单都没有商品明细，件数未知；请导入商品明细（宝贝）报表",
    "None of the {n} paid orders has lines, so its units are unknown; load the item report",
)
_SOME_LINES = Text(
    "有商品明细的支付订单占 {share}（金额占 {money_share}），其余 {n} 单（{money}）的件数未知，未计入",
    "{share} of the paid orders ({money_share} of the money) have lines; the units of the other {n} "
    "({money}) are unknown",
)
_COST_UNKNOWN = Text(
    "成本未知：{n} 行（应收 {money}）都没有商品成本，或不知道货是否发出，得不出利润；"
    "请导入商品成本表（或成本列）与商品对照表，订单要有状态或发货时间",
    "Cost unknown: none of the {n} lines ({money} due) has both a cost of its goods and an order that says whether "
    "they left, so there is no profit; load unit costs, a SKU map where the codes differ, and orders with a status or "
    "the time of shipping",
)
_COST_PARTLY_UNKNOWN = Text(
    "成本未知的行占应收的 {money_share}（{n} 行，{money}）：没有商品成本，或不知道货是否发出，没有利润数，未计入；"
    "请导入商品成本表与商品对照表，订单要有状态或发货时间",
    "Lines of unknown cost are {money_share} of what is due ({n} lines, {money}) and stay out: the cost of their goods "
    "is unknown, or whether they left; load unit costs, a SKU map where the codes differ, and orders with a status or "
    "the time of shipping",
)
_REFUND_DAY_UNKNOWN = Text(
    "{n} 笔退款（{money}）的文件没有退款完成时间，按退款完成口径得不出；请导入带退款完成时间的售后单，或看付款口径",
    "The files of {n} refunds ({money}) have no time of success, so there is no number by that day; load after-sale "
    "files with times, or see the payment cohort",
)
_REFUND_TYPE_UNKNOWN = Text(
    "{n} 笔退款（{money}）的文件没有写明是仅退款还是退货退款，未计入；请导入带售后类型的退款单",
    "The files of {n} refunds ({money}) do not say whether goods came back, so they stay out; load after-sale files "
    "with their type",
)
_SEVERAL_CURRENCIES = Text(
    "范围内有多种货币（{currencies}），没有汇率不能相加；请按币种拆分（--by currency）",
    "The scope holds several currencies ({currencies}), which cannot be added up without rates; use --by currency",
)


def warnings_for(metrics: Sequence[Metric], scope: Scope, *, is_split_by_currency: bool) -> tuple[Caveat, ...]:
    """Return the warnings of each metric, metrics in the order asked for."""
    found: list[Caveat] = []
    for metric in metrics:
        leaves = tuple(metric.leaves())
        for message in _messages(leaves, scope, is_split_by_currency=is_split_by_currency):
            found.append(
                Caveat(
                    message.code,
                    metric.name,
                    message.text.zh,
                    message.text.en,
                    message.money,
                    message.currency,
                    message.share,
                )
            )
    return tuple(found)


def _messages(leaves: Iterable[Leaf], scope: Scope, *, is_split_by_currency: bool) -> Iterator[_Message]:
    leaves = tuple(leaves)
    if len(scope.currencies) > 1 and not is_split_by_currency and any(leaf.unit is Unit.MONEY for leaf in leaves):
        names = ", ".join(scope.currencies)
        yield _Message("several_currencies", _SEVERAL_CURRENCIES.format(currencies=names))
    if any(map(needs_payment, leaves)):
        is_blind = scope.total("_known") == 0 and scope.total("_paid") == 0
        yield from _of_orders(scope, "_status_unknown", "status_unknown", _STATUS_UNKNOWN)
        text = _PAYMENT_UNKNOWN if is_blind else _PAYMENT_PARTLY_UNKNOWN
        yield from _of_orders(scope, "_payment_unknown", "payment_unknown", text)
        if is_blind and scope.total("_status_unknown") and not scope.total("_payment_unknown"):
            yield from _of_orders(scope, "_status_unknown", "payment_unknown", _PAYMENT_UNKNOWN)
    if any(map(needs_buyer, leaves)):
        yield from _seen(
            scope, "_identified", "buyers_unidentifiable", _NO_BUYER, "buyers_partly_identifiable", _SOME_BUYERS
        )
    if any(map(needs_lines, leaves)):
        yield from _seen(scope, "_lined", "units_unknown", _NO_LINES, "units_partly_known", _SOME_LINES)
    if any(map(needs_cost, leaves)):
        yield from _uncosted(scope)
    if any(map(needs_refund_day, leaves)):
        yield from _of_orders(scope, "_undated", "refund_day_unknown", _REFUND_DAY_UNKNOWN)
    if any(map(needs_refund_type, leaves)):
        yield from _of_orders(scope, "_untyped", "refund_type_unknown", _REFUND_TYPE_UNKNOWN)


def _of_orders(scope: Scope, name: str, code: str, text: Text) -> Iterator[_Message]:
    for currency in scope.present:
        n, money = scope.count(currency, name), scope.count(currency, f"{name}_money")
        if n:
            yield _Message(
                code, _filled(text, n=n, money=money, currency=currency), json_number(money, currency), currency
            )


def _seen(scope: Scope, name: str, none: str, none_text: Text, some: str, some_text: Text) -> Iterator[_Message]:
    """Give what share of the paid orders, and of their money, can be seen."""
    seen_at_all = scope.total(name)
    for currency in scope.present:
        paid, paid_money = scope.count(currency, "_paid"), scope.count(currency, "_paid_money")
        seen, seen_money = scope.count(currency, name), scope.count(currency, f"{name}_money")
        if seen >= paid:
            continue
        money = paid_money - seen_money
        share = seen / paid
        text = _filled(none_text if seen_at_all == 0 else some_text, n=paid - seen, money=money, currency=currency)
        money_share = f"{seen_money / paid_money:.1%}" if paid_money else "–"
        yield _Message(
            none if seen_at_all == 0 else some,
            text.format(share=f"{share:.1%}", money_share=money_share),
            json_number(money, currency),
            currency,
            share,
        )


def _uncosted(scope: Scope) -> Iterator[_Message]:
    """Give what part of what is due has no known cost."""
    is_blind = scope.total("_costed") == 0
    for currency in scope.present:
        n, money = scope.count(currency, "_uncosted"), scope.count(currency, "_uncosted_money")
        if not n:
            continue
        due = money + scope.count(currency, "_costed_money")
        share = money / due if due else 0.0
        text = _filled(_COST_UNKNOWN if is_blind else _COST_PARTLY_UNKNOWN, n=n, money=money, currency=currency)
        yield _Message(
            "cost_unknown" if is_blind else "cost_partly_unknown",
            text.format(share="", money_share=f"{share:.1%}"),
            json_number(money, currency),
            currency,
            1 - share,
        )


def _filled(text: Text, *, n: int, money: int, currency: str) -> Text:
    kept = {"share": "{share}", "money_share": "{money_share}"}
    return Text(
        text.zh.format(n=f"{n:,}", money=format_money(money, currency, "zh"), **kept),
        text.en.format(n=f"{n:,}", money=format_money(money, currency, "en"), **kept),
    )
