"""A real cluster of several processes on this machine: a Spark master and workers, on loopback only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from zhanggui.ledger.engine.cluster import LOOPBACK
from zhanggui.ledger.engine.problems import ClusterMissingError

START_SECONDS = 60
_MASTER, _WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"


@contextmanager
def running_cluster(
    folder: Path, *, workers: int = 2, cores: int = 1, memory: str = "2g", port: int = 0
) -> Iterator[str]:
    """Run a master and workers while the block lasts; give the address for `open_published`.

    Parameters
    ----------
    folder : Path
        For the logs and what the workers put down.
    workers, cores : int, optional
        Worker processes, and processors of each.
    memory : str, optional
        Memory of each worker, as Spark writes it.
    port : int, optional
        Of the master; any free one by default.

    Raises
    ------
    ClusterMissingError
        The extra or Java is not installed, or the processes did not come up in a minute.
    """
    script = _spark_class()
    folder.mkdir(parents=True, exist_ok=True)
    chosen = port or _free_port()
    address = f"spark://{LOOPBACK}:{chosen}"
    processes: list[subprocess.Popen[bytes]] = []
    try:
        host = ["--host", LOOPBACK, "--webui-port", "0"]
        log = folder / "master.log"
        processes.append(_started([script, _MASTER, *host, "--port", str(chosen)], log))
        _until(partial(_answers, chosen), processes, log)
        logs = [folder / f"worker{number}.log" for number in range(workers)]
        for number, log in enumerate(logs):
            room = ["--cores", str(cores), "--memory", memory, "--work-dir", str(folder / f"work{number}")]
            processes.append(_started([script, _WORKER, *host, *room, address], log))
        for log in logs:
            _until(partial(_says, log, b"Successfully registered"), processes, log)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


def _spark_class() -> str:
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        raise ClusterMissingError("the package pyspark is not installed")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise ClusterMissingError("there is no Java runtime on this machine")
    script = Path(found.origin).parent / "bin" / ("spark-class.cmd" if os.name == "nt" else "spark-class")
    return str(script)


def _started(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    home = str(Path(command[0]).parents[1])
    environment = {**os.environ, "SPARK_HOME": home, "SPARK_LOCAL_IP": LOOPBACK, "SPARK_NO_DAEMONIZE": "1"}
    with log.open("wb") as out:
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)


def _until(is_up: Callable[[], bool], processes: list[subprocess.Popen[bytes]], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_up():
        if any(process.poll() is not None for process in processes) or time.monotonic() > deadline:
            raise ClusterMissingError(f"its processes did not come up, see {log.name}")
        time.sleep(0.1)


def _says(log: Path, words: bytes) -> bool:
    return words in log.read_bytes()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
