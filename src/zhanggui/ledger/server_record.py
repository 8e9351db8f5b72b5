"""``server.json``: how the command line finds the server that owns a shop."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

SERVER_FILE = "server.json"

_CONNECT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class ServerRecord:
    """A workbench server that is running.

    Attributes
    ----------
    pid : int
        Its process.
    host, port : str, int
        Where it listens; loopback.
    token : str
        What a request must carry to change anything. Only the owner of the shop can read it.
    """

    pid: int
    host: str
    port: int
    token: str

    @property
    def url(self) -> str:
        """Address for a browser on this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def write_server_record(shop_dir: Path, record: ServerRecord) -> None:
    """Write ``server.json``, readable by the owner only; the server calls this once it listens."""
    write_private(shop_dir / SERVER_FILE, json.dumps(asdict(record)))


def remove_server_record(shop_dir: Path) -> None:
    """Remove ``server.json``; the server calls this when it stops."""
    (shop_dir / SERVER_FILE).unlink(missing_ok=True)


def read_server_record(shop_dir: Path) -> ServerRecord | None:
    """Return what ``server.json`` says, or None when there is none or it is half written."""
    try:
        found = json.loads((shop_dir / SERVER_FILE).read_text("utf-8"))
        return ServerRecord(int(found["pid"]), str(found["host"]), int(found["port"]), str(found["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def running_server(shop_dir: Path) -> ServerRecord | None:
    """Return the server that runs for this shop, or None; a record left by a crash does not count."""
    record = read_server_record(shop_dir)
    if record is None or not is_alive(record.pid):
        return None
    try:
        socket.create_connection((record.host, record.port), _CONNECT_SECONDS).close()
    except OSError:
        return None
    return record


def is_alive(pid: int) -> bool:
    """Tell whether a process exists. On Windows this always says yes, since asking there would end it."""
    if pid <= 0:
        return False
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def write_private(path: Path, text: str) -> None:
    """Write a small file that only the owner can read, replacing an old one in one step."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)
