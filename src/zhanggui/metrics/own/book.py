"""The catalogue of one shop: the product's metrics and its own, now or as they were defined on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from zhanggui.calendar import DEFAULT_TIME_ZONE
from zhanggui.ledger.jobs import MetricVersion, MetricVersions, StateStore, StoreRegistry
from zhanggui.metrics.catalogue import CATALOGUE
from zhanggui.metrics.model import Metric
from zhanggui.metrics.own.building import Defined, Definition, catalogue_with, named_by
from zhanggui.metrics.own.definition import own_metric_from
from zhanggui.metrics.own.problems import BadMetricError, MetricInUseError, NotDefinedThenError, NotOwnMetricError


class OwnMetricBook:
    """The metrics that a shop defines itself.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._versions = MetricVersions(state)
        self._stores = StoreRegistry(state)

    def catalogue(self) -> Mapping[str, Metric]:
        """Return every metric that can be asked; an own one that can be used no more is left out."""
        return self._usable(self._versions.current())

    def catalogue_on(self, day: date) -> Mapping[str, Metric]:
        """Return every metric as it was defined at the end of a day of the shop."""
        return self._usable(self._versions.current(self._end_of(day)))

    def definitions(self) -> tuple[Defined, ...]:
        """Return the shop's own definitions, the oldest first."""
        return tuple(_defined(self._versions.current()))

    def history(self, name: str) -> tuple[MetricVersion, ...]:
        """Return every definition that a metric had, the oldest first.

        Raises
        ------
        NotOwnMetricError
            The shop never defined it.
        """
        found = self._versions.versions(name)
        if not found:
            raise NotOwnMetricError(name, known={each.name for each in self._versions.versions()})
        return found

    def current(self) -> tuple[MetricVersion, ...]:
        """Return the versions that are current, the metric first defined first."""
        return self._versions.current()

    def catalogue_with(self, definition: Definition) -> Mapping[str, Metric]:
        """Return the catalogue as it would be with a definition, which is not kept.

        Raises
        ------
        BadMetricError
            It cannot be used.
        """
        held = {each.definition.name: each for each in self.definitions()} | {definition.name: Defined(definition)}
        return catalogue_with(tuple(held.values()), self._stores.list_stores())

    def broken(self) -> dict[str, str]:
        """Return why definitions can be used no more, by name, as after a store was renamed."""
        own, found = list(self.definitions()), {}
        while True:
            try:
                catalogue_with(own, self._stores.list_stores())
            except BadMetricError as error:
                found[error.metric] = error.what
                own = [each for each in own if each.definition.name != error.metric]
            else:
                return found

    def define(self, definitions: Sequence[Definition], now: float) -> tuple[Definition, ...]:
        """Keep definitions from now on, each in place of the one of its name: all of them, or none.

        Raises
        ------
        BadMetricError
            One of them cannot be used, or one kept before cannot any more.
        """
        held = {each.definition.name: each for each in self.definitions()}
        held |= {each.name: Defined(each) for each in definitions}
        catalogue_with(tuple(held.values()), self._stores.list_stores())
        self._versions.save({each.name: each.document() for each in definitions}, now)
        return tuple(definitions)

    def remove(self, name: str, now: float) -> None:
        """Take a metric away from now on; its history stays.

        Raises
        ------
        NotOwnMetricError
            There is none.
        MetricInUseError
            Another one is made of it.
        """
        held = {each.definition.name: each.definition for each in self.definitions()}
        if name not in held:
            raise NotOwnMetricError(name, known=held)
        for other in held.values():
            if name in named_by(other):
                raise MetricInUseError(name, used_by=other.name)
        self._versions.remove(name, now)

    def require(self, names: Sequence[str], day: date) -> None:
        """Refuse metrics of the shop's own that had no definition on a day.

        Raises
        ------
        NotDefinedThenError
            Names the first one.
        """
        then = self.catalogue_on(day)
        for name in names:
            versions = () if name in then or name in CATALOGUE else self._versions.versions(name)
            if versions:
                first = datetime.fromtimestamp(versions[0].defined_at, UTC).astimezone(self._zone())
                raise NotDefinedThenError(name, day, first=first.date().isoformat())

    def _usable(self, versions: Sequence[MetricVersion]) -> Mapping[str, Metric]:
        own, stores = list(_defined(versions)), self._stores.list_stores() if versions else []
        while own:
            try:
                return catalogue_with(own, stores)
            except BadMetricError as error:
                # A store was renamed, or an update took a column away: the others still hold.
                own = [each for each in own if each.definition.name != error.metric]
        return CATALOGUE

    def _end_of(self, day: date) -> float:
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._zone()) + timedelta(days=1)
        return midnight.timestamp() - 1e-3

    def _zone(self) -> ZoneInfo:
        stores = self._stores.list_stores()
        return ZoneInfo(stores[0].tz if stores else DEFAULT_TIME_ZONE)


def _defined(versions: Sequence[MetricVersion]) -> Iterator[Defined]:
    for each in versions:
        if each.document is None:
            continue
        try:
            yield Defined(own_metric_from(each.document), each.version)
        except BadMetricError:
            continue
