"""Reference policies: what closed-loop features are measured against."""

from zhanggui.simulate.policies.idle import Idle
from zhanggui.simulate.policies.operator import Operator
from zhanggui.simulate.policies.oracle import Oracle
from zhanggui.simulate.policies.policy import Policy

__all__ = ["Idle", "Operator", "Oracle", "Policy"]
