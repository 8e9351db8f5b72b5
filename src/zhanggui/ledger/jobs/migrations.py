"""The tables of ``state.sqlite``, as forward-only steps. A released step is never edited; a change is a new step."""

from __future__ import annotations

_FIRST = (
    """
    CREATE TABLE job (
        job_id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        payload_json TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        schedule TEXT,
        created_at REAL NOT NULL,
        started_at REAL,
        finished_at REAL,
        worker TEXT,
        lease_until REAL,
        attempt INTEGER NOT NULL DEFAULT 0,
        cancel_requested INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER,
        unit TEXT NOT NULL DEFAULT '',
        label_zh TEXT,
        label_en TEXT,
        result_json TEXT,
        error_json TEXT
    ) STRICT
    """,
    "CREATE INDEX job_by_state ON job (state, job_id)",
    """
    CREATE TABLE schedule (
        name TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        payload_json TEXT NOT NULL,
        every_s INTEGER,
        daily_at TEXT,
        tz TEXT NOT NULL,
        next_run_at REAL NOT NULL,
        last_run_at REAL
    ) STRICT
    """,
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT",
    """
    CREATE TABLE store (
        shop_id INTEGER PRIMARY KEY AUTOINCREMENT,
        platform TEXT NOT NULL,
        name TEXT NOT NULL,
        source_shop_id TEXT,
        tz TEXT NOT NULL,
        currency TEXT NOT NULL,
        is_provisional INTEGER NOT NULL,
        aliases_json TEXT NOT NULL DEFAULT '[]',
        UNIQUE (platform, name)
    ) STRICT
    """,
)

_COLUMN_MAPS = (
    "CREATE TABLE column_map (name TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT",
    """
    CREATE TABLE column_map_change (
        change_id INTEGER PRIMARY KEY AUTOINCREMENT,
        changed_at REAL NOT NULL,
        before_json TEXT NOT NULL,
        after_json TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE waiting_file (
        file_id INTEGER PRIMARY KEY AUTOINCREMENT,
        raw_id TEXT NOT NULL,
        name TEXT NOT NULL,
        arrived_at REAL NOT NULL
    ) STRICT
    """,
)

_CHECK_HISTORY = (
    """
    CREATE TABLE check_history (
        check_name TEXT NOT NULL,
        shop_id INTEGER NOT NULL,
        checked_on TEXT NOT NULL,
        source_table TEXT NOT NULL,
        status TEXT NOT NULL,
        n_findings INTEGER NOT NULL,
        n_rows INTEGER NOT NULL,
        money_minor INTEGER,
        currency TEXT,
        checked_at TEXT NOT NULL,
        batch_id INTEGER NOT NULL,
        PRIMARY KEY (check_name, shop_id, checked_on)
    ) STRICT, WITHOUT ROWID
    """,
)

_ALERTS = (
    """
    CREATE TABLE alert_rule (
        name TEXT PRIMARY KEY,
        document_json TEXT,
        is_on INTEGER NOT NULL,
        muted_until REAL,
        saved_at REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE alert (
        alert_id INTEGER PRIMARY KEY AUTOINCREMENT,
        event_key TEXT NOT NULL UNIQUE,
        rule TEXT NOT NULL,
        place TEXT NOT NULL,
        direction TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        standing TEXT NOT NULL CHECK (standing IN ('on', 'over', 'gone')),
        state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'snoozed', 'resolved')),
        severity TEXT NOT NULL,
        owner TEXT NOT NULL,
        money REAL,
        cause_id INTEGER REFERENCES alert (alert_id),
        told_json TEXT NOT NULL,
        raised_at REAL NOT NULL,
        changed_at REAL NOT NULL,
        snoozed_until REAL,
        handed_at REAL,
        outcome TEXT
    ) STRICT
    """,
    "CREATE INDEX alert_by_place ON alert (rule, place, direction)",
    """
    CREATE TABLE alert_step (
        step_id INTEGER PRIMARY KEY AUTOINCREMENT,
        alert_id INTEGER NOT NULL REFERENCES alert (alert_id),
        at REAL NOT NULL,
        what TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX alert_step_by_alert ON alert_step (alert_id, step_id)",
)

_OUTBOX = (
    # A run of a schedule comes once, whatever the clock does: its moment is its key.
    "ALTER TABLE job ADD COLUMN scheduled_for REAL",
    "CREATE UNIQUE INDEX job_by_run ON job (schedule, scheduled_for) WHERE scheduled_for IS NOT NULL",
    """
    CREATE TABLE channel (
        channel_id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        shown_address TEXT NOT NULL,
        sealed TEXT NOT NULL,
        per_minute INTEGER NOT NULL,
        quiet_from TEXT,
        quiet_until TEXT,
        tz TEXT NOT NULL,
        language TEXT NOT NULL,
        added_at REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE delivery (
        delivery_id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        message_key TEXT NOT NULL,
        channel_id INTEGER NOT NULL,
        channel TEXT NOT NULL,
        part INTEGER NOT NULL,
        n_parts INTEGER NOT NULL,
        title TEXT NOT NULL,
        body_json TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'unknown', 'refused')),
        queued_at REAL NOT NULL,
        due_at REAL NOT NULL,
        decided_at REAL NOT NULL,
        n_attempts INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL DEFAULT '',
        UNIQUE (message_key, channel_id, part)
    ) STRICT
    """,
    "CREATE INDEX delivery_in_line ON delivery (state, channel_id, delivery_id)",
    """
    CREATE TABLE delivery_attempt (
        attempt_id INTEGER PRIMARY KEY AUTOINCREMENT,
        delivery_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        claimed_at REAL NOT NULL,
        ended_at REAL,
        outcome TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX delivery_attempt_by_time ON delivery_attempt (channel_id, claimed_at)",
)

