"""Background work with lease, progress, cancel and schedule; and the small durable state beside it."""

from zhanggui.ledger.jobs.alert import (
    OUTCOMES,
    Alert,
    AlertResolvedError,
    AlertStep,
    BadOutcomeError,
    Occurrence,
    UnknownAlertError,
)
from zhanggui.ledger.jobs.alert_book import AlertBook, AlertRules
from zhanggui.ledger.jobs.channel_book import ChannelBook, ChannelNameTakenError, ChannelRecord, UnknownChannelError
from zhanggui.ledger.jobs.check_history import CheckHistory
from zhanggui.ledger.jobs.column_maps import ColumnMaps, SavedMap, UnknownMapError
from zhanggui.ledger.jobs.deliveries import (
    Deliveries,
    Delivery,
    DeliveryState,
    NotToResendError,
    UnknownDeliveryError,
)
from zhanggui.ledger.jobs.job import (
    Job,
    JobCancelledError,
    JobFailedError,
    JobInterruptedError,
    JobLostError,
    JobState,
    JsonObject,
    Progress,
    UnknownJobError,
)
from zhanggui.ledger.jobs.metric_versions import MetricVersion, MetricVersions
from zhanggui.ledger.jobs.migrations import STATE_VERSION
from zhanggui.ledger.jobs.queue import JobQueue, Lease, error_json
from zhanggui.ledger.jobs.schedule import Schedule, Scheduler
from zhanggui.ledger.jobs.state import StateStore, StateTooNewError, StateUnreadableError
from zhanggui.ledger.jobs.stores import StoreNameTakenError, StoreRecord, StoreRegistry, UnknownStoreError
from zhanggui.ledger.jobs.waiting_files import UnknownWaitingFileError, WaitingFile, WaitingFiles
from zhanggui.ledger.jobs.worker import Handler, Worker, run_inline

__all__ = [
    "OUTCOMES",
    "STATE_VERSION",
    "Alert",
    "AlertBook",
    "AlertResolvedError",
    "AlertRules",
    "AlertStep",
    "BadOutcomeError",
    "ChannelBook",
    "ChannelNameTakenError",
    "ChannelRecord",
    "CheckHistory",
    "ColumnMaps",
    "Deliveries",
    "Delivery",
    "DeliveryState",
    "Handler",
    "Job",
    "JobCancelledError",
    "JobFailedError",
    "JobInterruptedError",
    "JobLostError",
    "JobQueue",
    "JobState",
    "JsonObject",
    "Lease",
    "MetricVersion",
    "MetricVersions",
    "NotToResendError",
    "Occurrence",
    "Progress",
    "SavedMap",
    "Schedule",
    "Scheduler",
    "StateStore",
    "StateTooNewError",
    "StateUnreadableError",
    "StoreNameTakenError",
    "StoreRecord",
    "StoreRegistry",
    "UnknownAlertError",
    "UnknownChannelError",
    "UnknownDeliveryError",
    "UnknownJobError",
    "UnknownMapError",
    "UnknownStoreError",
    "UnknownWaitingFileError",
    "WaitingFile",
    "WaitingFiles",
    "Worker",
    "error_json",
    "run_inline",
]
