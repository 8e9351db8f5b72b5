"""Lifetime value and churn, asked of a shop by the pairs of an address, or of a log in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.lifetime import NoFitError
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.understand.customers.lifetime.acquisition import THRESHOLD, acquisition, split_in
from zhanggui.understand.customers.lifetime.answers import LifetimeAnswer, lifetime_answer, number_in, terms_in
from zhanggui.understand.customers.lifetime.churn import ChurnAnswer, churn_answer
from zhanggui.understand.customers.lifetime.log_file import read_log
from zhanggui.understand.customers.lifetime.purchases import Purchases, purchases_of
from zhanggui.understand.customers.lifetime.valuation import Terms, Valuation, valuation
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, View, view_from_pairs


def valued(desk: Desk, view: View, terms: Terms) -> Valuation:
    """Return the customers of a view valued; computed once until the ledger changes.

    Raises
    ------
    ThinDataError
        The data is too thin; pages show why.
    """
    view = view if terms.holdout_end is None else replace(view, date_to=terms.holdout_end)
    key = ("valuation", view.where, view.date_to, terms)
    return desk.kept(key, lambda: _valued(purchases_of(desk, view), terms))


def _valued(purchases: Purchases, terms: Terms) -> Valuation:
    try:
        return valuation(purchases, terms)
    except ThinDataError:
        raise
    except (NotEnoughDataError, NoFitError) as error:
        raise ThinDataError(
            Text("这些客户的购买拟合不出模型。", f"No model fits these purchases: {error.what}"),
            Text("请换拟合截止日，或导入更长时间的订单。", "End the calibration on another day, or load more history."),
        ) from error


def lifetime_of_pairs(desk: Desk, pairs: Pairs) -> LifetimeAnswer:
    """Return lifetime value of a shop; :func:`terms_in` says what may be chosen.

    ``by`` splits LTV : CAC by platform, shop or channel, ``threshold`` is the ratio from which one is healthy.
    """
    view, terms = view_from_pairs(pairs), terms_in(pairs)
    by, threshold = split_in(view.by), number_in(pairs, "threshold", THRESHOLD, 0, 1000)
    found = valued(desk, view, terms)
    view = replace(view, date_to=found.terms.holdout_end)
    return lifetime_answer(found, acquisition(desk, view, found, by, threshold))


def churn_of_pairs(desk: Desk, pairs: Pairs) -> ChurnAnswer:
    """Return who of a shop's customers is likely to stay away; the same may be chosen."""
    return churn_answer(valued(desk, view_from_pairs(pairs), terms_in(pairs)))


def lifetime_of_file(path: Path, pairs: Pairs, *, today: date) -> LifetimeAnswer:
    """Return lifetime value of a log of purchases in a CSV file."""
    return lifetime_answer(_valued(_until(read_log(path, today=today), terms_in(pairs)), terms_in(pairs)))


def churn_of_file(path: Path, pairs: Pairs, *, today: date) -> ChurnAnswer:
    """Return who in a log of purchases is likely to stay away."""
    return churn_answer(_valued(_until(read_log(path, today=today), terms_in(pairs)), terms_in(pairs)))


def _until(purchases: Purchases, terms: Terms) -> Purchases:
    """Return the same purchases; a log tells of silence up to its last day unless a later one is named."""
    return purchases if terms.holdout_end else replace(purchases, known_until=purchases.last_day)


OF_SHOP: Mapping[str, Callable[[Desk, Pairs], BaseModel]] = MappingProxyType(
    {"lifetime-value": lifetime_of_pairs, "churn": churn_of_pairs}
)
"""By the words of ``zhanggui customers``."""
