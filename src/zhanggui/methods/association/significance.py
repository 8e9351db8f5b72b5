"""Which of many findings to believe."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def false_discovery_rates(p_values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return for each test the share of false findings among all that are at least as strong (Benjamini-Hochberg).

    Parameters
    ----------
    p_values : array of float, shape (n_tests,)
        Each between 0 and 1; all tests of the family, not only the best.

    Returns
    -------
    array of float, shape (n_tests,)
        The q-values; never below the p-values.

    References
    ----------
    .. [1] Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B
           57(1), 1995.

    Examples
    --------
    >>> false_discovery_rates(np.array([0.01, 0.04, 0.03, 0.005])).round(6).tolist()
    [0.02, 0.04, 0.04, 0.02]
    """
    n = len(p_values)
    order = np.argsort(p_values)[::-1]
    scaled = p_values[order] * n / np.arange(n, 0, -1)
    found = np.empty(n)
    found[order] = np.minimum(np.minimum.accumulate(scaled), 1.0) if n else scaled
    return found
