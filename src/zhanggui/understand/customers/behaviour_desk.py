"""Hours, send hours, contrasts, migration and clusters as answers for programs, the terminal and the pages."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.money import major
from zhanggui.understand.customers import behaviour
from zhanggui.understand.customers.behaviour import Profile, category_profiles, hours, segment_profiles, send_hours
from zhanggui.understand.customers.clusters import DRIFT_ALARM, found_clusters
from zhanggui.understand.customers.contrast import HORIZON_DAYS, LANDMARK_DAYS, contrasts
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.migration import GONE, NOBODY_YET, STEP_DAYS, STEPS, migrations
from zhanggui.understand.customers.people import people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.segments import BY_NAME
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, View, last_in, view_from_pairs

WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip
NOT_A_CAUSE = Text(
    "这是相关，不是因果：做过这些行为的人本来就更想买。要知道推动行为是否有用，请做对照。",
    "An association, not a cause: who does these wanted to buy anyway. Whether bringing people to do them helps takes "
    "a control group.",
)
MOST_LISTED = 50
_SURE = 0.05


class Peak(BaseModel):
    """The cell with the most acts."""

    weekday: Text
    hour: int
    share: float


class ProfileRow(BaseModel):
    """The hours of a category or segment against those of everybody."""

    name: str
    label: Text
    orders: int
    peak_hour: int
    share: float
    index: float | None
    q_value: float | None
    differs: bool


class BehaviourAnswer(BaseModel):
    """Acts by weekday (Monday first) and hour, and whose hours differ."""

    what: str
    segment: str | None
    category: str | None
    counts: tuple[tuple[int, ...], ...]
    without_hour: int
    peak: Peak
    categories: tuple[ProfileRow, ...]
    segments: tuple[ProfileRow, ...]
    evidence: str
    warnings: tuple[Text, ...]


class SendHourRow(BaseModel):
    """The best hour to write to one buyer, and what it rests on."""

    customer: str
    hour: int
    share: float
    acts: int
    near_hour: int
    is_own: bool
    reason: Text


class SendHoursAnswer(BaseModel):
    """How many buyers each hour suits, and the hours of single buyers."""

    as_of: date
    people: int
    own: int
    by_hour: dict[int, int]
    customers: tuple[SendHourRow, ...]
    evidence: str
    warnings: tuple[Text, ...]


class ContrastRow(BaseModel):
    """One behaviour of the first week, how much oftener who showed it bought, and the audience it makes."""

    event: str
    at_least: int
    people: int
    rate_with: float
    rate_without: float
    lift: float
    low: float
    high: float
    q_value: float
    is_clear: bool
    condition: dict[str, object]


class ContrastsAnswer(BaseModel):
    """What later buyers did that others did not."""

    as_of: date
    accounts: int
    buyers: int
    found: tuple[ContrastRow, ...]
    evidence: str
    warnings: tuple[Text, ...]


class FlowRow(BaseModel):
    """Customers that moved from one segment to another within a step."""

    step: int
    before: str
    after: str
    customers: int


class MigrationAnswer(BaseModel):
    """Segments from day to day, under cut points of the first."""

    days: tuple[date, ...]
    flows: tuple[FlowRow, ...]
    evidence: str
    warnings: tuple[Text, ...]


class ClusterLine(BaseModel):
    """One cluster with the medians of its customers."""

    customers: int
    median_days_since: float
    median_frequency: float
    median_net_revenue: float


class ClustersAnswer(BaseModel):
    """Clusters with k, silhouette, stability and drift."""

    as_of: date
    k: int
    silhouettes: dict[int, float]
    clusters: tuple[ClusterLine, ...]
    stability: float
    stability_lowest: float
    agreement_with_segments: float
    drift: float | None
    has_drifted: bool | None
    evidence: str
    warnings: tuple[Text, ...]


def segment_label(name: str) -> Text:
    """Return what a segment is called, or one of the two states beside them."""
    if name == NOBODY_YET:
        return Text("还不是客户", "Not yet a customer")
    if name == GONE:
        return Text("已全部退款", "Gave all back")
    return BY_NAME[name].label


def profile_rows(found: tuple[Profile, ...], *, are_segments: bool) -> tuple[ProfileRow, ...]:
    """Return profiles as programs read them."""
    return tuple(
        ProfileRow(
            name=each.name,
            label=segment_label(each.name) if are_segments else Text.same(each.name),
            orders=each.n,
            peak_hour=each.hour,
            share=each.share,
            index=each.index,
            q_value=each.q_value,
            differs=each.q_value is not None and each.q_value < _SURE,
        )
        for each in found
    )


def behaviour_of_pairs(desk: Desk, pairs: Pairs) -> BehaviourAnswer:
    """Return the hours; ``what`` is orders or visits, ``segment`` and ``category`` narrow them."""
    view = view_from_pairs(pairs)
    what = last_in(pairs, "what") or "orders"
    if what not in ("orders", "visits"):
        raise BadChoiceError(what, where="what", allowed=("orders", "visits"))
    segment, category = last_in(pairs, "segment"), last_in(pairs, "category")
    found = hours(desk, view, "visits" if what == "visits" else "orders", segment, category)
    assert found.peak is not None, "hours refuses to answer without any act"
    day, hour = found.peak
    try:
        segments = profile_rows(segment_profiles(desk, view), are_segments=True)
    except ThinDataError:
        segments = ()
    return BehaviourAnswer(
        what=what,
        segment=segment,
        category=category,
        counts=tuple(tuple(int(n) for n in row) for row in found.counts),
        without_hour=found.n_without_hour,
        peak=Peak(weekday=WEEKDAYS[day], hour=hour, share=float(found.counts[day, hour] / found.counts.sum())),
        categories=profile_rows(category_profiles(desk, view), are_segments=False),
        segments=segments,
        evidence="counted",
        warnings=coverage_said(desk, view),
    )


def send_hours_of_pairs(desk: Desk, pairs: Pairs) -> SendHoursAnswer:
    """Return the best hour to write to each buyer; ``customer`` names one by the end of the token."""
    view = view_from_pairs(pairs)
    found = send_hours(desk, view)
    wanted = last_in(pairs, "customer")
    places = [
        place for place, key in enumerate(found.customers) if wanted is None or key.endswith(wanted.removeprefix("#"))
    ]
    best = found.best
    rows = tuple(
        send_hour_row(
            found.customers[place], int(best.hour[place]), float(best.share[place]), int(best.n_acts[place]),
            int(best.n_in_hour[place]),
        )
        for place in places[:MOST_LISTED]
    )  # fmt: skip
    by_hour = found.people_by_hour()
    return SendHoursAnswer(
        as_of=found.as_of,
        people=len(found.customers),
        own=int((best.n_acts >= behaviour.OWN_ACTS).sum()),
        by_hour={hour: int(by_hour[hour]) for hour in behaviour.SEND_HOURS},
        customers=rows,
        evidence="estimated",
        warnings=coverage_said(desk, view),
    )


def send_hour_row(customer: str, hour: int, share: float, n_acts: int, n_near: int) -> SendHourRow:
    """Return one buyer's hour with its reason in words."""
    is_own = n_acts >= behaviour.OWN_ACTS
    if is_own:
        reason = Text(
            f"近 180 天 {n_acts} 个活跃小时里有 {n_near} 个在 {hour} 点前后一小时内",
            f"{n_near} of {n_acts} active hours of the last 180 days lie within an hour of {hour}:00",
        )
    else:
        reason = Text(
            f"只有 {n_acts} 个活跃小时，主要按全体的时段估计",
            f"only {n_acts} active hours: mostly the hour of everybody",
        )
    return SendHourRow(
        customer=customer, hour=hour, share=share, acts=n_acts, near_hour=n_near, is_own=is_own, reason=reason
    )


