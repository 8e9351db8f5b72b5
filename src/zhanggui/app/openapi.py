"""``openapi.json``: the API described from its routes, written to standard output."""

from __future__ import annotations

import json
import sys

from zhanggui.app.application import create_app


def described() -> str:
    """Return the description of the API as JSON text."""
    return json.dumps(create_app(None, port=None).openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(described())