_METRIC_VERSIONS = (
    # A version without a document says that the metric was taken away.
    """
    CREATE TABLE metric_version (
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        document_json TEXT,
        defined_at REAL NOT NULL,
        PRIMARY KEY (name, version)
    ) STRICT
    """,
)

_IDENTITY_DECISIONS = (
    # Nothing is ever changed or taken out: a decision is undone by a later one.
    """
    CREATE TABLE identity_decision (
        decision_id INTEGER PRIMARY KEY AUTOINCREMENT,
        merge_id TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('undo', 'restore')),
        reason TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER identity_decision_stays BEFORE UPDATE ON identity_decision
    BEGIN SELECT RAISE(ABORT, 'decisions about identity are only ever added'); END
    """,
    """
    CREATE TRIGGER identity_decision_is_kept BEFORE DELETE ON identity_decision
    BEGIN SELECT RAISE(ABORT, 'decisions about identity are only ever added'); END
    """,
)

_AUDIENCES = (
    """
    CREATE TABLE audience (
        name TEXT PRIMARY KEY,
        document_json TEXT NOT NULL,
        version INTEGER NOT NULL,
        saved_at REAL NOT NULL,
        as_of TEXT,
        refreshed_at REAL,
        stamp TEXT
    ) STRICT
    """,
    """
    CREATE TABLE audience_member (
        audience TEXT NOT NULL REFERENCES audience (name) ON DELETE CASCADE,
        buyer_key TEXT NOT NULL,
        joined_on TEXT NOT NULL,
        PRIMARY KEY (audience, buyer_key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE audience_change (
        change_id INTEGER PRIMARY KEY AUTOINCREMENT,
        audience TEXT NOT NULL REFERENCES audience (name) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        as_of TEXT NOT NULL,
        at REAL NOT NULL,
        n_members INTEGER NOT NULL,
        n_joined INTEGER NOT NULL,
        n_left INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE suppression (
        buyer_key TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        added_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE tag_rule (name TEXT PRIMARY KEY, document_json TEXT NOT NULL, saved_at REAL NOT NULL) STRICT",
    """
    CREATE TABLE tag_day (
        name TEXT NOT NULL REFERENCES tag_rule (name) ON DELETE CASCADE,
        as_of TEXT NOT NULL,
        n_people INTEGER NOT NULL,
        built_at REAL NOT NULL,
        PRIMARY KEY (name, as_of)
    ) STRICT, WITHOUT ROWID
    """,
    # Entries are only ever added.
    """
    CREATE TABLE data_use (
        use_id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        what TEXT NOT NULL,
        about TEXT NOT NULL,
        purpose TEXT NOT NULL,
        n_people INTEGER NOT NULL,
        detail_json TEXT NOT NULL
    ) STRICT
    """,
)

_POINTS = (
    # Entries are only ever added; a balance is their sum.
    """
    CREATE TABLE points_booked (
        entry_no INTEGER PRIMARY KEY AUTOINCREMENT,
        member_key TEXT NOT NULL,
        event_id TEXT NOT NULL,
        at TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('earn', 'redeem', 'restore', 'reverse', 'expire', 'adjust')),
        event_points INTEGER NOT NULL,
        about TEXT NOT NULL,
        points INTEGER NOT NULL,
        lot TEXT NOT NULL,
        expires TEXT,
        waived INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX points_booked_by_member ON points_booked (member_key, entry_no)",
    "CREATE INDEX points_booked_by_event ON points_booked (event_id)",
)

_LINKS = (
    """
    CREATE TABLE tracking_link (
        code TEXT PRIMARY KEY,
        target TEXT NOT NULL,
        address TEXT NOT NULL,
        channel TEXT NOT NULL,
        tags_json TEXT NOT NULL,
        note TEXT NOT NULL,
        added_at REAL NOT NULL,
        removed_at REAL
    ) STRICT
    """,
    # Nobody's address is kept: when, what kind of program, from which host.
    """
    CREATE TABLE link_click (
        click_no INTEGER PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL REFERENCES tracking_link (code),
        at REAL NOT NULL,
        is_bot INTEGER NOT NULL,
        referrer_host TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX link_click_by_code ON link_click (code, at)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _COLUMN_MAPS,
    _CHECK_HISTORY,
    _ALERTS,
    _OUTBOX,
    _METRIC_VERSIONS,
    _IDENTITY_DECISIONS,
    _AUDIENCES,
    _POINTS,
    _LINKS,
)
"""Step n brings a file of version n to version n + 1."""

STATE_VERSION = len(MIGRATIONS)
"""Version of ``state.sqlite`` that this program reads and writes."""
