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
from zhanggui.ledger.jobs.audience_book import (
    AudienceBook,
    AudienceChange,
    DataUse,
    DataUses,
    SavedAudience,
    SuppressionList,
    UnknownAudienceError,
)
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
from zhanggui.ledger.jobs.identity_decisions import IdentityDecision, IdentityDecisions
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
from zhanggui.ledger.jobs.tag_book import TagBook, TagDay, UnknownTagError
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
    "AudienceBook",
    "AudienceChange",
    "BadOutcomeError",
    "ChannelBook",
    "ChannelNameTakenError",
    "ChannelRecord",
    "CheckHistory",
    "ColumnMaps",
    "DataUse",
    "DataUses",
    "Deliveries",
    "Delivery",
    "DeliveryState",
    "Handler",
    "IdentityDecision",
    "IdentityDecisions",
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
    "SavedAudience",
    "SavedMap",
    "Schedule",
    "Scheduler",
    "StateStore",
    "StateTooNewError",
    "StateUnreadableError",
    "StoreNameTakenError",
    "StoreRecord",
    "StoreRegistry",
    "SuppressionList",
    "TagBook",
    "TagDay",
    "UnknownAlertError",
    "UnknownAudienceError",
    "UnknownChannelError",
    "UnknownDeliveryError",
    "UnknownJobError",
    "UnknownMapError",
    "UnknownStoreError",
    "UnknownTagError",
    "UnknownWaitingFileError",
    "WaitingFile",
    "WaitingFiles",
    "Worker",
    "error_json",
    "run_inline",
]
