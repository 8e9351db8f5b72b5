"""Taking events in: one request becomes an answer and, where it is accepted, a record for the log.

No web framework and no clock of its own: the collector's process and the workbench's server hand requests in.
"""

from zhanggui.collect.events.intake.bodies import MOST_BODY_BYTES, MOST_INFLATED_BYTES
from zhanggui.collect.events.intake.counts import Counts, LiveView, live_view
from zhanggui.collect.events.intake.plan import PLAN_FILE, TrackingPlan, TrackingPlanError, tracking_plan
from zhanggui.collect.events.intake.reception import Intake
from zhanggui.collect.events.intake.requests import REFUSALS, Accepted, Answer, RefusedError, Request

__all__ = [
    "MOST_BODY_BYTES",
    "MOST_INFLATED_BYTES",
    "PLAN_FILE",
    "REFUSALS",
    "Accepted",
    "Answer",
    "Counts",
    "Intake",
    "LiveView",
    "RefusedError",
    "Request",
    "TrackingPlan",
    "TrackingPlanError",
    "live_view",
    "tracking_plan",
]
