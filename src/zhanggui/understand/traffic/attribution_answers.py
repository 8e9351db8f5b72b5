"""Attribution as plain answers, for the terminal and for programs."""

from __future__ import annotations

from dataclasses import replace

from zhanggui.methods.attribution import MODELS
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution_answer import DRAWS, ShopAttributionAnswer, attribution_answer
from zhanggui.understand.traffic.attribution_rules import LEVELS, attribution_rules_in, word_of
from zhanggui.understand.traffic.order_touches import OrderTouches, order_touches
from zhanggui.understand.traffic.shop_attribution import MAIN
from zhanggui.understand.view import Pairs, last_in, view_from_pairs

MOST_DRAWS = 2_000


def attribution_of_pairs(desk: Desk, pairs: Pairs) -> ShopAttributionAnswer:
    """Return attribution of the shop.

    ``by`` is channel, campaign or creative; ``models`` names models, ``model`` the one of intervals and ranking,
    ``draws`` how often journeys are drawn again; ``look_back``, ``direct``, ``refunds`` and ``half_life`` replace the
    shop's rules.
    """
    models = tuple(word_of("models", name, MODELS) for name in (last_in(pairs, "models") or "").split(",") if name)
    return attribution_answer(
        desk,
        replace(view_from_pairs(pairs), by=None),
        attribution_rules_in(desk, pairs),
        level=word_of("by", last_in(pairs, "by") or "channel", LEVELS),
        models=models,
        main=word_of("model", last_in(pairs, "model") or MAIN, MODELS),
        n_draws=_draws(last_in(pairs, "draws")),
    )


def order_of_pairs(desk: Desk, pairs: Pairs, order_id: str) -> OrderTouches:
    """Return every touch before an order; the shop's rules may be replaced as for attribution."""
    view = replace(view_from_pairs(pairs), date_from=None, date_to=None)
    return order_touches(desk, view, order_id, attribution_rules_in(desk, pairs))


def _draws(text: str | None) -> int:
    if text is None:
        return DRAWS
    if not text.isdecimal() or int(text) > MOST_DRAWS:
        raise BadFilterError(f"draws={text}", why=f"is no number from 0 to {MOST_DRAWS}")
    return int(text)
