"""What values of dimensions are called, and where each opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zhanggui.i18n import Text
from zhanggui.metrics import Filter
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, Row
from zhanggui.understand.view import metric_href


def shown_column(dimension: str, row: Row) -> str:
    """Return the column of an answer's row that holds the readable name of a dimension's value."""
    label = DIMENSIONS[dimension].label_from
    return label.shown_as if label is not None and row.get(label.shown_as) else dimension


def value_name(dimension: str, row: Row) -> Text:
    """Return what a value of a dimension is called."""
    value = row.get(shown_column(dimension, row))
    if value is None:
        return wording.NOT_KNOWN
    if dimension == "weekday":
        return wording.WEEKDAYS[int(str(value)) - 1]
    return DIMENSIONS[dimension].names.get(str(value), Text.same(str(value) or "-"))


def value_names(desk: Desk, dimension: str, rows: Sequence[Row]) -> tuple[Text, ...]:
    """Return what the values of some rows are called; where two share a name, with their store."""
    names = [value_name(dimension, row) for row in rows]
    shared = {name for name, n in Counter(names).items() if n > 1}
    stores = store_names(desk)
    told = []
    for name, row in zip(names, rows, strict=True):
        store = stores.get(int(str(row.get("shop_id") or 0))) if name in shared else None
        told.append(Text(f"{name.zh}（{store}）", f"{name.en} ({store})") if store else name)
    return tuple(told)


def store_names(desk: Desk) -> dict[int, str]:
    """Return the name of each store by its number."""
    return {store.shop_id: store.name for store in desk.shop.stores.list_stores()}


def value_href(desk: Desk, metric: str, dimension: str, row: Row) -> str:
    """Return the page of a metric, narrowed to a value of a dimension, and to its store where stores differ."""
    return metric_href(metric, **{each.dim: str(each.values[0] or "") for each in value_filters(desk, dimension, row)})


def value_filters(desk: Desk, dimension: str, row: Row) -> tuple[Filter, ...]:
    """Return the filters that keep what a row of an answer stands for."""
    value, shop_id = row.get(dimension), row.get("shop_id")
    filters = [Filter(dimension, (None if value is None else str(value),))]
    if DIMENSIONS[dimension].is_per_store and shop_id is not None:
        filters.append(Filter("shop", (store_names(desk).get(int(str(shop_id)), f"#{shop_id}"),)))
    return tuple(filters)