def contrasts_of_pairs(desk: Desk, pairs: Pairs) -> ContrastsAnswer:
    """Return what later buyers did in their first week that others did not."""
    view = view_from_pairs(pairs)
    found = contrasts(desk, view)
    return ContrastsAnswer(
        as_of=found.as_of,
        accounts=found.n_accounts,
        buyers=found.n_buyers,
        found=tuple(
            ContrastRow(
                event=each.event, at_least=each.at_least, people=each.n_with, rate_with=each.rate_with,
                rate_without=each.rate_without, lift=each.lift, low=each.low, high=each.high, q_value=each.q_value,
                is_clear=each.q_value < _SURE,
                condition={"kind": "did", "any_of": [each.event], "at_least": each.at_least},
            )
            for each in found.found
        ),
        evidence="estimated",
        warnings=(
            Text(
                f"首次来访后 {LANDMARK_DAYS} 天内的行为，对照其后 {HORIZON_DAYS} 天是否购买。",
                f"Behaviour of the first {LANDMARK_DAYS} days, against buying in the {HORIZON_DAYS} days after.",
            ),
            NOT_A_CAUSE,
        ),
    )  # fmt: skip


def whole_in(pairs: Pairs, key: str, default: int) -> int:
    """Return a whole number of a question, or the default where it names none."""
    text = last_in(pairs, key)
    if text is None:
        return default
    if not text.isdecimal() or len(text) > 6:
        raise BadFilterError(f"{key}={text}", why="is no whole number")
    return int(text)


def migration_of_pairs(desk: Desk, pairs: Pairs) -> MigrationAnswer:
    """Return how customers moved between segments; ``steps`` and ``days`` say how often and how far apart."""
    view = view_from_pairs(pairs)
    found = migrations(
        desk, view, n_steps=whole_in(pairs, "steps", STEPS), step_days=whole_in(pairs, "days", STEP_DAYS)
    )
    return MigrationAnswer(
        days=found.days,
        flows=tuple(
            FlowRow(step=each.step, before=each.before, after=each.after, customers=each.n_customers)
            for each in found.flows
        ),
        evidence="counted",
        warnings=(*coverage_said(desk, view), *people_of(desk, view).warnings),
    )


def clusters_of_pairs(desk: Desk, pairs: Pairs) -> ClustersAnswer:
    """Return clusters of recency, frequency and money; ``k`` says how many."""
    view: View = view_from_pairs(pairs)
    found = found_clusters(desk, view, whole_in(pairs, "k", 0) or None)
    return ClustersAnswer(
        as_of=found.as_of,
        k=found.k,
        silhouettes=found.silhouettes,
        clusters=tuple(
            ClusterLine(
                customers=row.n_customers,
                median_days_since=row.median_days,
                median_frequency=row.median_frequency,
                median_net_revenue=major(round(row.median_minor), found.currency) or 0.0,
            )
            for row in found.rows
        ),
        stability=found.stability.mean,
        stability_lowest=found.stability.lowest,
        agreement_with_segments=found.agreement,
        drift=found.drift,
        has_drifted=None if found.drift is None else found.drift > DRIFT_ALARM,
        evidence="estimated",
        warnings=(*coverage_said(desk, view), *people_of(desk, view).warnings),
    )
