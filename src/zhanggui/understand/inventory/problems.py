"""What a method about stock says instead of a number."""

from __future__ import annotations

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.understand.refusals import ThinLedgerError


class NoStockError(ThinLedgerError):
    """The ledger tells nothing about stock that a number could stand on."""

    code = "no_stock"
    reads = "stock movements and stock on hand"


class UnknownCountError(ZhangguiError):
    """A stock count is asked for that the ledger does not hold."""

    code = "unknown_count"

    def __init__(self, count_id: str, known: tuple[str, ...]) -> None:
        self.count_id = count_id
        super().__init__(
            f"There is no stock count {count_id!r}.",
            where="stock counts of the ledger",
            next_step=f"name one of: {', '.join(known) or 'none yet; load a count first'}",
        )


class UnapprovedCountError(ZhangguiError):
    """Adjustments are asked for of a count that nobody approved."""

    code = "unapproved_count"

    def __init__(self, count_id: str) -> None:
        self.count_id = count_id
        super().__init__(
            f"Stock count {count_id!r} is not approved, so nothing is adjusted by it.",
            where="zhanggui inventory count --adjust",
            next_step="say who approves it: --by NAME",
        )


class ThinPastError(NoStockError):
    """The past of demand is too short to say what will be asked for."""

    code = "thin_past"

    @classmethod
    def of_no_sales(cls) -> ThinPastError:
        """Return the refusal where nothing was ever sold."""
        return cls(
            Text(
                "没有带商品编码的已付款订单，需求为零或未知，不能预测。",
                "No paid order names a SKU: demand is zero or unknown.",
            ),
            Text("导入订单明细或子订单报表。", "Load order lines or sub-order reports."),
        )

    @classmethod
    def of_weeks(cls, n_weeks: int, fewest: int) -> ThinPastError:
        """Return the refusal where there are too few weeks."""
        return cls(
            Text(
                f"只有 {n_weeks} 个整周的订单，至少需要 {fewest} 周才能预测。",
                f"There are orders of {n_weeks} whole weeks; a forecast needs {fewest}.",
            ),
            Text("导入更早的订单。", "Load earlier orders."),
        )
