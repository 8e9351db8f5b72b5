"""The methods about goods as plain answers, for the terminal and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pydantic import BaseModel

from zhanggui.understand.desk import Desk
from zhanggui.understand.products.companions_answer import companions_of_pairs
from zhanggui.understand.products.lifecycle import lifecycle_of_pairs
from zhanggui.understand.products.matrix_answer import matrix_of_pairs
from zhanggui.understand.products.product import product_of_pairs
from zhanggui.understand.products.returns_answer import returns_of_pairs
from zhanggui.understand.view import Pairs

ANSWERS: Mapping[str, Callable[[Desk, Pairs], BaseModel]] = MappingProxyType(
    {
        "matrix": matrix_of_pairs,
        "returns": returns_of_pairs,
        "companions": companions_of_pairs,
        "lifecycle": lifecycle_of_pairs,
        "show": product_of_pairs,
    }
)
"""By the words of ``zhanggui products``."""
