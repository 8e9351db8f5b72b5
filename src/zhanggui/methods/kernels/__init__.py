"""One pass over sorted arrays: ordered funnels, the ways through visits, journeys, retention.

Events are sorted by who and when; each kernel walks them once. Windows and joins over a table say the same and take
many times as long; the tests hold the two against each other.
"""

from zhanggui.methods.kernels.funnel import Funnel, OrderedFunnel
from zhanggui.methods.kernels.journeys import touches_before
from zhanggui.methods.kernels.retention import Retention
from zhanggui.methods.kernels.sorting import first_out_of_order
from zhanggui.methods.kernels.ways import ENTRY, EXIT, Ways, flow_from, flow_to, ways_through

__all__ = [
    "ENTRY",
    "EXIT",
    "Funnel",
    "OrderedFunnel",
    "Retention",
    "Ways",
    "first_out_of_order",
    "flow_from",
    "flow_to",
    "touches_before",
    "ways_through",
]
