"""The sales-profit matrix as an answer for programs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.classing import CORNERS
from zhanggui.money import major
from zhanggui.pagespec import Evidence
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.products.borders import Borders, borders_in
from zhanggui.understand.products.goods_names import internal_skus, product_titles, shown_variant, sku_specs
from zhanggui.understand.products.levers import hot_but_poor
from zhanggui.understand.products.matrix import NAMES, UNKNOWN, Matrix, Move, figures_of, matrix, moves
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.products.sales import before, sku_sales
from zhanggui.understand.products.selection import ADVICE, Pace, selection
from zhanggui.understand.view import Pairs, View, view_from_pairs


class QuadrantSum(BaseModel):
    """One quadrant: what it is called, how many SKUs, what they brought together, and what to do."""

    name: str
    at: str
    label_zh: str
    label_en: str
    rule: Text
    action: Text
    skus: int
    units: float
    net_revenue: float
    profit: float


class SkuRow(BaseModel):
    """One SKU: figures in major units over the days looked at, and its classes; null where a cost is unknown."""

    store: str
    product_id: str | None
    sku_id: str
    merchant_code: str
    title: str
    spec: str
    units: float
    net_units: float
    net_revenue: float
    profit: float | None
    ads: float
    return_share: float
    quadrant: str | None
    abc: str | None
    xyz: str | None


class PoorRow(BaseModel):
    """One hot but poor SKU, and what each lever would bring over the same days, each by itself."""

    store: str
    sku_id: str
    title: str
    profit: float
    gains: dict[str, float]
    best: str


class ChoiceRow(BaseModel):
    """What one SKU calls for, and why."""

    store: str
    sku_id: str
    title: str
    advice: str
    advice_label: Text
    profit: float | None
    reasons: tuple[Text, ...]


class MoveRow(BaseModel):
    """One line of the log: in which month a SKU came to stand in another quadrant."""

    month: date
    store: str
    sku_id: str
    title: str
    before: str
    after: str
    units: float
    profit: float | None


class BorderRow(BaseModel):
    """One border: its value over the days looked at, and whether the median or a person put it there."""

    value: float
    set_by: Literal["median", "shop"]


class MatrixAnswer(BaseModel):
    """The matrix of some days: borders, quadrants, SKUs, what to do, and who moved."""

    date_from: date
    date_to: date
    currency: str
    borders: dict[str, BorderRow]
    quadrants: tuple[QuadrantSum, ...]
    skus: tuple[SkuRow, ...]
    hot_but_poor: tuple[PoorRow, ...]
    selection: tuple[ChoiceRow, ...]
    moves: tuple[MoveRow, ...]
    unshared: float
    evidence: Evidence
    warnings: tuple[Text, ...]


def matrix_of_pairs(desk: Desk, pairs: Pairs) -> MatrixAnswer:
    """Return the matrix; ``units_border`` and ``profit_border`` try other borders than the shop's."""
    return matrix_answer(desk, view_from_pairs(pairs), borders_in(desk, pairs))


def matrix_answer(desk: Desk, view: View, borders: Borders) -> MatrixAnswer:
    """Return the matrix as ``zhanggui products matrix --json`` prints it."""
    found = matrix(desk, view, borders)
    rows = sku_rows(desk, found)
    code = found.sales.currency
    return MatrixAnswer(
        date_from=found.sales.first,
        date_to=found.sales.last,
        currency=code,
        borders={
            "units": BorderRow(value=found.units_border, set_by=_set_by(found.moved.units)),
            "profit": BorderRow(value=major(found.profit_border, code) or 0.0, set_by=_set_by(found.moved.profit)),
        },
        quadrants=quadrant_sums(found),
        skus=rows,
        hot_but_poor=tuple(
            PoorRow(
                store=rows[poor.place].store,
                sku_id=rows[poor.place].sku_id,
                title=rows[poor.place].title,
                profit=rows[poor.place].profit or 0.0,
                gains={name: major(gain, code) or 0.0 for name, gain in poor.gains.items()},
                best=poor.best,
            )
            for poor in hot_but_poor(found)
        ),
        selection=choice_rows(desk, view, found, rows),
        moves=tuple(_move_row(desk, move, code) for move in moves(desk, view, borders)),
        unshared=major(found.sales.unshared_minor, code) or 0.0,
        evidence="estimated" if found.sales.ads.any() else "counted",
        warnings=warnings_of(found),
    )


def _set_by(value: float | None) -> Literal["median", "shop"]:
    return "median" if value is None else "shop"


def sku_rows(desk: Desk, found: Matrix) -> tuple[SkuRow, ...]:
    """Return every SKU, in the order of the matrix."""
    sales, code = found.sales, found.sales.currency
    titles, specs, codes, stores = product_titles(desk), sku_specs(desk), internal_skus(desk), store_names(desk)
    profit, ads = sales.profit.tolist(), sales.ads.tolist()
    rows = []
    for place, row in enumerate(sales.columns.to_pylist()):
        shop, sku, product = row["shop_id"], row["sku_id"], row["product_id"]
        rows.append(
            SkuRow(
                store=stores.get(shop, f"#{shop}"),
                product_id=product,
                sku_id=sku,
                merchant_code=codes.get((shop, sku), sku),
                title=titles.get((shop, product or ""), product or sku),
                spec=shown_variant(specs.get((shop, sku), "")),
                units=row["units"],
                net_units=row["net_units"],
                net_revenue=major(row["net"], code) or 0.0,
                profit=major(profit[place], code),
                ads=major(-ads[place], code) or 0.0,
                return_share=float(row["returned"]) / float(row["n_lines"]),
                **figures_of(found, place),
            )
        )
    return tuple(rows)


