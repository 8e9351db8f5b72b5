"""Exceptions to the type checker carry their reason."""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.promises.conftest import Checkout

WITH_REASON = re.compile(r"#\s*(type: ignore\[[\w,\- ]+\]|noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*)\s*(#|:|—|-)?\s*\S.{7,}")
EXCEPTION = re.compile(r"#\s*(type: ignore|noqa)")


def test_every_exception_to_a_checker_names_its_rule_and_its_reason(checkout: Checkout) -> None:
    bare = []
    for path in [*checkout.under("src", "tests", "benchmarks"), *checkout.under("hatch_build.py")]:
        if not EXCEPTION.search(checkout.text(path)):
            continue
        lines = checkout.text(path).splitlines()
        for token in tokenize.generate_tokens(io.StringIO(checkout.text(path)).readline):
            if token.type != tokenize.COMMENT or not EXCEPTION.match(token.string):
                continue
            line_above = lines[token.start[0] - 2].strip()
            if not WITH_REASON.match(token.string) and not line_above.startswith("#"):
                bare.append(f"{path}:{token.start[0]} {token.string}")

    assert bare == []
