"""Start a connector: ``make new-connector NAME=…`` writes its folder, its tests, and the lines that name it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from zhanggui.errors import ZhangguiError

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ENTRY_POINTS = '[project.entry-points."zhanggui.connectors"]'
_LOOK_UP = "## Look up\n\n"

_INIT = '''\
"""Files of {name}."""

from zhanggui.collect.connectors.{name}.formats import FORMATS

__all__ = ["FORMATS"]
'''
_FORMATS = '''\
"""The files of {name} (``docs/connectors/{name}.md``)."""

from __future__ import annotations

from zhanggui.collect.mapping.layout import Layout, carried_by

ORDERS = Layout(
    format_id="{name}.orders",
    title_zh="",
    title_en="",
    # The input table that a file fills; docs/reference/input_columns.md says what each takes and needs.
    dataset="orders",
    # One of zhanggui.ledger.schema.vocabulary.PLATFORM; leave it out where the files are of no one platform.
    platform=None,
    # Headers that every file of this format has, as the platform writes them: by them it is recognised.
    required=(),
    # Our name = the header that carries it; a tuple where it has had several names, the best first.
    columns=carried_by(),
    # "A: seen in real files", or "B: named by a published description", and what is not known.
    certainty="",
    # What the amounts mean: which discounts are taken off already, and who bears them.
    amounts="",
)

FORMATS = (ORDERS,)
'''
_TESTS = '''\
"""Files of {name}."""

from __future__ import annotations

from zhanggui.collect.connectors.{name}.formats import ORDERS
from zhanggui.testing import FormatSuite, SampleFile, header_of

HEADER = header_of(
    """
    """
)


class TestOrders(FormatSuite):
    layout = ORDERS
    # The whole header, and a row for every status word that is known.
    sample = SampleFile(HEADER, ())
'''


class ConnectorNameError(ZhangguiError):
    """A connector cannot have this name."""

    code = "connector_name"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            what, where=f"NAME={name}", next_step="choose a name such as `youzan`: lower case, _ for blanks"
        )


def write_connector(name: str, root: Path) -> tuple[Path, ...]:
    """Write a connector that fails its tests until it is filled in.

    Parameters
    ----------
    name : str
        Name of its folder, such as ``youzan``.
    root : Path
        The project.

    Returns
    -------
    tuple of Path
        The files that were written or changed.

    Raises
    ------
    ConnectorNameError
        The name is no name of a package, or is taken.
    """
    if not _NAME.fullmatch(name):
        raise ConnectorNameError(name, f"{name!r} is no name of a connector.")
    folder = root / "src" / "zhanggui" / "collect" / "connectors" / name
    if folder.exists():
        raise ConnectorNameError(name, f"There is a connector {name!r} already.")
    tests = root / "tests" / "collect" / "connectors" / name / "test_formats.py"
    new: Mapping[Path, str] = {folder / "__init__.py": _INIT, folder / "formats.py": _FORMATS, tests: _TESTS}
    for path, text in new.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(name=name), encoding="utf-8", newline="\n")
    return (*new, *_named(name, root))


def _named(name: str, root: Path) -> list[Path]:
    """Write the lines that name a connector: its entry point, its page, and the link to the page."""
    project, generated, index = root / "pyproject.toml", root / "docs" / "generated.txt", root / "docs" / "index.md"
    _insert(project, f"{_ENTRY_POINTS}\n", f'{name} = "zhanggui.collect.connectors.{name}:FORMATS"\n')
    module = f"zhanggui.collect.connectors.documentation {name}"
    _insert(generated, "", f"docs/connectors/{name}.md {module}\n")
    _insert(index, _LOOK_UP, f"- Files of [{name}](connectors/{name}.md)\n")
    return [project, generated, index]


def _insert(path: Path, after: str, line: str) -> None:
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition(after) if after else (text, "", "")
    if after and not found:
        raise ZhangguiError(f"{path.name} has no {after.strip()!r}.", where=str(path), next_step=f"add: {line.strip()}")
    path.write_text(before + found + line + rest, encoding="utf-8", newline="\n")


def main(words: list[str]) -> int:
    """Run ``python -m zhanggui.collect.connectors.new_connector NAME`` in the project."""
    try:
        written = write_connector(words[0] if words else "", Path.cwd())
    except ZhangguiError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    name = words[0]
    listed = "\n".join(f"  {path.relative_to(Path.cwd())}" for path in written)
    sys.stdout.write(
        f"Written:\n{listed}\n"
        f"next:  make init, fill in formats.py and its test, "
        f'then: make test ARGS="tests/collect/connectors/{name}" and make docs\n'
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
