"""``/customers/members``: tiers, moves, benefits and points, as ``zhanggui customers members`` gives them."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.act.members.answers import MembersAnswer, members_of_pairs
from zhanggui.act.members.rules import MemberRules, keep_rules, kept_rules
from zhanggui.app.workbench import Bench

router = APIRouter(prefix="/customers/members", tags=["customers"])


@router.get("")
def members(request: Request, bench: Bench) -> MembersAnswer:
    """Return tiers with what they are worth, who is due to move, benefits due and whether points balance."""
    return members_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/rules")
def rules(bench: Bench) -> MemberRules:
    """Return the rules of tiers and points."""
    return kept_rules(bench.desk.shop.state)


@router.put("/rules")
def enter_rules(bench: Bench, entered: MemberRules) -> MemberRules:
    """Let the shop go by these rules from now on."""
    keep_rules(bench.desk.shop.state, entered)
    bench.desk.changed()
    return entered
