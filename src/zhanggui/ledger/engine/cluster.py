"""The second engine: a ledger published as Parquet and asked on an Apache Spark cluster, by the same expressions.

Only this package names Spark, as it alone names the embedded engine. Nothing is defined twice: a metric is one Ibis
expression, compiled here for the cluster and in `prepared` for the laptop.
"""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never
from urllib.parse import urlsplit

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot.expressions as sge
from ibis.config import Config

from zhanggui.ledger.engine.compiler import BoundParameter
from zhanggui.ledger.engine.ledger import SCHEMA_VERSION, Ledger
from zhanggui.ledger.engine.prepared import Prepared
from zhanggui.ledger.engine.problems import (
    ClusterMissingError,
    ClusterUnsupportedError,
    NotPublishedError,
    PublishedReadOnlyError,
)
from zhanggui.ledger.schema.observations import ALL_TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONTENT = "PUBLISHED.json"
LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 7077


def publish(ledger: Ledger, directory: Path) -> Mapping[str, int]:
    """Write every table of a ledger as Parquet for a cluster to read; return the rows of each.

    A table is complete or absent: each is written beside its place and moved there. The list of tables is written last.
    """
    directory.mkdir(parents=True, exist_ok=True)
    (directory / CONTENT).unlink(missing_ok=True)
    rows: dict[str, int] = {}
    for name in ALL_TABLES:
        unfinished = directory / f"{name}.parquet.new"
        rows[name] = 0
        with (
            ledger.stream(ledger.table(name)) as batches,
            pq.ParquetWriter(unfinished, batches.schema, compression="zstd") as out,
        ):
            for batch in batches:
                out.write_batch(batch)
                rows[name] += batch.num_rows
        unfinished.replace(directory / f"{name}.parquet")
    content = {"schema_version": SCHEMA_VERSION, "tables": rows}
    (directory / CONTENT).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return rows


class PublishedLedger(Ledger):
    """A published ledger on a cluster: it answers as the embedded one does, and takes no writing."""

    def __init__(self, directory: Path, session: SparkSession) -> None:
        self.path = directory
        self._session = session

    def query(self, expression: ir.Expr) -> pa.Table:
        """Return the answer to `expression`."""
        return self.run(self.prepare(expression, {}), {})

    @contextmanager
    def stream(self, expression: ir.Expr) -> Iterator[pa.RecordBatchReader]:
        """Give the answer in batches."""
        yield self.query(expression).to_reader()

    def prepare(self, expression: ir.Expr, params: Mapping[str, ir.Scalar]) -> Prepared:
        """Compile `expression` for the cluster, its parameters left open.

        Raises
        ------
        ClusterUnsupportedError
            The expression holds something that only the embedded engine knows.
        """
        node = expression.as_table().op()
        used = {found.counter for found in node.find(ops.ScalarParameter)}
        names = tuple(name for name, param in params.items() if param.op().counter in used)
        open_nodes = {params[name].op(): BoundParameter(name, params[name].op().dtype) for name in names}
        compiler = _compiler()
        try:
            tree = compiler.to_sqlglot(node.replace(open_nodes).to_expr())
            return Prepared(tree.sql(dialect=compiler.dialect, copy=False), names)
        except Exception as error:
            # The compiler raises whatever it stumbles over; the name of the operation is what a reader can use.
            raise ClusterUnsupportedError(f"{type(error).__name__}: {error}") from error

    def run(self, prepared: Prepared, values: Mapping[str, object]) -> pa.Table:
        """Return the answer to a prepared question for these parameter values.

        Raises
        ------
        ClusterUnsupportedError
            The cluster does not know a function of the statement.
        """
        from pyspark.errors import AnalysisException, ParseException

        try:
            return self._session.sql(prepared.sql, args=prepared.bound(values)).toArrow()
        except (AnalysisException, ParseException) as error:
            raise ClusterUnsupportedError(str(error).splitlines()[0]) from error

    def transaction(self) -> Never:
        """Refuse to write.

        Raises
        ------
        PublishedReadOnlyError
            Always: a published ledger is a copy.
        """
        raise PublishedReadOnlyError(self.path)

    def checkpoint(self) -> None:
        """Do nothing: there is no log."""

    def close(self) -> None:
        """End the session on the cluster."""
        self._session.stop()


def open_published(directory: Path, master: str) -> PublishedLedger:
    """Open a published ledger on a cluster.

    Parameters
    ----------
    directory : Path
        Where `publish` wrote it; every node of the cluster reads it under this path.
    master : str
        Address of the cluster, as ``spark://127.0.0.1:7077``, or ``local[2]`` for one process.

    Raises
    ------
    ClusterMissingError
        The extra ``zhanggui[cluster]`` or Java is not installed, or nothing answers at the address.
    NotPublishedError
        The directory holds no ledger of this version.
    """
    try:
        content = json.loads((directory / CONTENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotPublishedError(directory, "there is no finished publication") from None
    if content.get("schema_version") != SCHEMA_VERSION:
        raise NotPublishedError(directory, "it was published by another version of zhanggui")
    session = _session(master)
    for name in content["tables"]:
        session.read.parquet(str((directory / f"{name}.parquet").resolve())).createOrReplaceTempView(name)
    return PublishedLedger(directory, session)


def _answers(master: str) -> bool:
    """Return whether somebody listens at the address; Spark itself tries for a minute before it says so."""
    parts = urlsplit(master)
    if parts.scheme != "spark" or not parts.hostname:
        return True
    with suppress(OSError), socket.create_connection((parts.hostname, parts.port or DEFAULT_PORT), timeout=5):
        return True
    return False


def _session(master: str) -> SparkSession:
    if not _answers(master):
        raise ClusterMissingError(f"nothing answers at {master}")
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ClusterMissingError("the package pyspark is not installed") from error
    # It writes the stack of every question that it refuses; what is refused is told by an error of ours.
    logging.getLogger("SQLQueryContextLogger").disabled = True
    os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        # The ledger's own clock: its moments are the store's local time, kept without a zone.
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.adaptive.enabled": "true",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.appName("zhanggui").master(master)
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise ClusterMissingError(str(error).splitlines()[0]) from error


class _SparkOptions(Config):  # type: ignore[misc]  # Ibis ships no types
    treat_nan_as_null: bool = False


_COMPILERS: list[Any] = []


def _compiler() -> Any:
    """Return the cluster's compiler, which also knows placeholders; made once."""
    if not _COMPILERS:
        from ibis.backends.sql.compilers.pyspark import PySparkCompiler

        if ibis.options.pyspark is None:
            # Its compiler asks for the options of a backend that needs pandas, and of which nothing else is used.
            ibis.options.pyspark = _SparkOptions()

        class _ParameterCompiler(PySparkCompiler):  # type: ignore[misc]  # Ibis ships no types
            __slots__ = ()

            def visit_BoundParameter(self, op: BoundParameter, *, label: str, dtype: Any) -> sge.Expression:
                typed: sge.Expression = self.cast(sge.Placeholder(this=label), dtype)
                return typed

        _COMPILERS.append(_ParameterCompiler())
    return _COMPILERS[0]
