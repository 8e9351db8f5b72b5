"""What can go wrong when a ledger is opened or asked."""

from __future__ import annotations

from pathlib import Path

from zhanggui.errors import ZhangguiError


class LedgerTooNewError(ZhangguiError):
    """The ledger was written by a newer program."""

    code = "ledger_too_new"

    def __init__(self, path: Path, *, found: int, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            f"The ledger has version {found}; this program knows versions up to {known}.",
            where=path.name,
            next_step="upgrade zhanggui: pip install --upgrade zhanggui",
        )


class LedgerOutdatedError(ZhangguiError):
    """The ledger was written by an older program."""

    code = "ledger_outdated"

    def __init__(self, path: Path, *, found: int, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            f"The ledger has version {found}; this program writes version {known}.",
            where=path.name,
            next_step="build it again from the source files: zhanggui check --rebuild",
        )


class LedgerMemoryError(ZhangguiError):
    """The engine needs more memory than it was given."""

    code = "out_of_memory"

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The work needs more memory than the engine was given; nothing was changed.",
            where=path.name,
            next_step="raise memory_limit or loading_memory_limit under [ledger] in shop.toml",
        )


class LedgerBusyError(ZhangguiError):
    """Another process holds the ledger."""

    code = "ledger_busy"

    def __init__(self, path: Path) -> None:
        super().__init__(
            "Another program holds this shop's ledger.",
            where=path.name,
            next_step="wait until it is done, or stop the other `zhanggui` process of this shop",
        )


class ClusterMissingError(ZhangguiError):
    """There is no cluster to ask."""

    code = "cluster_missing"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The cluster cannot be asked: {why}.",
            where="--cluster",
            next_step="pip install 'zhanggui[cluster]', install a Java 17 runtime, start it: zhanggui cluster start",
        )


class ClusterUnsupportedError(ZhangguiError):
    """The cluster cannot answer this question."""

    code = "cluster_unsupported"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The cluster does not know a part of this question: {what}",
            where="--cluster",
            next_step="ask it of the shop itself, without --cluster",
        )


class NotPublishedError(ZhangguiError):
    """A directory holds no published ledger that can be read."""

    code = "not_published"

    def __init__(self, directory: Path, why: str) -> None:
        super().__init__(
            f"This is no published ledger: {why}.",
            where=str(directory),
            next_step="write it anew: zhanggui cluster publish DIR",
        )


class PublishedReadOnlyError(ZhangguiError):
    """Somebody writes to a published ledger."""

    code = "published_read_only"

    def __init__(self, directory: Path) -> None:
        super().__init__(
            "A published ledger takes no writing: it is a copy.",
            where=str(directory),
            next_step="load into the shop, then publish it again",
        )
