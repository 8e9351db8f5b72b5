"""HTTP of the collector: a process of its own, and the same addresses inside the workbench's server."""

from zhanggui.app.collecting.inside import CollectorInside
from zhanggui.app.collecting.process import Patience, collect, run_collector
from zhanggui.app.collecting.service import CollectorService

__all__ = ["CollectorInside", "CollectorService", "Patience", "collect", "run_collector"]
