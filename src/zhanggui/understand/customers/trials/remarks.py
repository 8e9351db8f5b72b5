"""What a reader of a trial must know before its figures."""

from __future__ import annotations

from collections.abc import Iterator

from zhanggui.i18n import Text
from zhanggui.understand import wording
from zhanggui.understand.customers.people import FEWEST_BUYERS
from zhanggui.understand.customers.trials.effect import CHECKS, DOUBTFUL, TrialEffect

NOT_COUNTED = Text(
    "触达本身的花费（短信、人工）不在贡献利润里，优惠在。",
    "What the treatment itself costs (messages, people) is not in contribution; discounts are.",
)


_REACH = 1.1
"""Above so many times the days that a list reaches, its end is no chance."""


def remarks(found: TrialEffect) -> tuple[Text, ...]:
    """Return the remarks of a trial, those on the groups first."""
    return (*_on_groups(found), *_on_people(found), NOT_COUNTED)


def _on_groups(found: TrialEffect) -> Iterator[Text]:
    if found.control is None:
        yield Text(
            "只有一个组，没有对照：其中一部分人不做实验也会买，这里是归因，不是效果。",
            "There is one group and no control: some of it would have bought anyway, so this is attributed, not an "
            "effect.",
        )
    elif not found.is_control_named:
        yield Text(
            f"没有组名说明哪组是对照，以「{found.control}」为准；可用 --control 指定。",
            f"No group's name says that it is the control; the others are held against {found.control!r}. Choose with "
            "--control.",
        )
    small = [name for name, group in found.outcome.groups.items() if group.n < FEWEST_BUYERS]
    if small:
        names = "、".join(small)
        yield Text(
            f"「{names}」满期的人少于 {FEWEST_BUYERS} 位，不给数字。",
            f"Fewer than {FEWEST_BUYERS} people of {names} have had their time: no figures of them.",
        )
    for name, value in found.checks.items():
        if value < DOUBTFUL:
            label = CHECKS[name]
            yield Text(
                f"分组可疑：{label.zh}不成立（按规则抽签，这样的差别千次不到一次），差别只能算估计。",
                f"The groups are doubtful: {label.en.lower()} differ more than once in a thousand kept lots, so the "
                "differences are estimates at best.",
            )


def _on_people(found: TrialEffect) -> Iterator[Text]:
    groups = found.outcome.groups.values()
    n, n_followed = sum(group.n_assigned for group in groups), sum(group.n_followed for group in groups)
    if n_followed < n:
        share = wording.percent(n_followed / n)
        yield Text(
            f"只有 {share.zh} 的人看得到购买，其余人的订单不带买家标识；导入实验订单（各组都要有）就能看全。",
            f"Only {share.en} of the people can be followed; orders of the rest name no buyer. Load the orders of the "
            "trial, of every group, to follow all.",
        )
    n_left = n_followed - sum(group.n for group in groups)
    if n_left:
        yield Text(
            f"{n_left:,} 人还没满 {found.days} 天，未计入。",
            f"{n_left:,} people have not been watched for {found.days} days and stay out.",
        )
    reach = found.outcome.listed_days
    if reach is not None and found.days > _REACH * reach:
        yield Text(
            f"实验订单里最晚的一单在进组后第 {reach} 天；{found.days} 天的观察期可能没有列全，数字偏低。",
            f"The last listed order was paid on day {reach} after an entry: a list that ends there misses what came by "
            f"day {found.days}.",
        )
    if found.outcome.n_in_several:
        yield Text(
            f"{found.outcome.n_in_several:,} 人进了不止一个组，未计入。",
            f"{found.outcome.n_in_several:,} people entered more than one group and stay out.",
        )
    known = found.outcome.known_share
    if known is not None and known < 1:
        share = wording.percent(known)
        yield Text(
            f"只有 {share.zh} 的应收知道成本，贡献利润只算这部分。",
            f"Costs are known of {share.en} of what is due; contribution stands on that part.",
        )