def quadrant_sums(found: Matrix) -> tuple[QuadrantSum, ...]:
    """Return the four quadrants with what lies in them; together with unknown SKUs they are everything sold."""
    sales, code = found.sales, found.sales.currency
    units, net, profit = sales.of("units").astype(float), sales.of("net").astype(float), sales.profit
    sums = []
    for number, name in NAMES.items():
        inside = found.quadrant == number
        sums.append(
            QuadrantSum(
                name=name.name,
                at=CORNERS[number],
                label_zh=name.label.zh,
                label_en=name.label.en,
                rule=name.rule,
                action=name.action,
                skus=int(inside.sum()),
                units=float(units[inside].sum()),
                net_revenue=major(float(net[inside].sum()), code) or 0.0,
                profit=major(float(profit[inside].sum()), code) or 0.0,
            )
        )
    return tuple(sums)


def choice_rows(desk: Desk, view: View, found: Matrix, rows: tuple[SkuRow, ...]) -> tuple[ChoiceRow, ...]:
    """Return what each SKU calls for."""
    return tuple(
        ChoiceRow(
            store=rows[each.place].store,
            sku_id=rows[each.place].sku_id,
            title=shown_name(rows[each.place]),
            advice=each.advice,
            advice_label=ADVICE[each.advice],
            profit=rows[each.place].profit,
            reasons=each.reasons,
        )
        for each in selection(found, pace_of(desk, view, found))
    )


def pace_of(desk: Desk, view: View, found: Matrix) -> Pace:
    """Return units of the days looked at beside those of as many days before.

    Where the ledger does not reach back so far, the second half of the days is set beside the first.
    """
    span, first, last = desk.span(), found.sales.first, found.sales.last
    earlier = before(view, first, last)
    if span is not None and earlier.date_from is not None and earlier.date_from >= span.first:
        return Pace(_units(desk, earlier), _units(desk, view))
    half = (last - first).days // 2
    middle_day = last - timedelta(days=half)
    return Pace(
        _units(desk, view.within(middle_day - timedelta(days=half + 1), middle_day - timedelta(days=1))),
        _units(desk, view.within(middle_day, last)),
    )


def _units(desk: Desk, view: View) -> dict[tuple[int, str], float]:
    try:
        sales = sku_sales(desk, view)
    except ThinGoodsError:
        return {}
    columns = (sales.columns.column(name).to_pylist() for name in ("shop_id", "sku_id", "units"))
    return {(shop, sku): float(units) for shop, sku, units in zip(*columns, strict=True)}


def shown_name(row: SkuRow) -> str:
    """Return title and variant."""
    return f"{row.title} {row.spec}".strip()


def _move_row(desk: Desk, move: Move, code: str) -> MoveRow:
    specs, titles = sku_specs(desk), product_titles(desk)
    product = sku_products(desk).get((move.shop_id, move.sku_id), "")
    title = titles.get((move.shop_id, product), move.sku_id)
    return MoveRow(
        month=move.month,
        store=store_names(desk).get(move.shop_id, f"#{move.shop_id}"),
        sku_id=move.sku_id,
        title=f"{title} {shown_variant(specs.get((move.shop_id, move.sku_id), ''))}".strip(),
        before=NAMES[move.before].name,
        after=NAMES[move.after].name,
        units=move.units,
        profit=major(move.profit_minor, code),
    )


def sku_products(desk: Desk) -> dict[tuple[int, str], str]:
    """Return the product of each SKU by store and id."""

    def found() -> dict[tuple[int, str], str]:
        rows = desk.ledger.query(desk.ledger.table("sku").select("shop_id", "sku_id", "product_id")).to_pylist()
        return {(row["shop_id"], row["sku_id"]): row["product_id"] or "" for row in rows}

    return desk.kept(("sku_products",), found)


def warnings_of(found: Matrix) -> tuple[Text, ...]:
    """Return what a reader must know: costs that are missing, advertising that is shared by a rule or not at all."""
    sales, code = found.sales, found.sales.currency
    told = []
    n_unknown = int((found.quadrant == UNKNOWN).sum())
    if n_unknown:
        net = sales.of("net").astype(float)
        share = (
            wording.percent(float(sales.of("unknown_net").astype(float).sum() / net.sum())) if net.sum() > 0 else None
        )
        of = "" if share is None else share.zh
        told.append(
            Text(f"{n_unknown:,} 个 SKU 有成本未知的明细（占净收入 {of}），不进任何象限。",
                 f"{n_unknown:,} SKUs have lines of unknown cost ({of} of net revenue) and are in no quadrant.")
        )  # fmt: skip
    if sales.ads.any():
        told.append(
            Text("商品推广费按应收金额分摊到它的各个 SKU，所以利润是估算。",
                 "Advertising of a product is shared over its SKUs by what is due, so profit is estimated.")
        )  # fmt: skip
    if sales.unshared_minor:
        rest = wording.money(major(sales.unshared_minor, code) or 0.0, code)
        told.append(
            Text(f"另有 {rest.zh} 的推广等费用不属于这些商品中的任何一个，没有分摊。",
                 f"{rest.en} of advertising and the like names none of these goods and is not shared out.")
        )  # fmt: skip
    if sales.n_days < 28:
        told.append(
            Text(f"只有 {sales.n_days} 天，象限和 XYZ 容易变动。",
                 f"Only {sales.n_days} days: quadrants and XYZ will move easily.")
        )  # fmt: skip
    return tuple(told)
