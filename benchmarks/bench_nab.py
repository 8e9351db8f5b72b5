"""Our detector of live series beside the reference of the Numenta anomaly benchmark, on the series beside the project.

Nothing is fitted to a series; one threshold serves all, as the rules say. The reference is given once as published and
once with the same de-duplication by calendar time, since most of the gain of any detector comes from that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.nab.corpus import FOLDER, corpus
from benchmarks.nab.reference import windowed_gaussian
from benchmarks.nab.scoring import Scored, best_score
from zhanggui.methods.anomaly import once_within, stream_scores

HOURS = 24
"""One alarm a day for one event."""
LEAST_AHEAD = 5.0


def measure(folder: Path) -> Iterator[Figure]:
    """Score both detectors on all series."""
    if not FOLDER.exists():
        print("skipped: the series of the benchmark are not beside the project", file=sys.stderr)
        return
    series = list(corpus())
    with cpu_seconds() as timer:
        raw = [stream_scores(each.values, step_seconds=float(np.median(np.diff(each.seconds)))) for each in series]
        found = [once_within(each.seconds, scores, hours=HOURS) for each, scores in zip(series, raw, strict=True)]
    plain = [windowed_gaussian(each.values) for each in series]
    once = [once_within(each.seconds, scores, hours=HOURS) for each, scores in zip(series, plain, strict=True)]
    ours, published, deduplicated = (
        best_score([Scored(scores, each.windows) for scores, each in zip(of, series, strict=True)])[0]
        for of in (found, plain, once)
    )
    least = max(published, deduplicated) + LEAST_AHEAD
    yield Figure("NAB, windowed Gaussian as published", published, "points", 0.0, "at least")
    yield Figure("NAB, windowed Gaussian, one alarm a day", deduplicated, "points", 0.0, "at least")
    yield Figure("NAB, five views, one alarm a day", ours, "points", least, "at least")
    n_rows = sum(len(each.values) for each in series)
    yield Figure("five views, processor time for 100,000 rows", 1e5 * timer.seconds / n_rows, "s", 2.0)
