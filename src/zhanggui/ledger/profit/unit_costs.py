"""What one unit of each SKU costs on each day: through the SKU map and the list of costs."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.scope import Scope, beside

WANTED = ["shop_id", "sku_id", "created_on", "currency"]
"""What a unit cost is looked up by: SKU of a store, day of the order, currency."""
_PART = "internal_sku"
_EXACT = "decimal(18, 3)"


def parts_of_skus(scope: Scope, lines: ir.Table, moves: ir.Table | None) -> ir.Table | None:
    """Return of what the wanted SKUs consist on their days, and what one unit of each part costs.

    Parameters
    ----------
    scope : Scope
    lines : ibis Table
        Holds what is wanted (`WANTED`).
    moves : ibis Table or None
        Stock movements, which may want goods that no line holds.

    Returns
    -------
    ibis Table or None
        `WANTED`, ``internal_sku``, ``units``, ``n_units`` of the whole, ``part_cost_minor`` (null where no cost is
        known); None where neither costs nor movements of stock were imported, which ask for parts.
    """
    if moves is None and "sku_costs" not in scope.imported:
        return None
    rows = lines.filter(lines.sku_id.notnull()).select(*WANTED)
    wanted = scope.stage("wanted", (rows if moves is None else rows.union(moves.select(*WANTED))).distinct())
    parts = _parts(scope, wanted)
    whole = ibis.window(group_by=[parts[name] for name in WANTED])
    parts = scope.stage("parts", parts.mutate(n_units=parts.units.sum().over(whole)))
    if "sku_costs" not in scope.imported:
        return parts.mutate(part_cost_minor=ibis.null("int64"))
    own = _costs_on(parts, scope.rows("sku_cost"), is_own=True).rename(own="unit_cost_minor")
    company = _costs_on(parts, scope.company_rows("sku_cost"), is_own=False).rename(company="unit_cost_minor")
    priced = beside(beside(parts, own, [*WANTED, _PART]), company, [*WANTED, _PART])
    cost = ibis.coalesce(priced.own, priced.company)
    return scope.stage("priced", priced.select(*WANTED, _PART, "units", "n_units", part_cost_minor=cost))


def unit_costs(parts: ir.Table) -> ir.Table:
    """Return the cost of one unit of each wanted SKU; null where any of its parts has no cost."""
    of_part = parts.part_cost_minor.cast(_EXACT) * parts.units.cast(_EXACT)
    is_whole = parts.part_cost_minor.notnull().all()
    sums = parts.group_by(WANTED).aggregate(listed=of_part.sum(), is_whole=is_whole)
    return sums.select(*WANTED, listed_minor=sums.is_whole.ifelse(sums.listed, None))


def _parts(scope: Scope, wanted: ir.Table) -> ir.Table:
    """Return the parts of each SKU: those of the map's newest day of validity, else the SKU itself by its code."""
    one = ibis.literal(1).cast(_EXACT)
    if "sku_map" not in scope.imported:
        return wanted.mutate(internal_sku=wanted.sku_id, units=one)
    held = scope.rows("sku_map")
    mapped = wanted.inner_join(
        held.select("shop_id", _PART, "valid_from", "valid_to", sku_id=held.platform_sku_id, n=held.units),
        ["shop_id", "sku_id"],
    )
    is_valid = (mapped.valid_from.isnull() | (mapped.valid_from <= mapped.created_on)) & (
        mapped.valid_to.isnull() | (mapped.valid_to >= mapped.created_on)
    )
    mapped = mapped.filter(is_valid)
    since = ibis.coalesce(mapped.valid_from, ibis.date("0001-01-01"))
    newest = since.max().over(ibis.window(group_by=[mapped[name] for name in WANTED]))
    mapped = mapped.mutate(since=since, newest=newest).filter(lambda t: t.since == t.newest)
    mapped = mapped.group_by([*WANTED, _PART]).aggregate(units=ibis.coalesce(mapped.n, 1).sum().cast(_EXACT))
    alone = wanted.anti_join(mapped, WANTED)
    return mapped.union(alone.select(*WANTED, internal_sku=alone.sku_id, units=one))


def _costs_on(parts: ir.Table, costs: ir.Table, *, is_own: bool) -> ir.Table:
    """Return the newest cost of each part on or before its day: of the store's own list, or of the company's."""
    same = [_PART, "currency", *(["shop_id"] if is_own else [])]
    listed = costs.select(*same, "valid_from", "unit_cost_minor")
    joined = parts.asof_join(listed, on=parts.created_on >= listed.valid_from, predicates=same)
    return joined.select(*WANTED, _PART, "unit_cost_minor").filter(lambda t: t.unit_cost_minor.notnull())
