"""``openapi.json``: the API described from its routes; ``--write`` renews it, else a difference fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from zhanggui.app.application import create_app

PAGE = "openapi.json"


def described() -> str:
    """Return the description of the API as JSON text."""
    return json.dumps(create_app(None, port=None).openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write the description, or compare it; return the exit code."""
    path = Path(PAGE)
    if "--write" in arguments:
        path.write_text(described(), encoding="utf-8")
        return 0
    if path.is_file() and path.read_text(encoding="utf-8") == described():
        return 0
    sys.stderr.write(f"{PAGE} is out of step with the routes\n  next:  make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
