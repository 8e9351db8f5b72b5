"""One tree of errors. Each says three things: what happened, where, and what to do next."""

from __future__ import annotations


class ZhangguiError(Exception):
    """Base of every error that a user may see.

    Parameters
    ----------
    what : str
        One sentence: what happened.
    where : str
        File, row, column, setting or argument concerned.
    next_step : str
        What to do next.

    Attributes
    ----------
    code : str
        Short stable id, used by the API and by tests.
    exit_code : int
        Exit code of the command line: 1 "ran and found a problem", 2 "wrong use or bad input".

    Examples
    --------
    >>> print(ZhangguiError("The file is empty.", where="orders.csv", next_step="export it again"))
    The file is empty.
      where: orders.csv
      next:  export it again
    """

    code = "error"
    exit_code = 2

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        self.what = what
        self.where = where
        self.next_step = next_step
        super().__init__(f"{what}\n  where: {where}\n  next:  {next_step}")

    def to_json(self) -> dict[str, dict[str, object]]:
        """Return the one error shape of the HTTP API and of ``--json``."""
        return {"error": {"code": self.code, "what": self.what, "where": self.where, "next": self.next_step}}
