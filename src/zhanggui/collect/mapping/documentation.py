"""The reference page of the names in a map; ``python -m zhanggui.collect.mapping.documentation`` prints it."""

from __future__ import annotations

import sys

from zhanggui.columns import INPUT_TABLES, columns_of, required_columns

_HEAD = """\
# Names that a column map may use

This page is generated from `zhanggui.columns`; run `make docs` after a change. How to write a map:
[Map a file of your own](../how_to/map_a_file.md).

Cells of the class *personal* become keyed tokens while the file is read; see [privacy](../concepts/privacy.md).
"""


def input_columns_page() -> str:
    """Return the whole page as Markdown."""
    return _HEAD + "".join(_table_section(table) for table in INPUT_TABLES)


def _table_section(table: str) -> str:
    needs = "; ".join(" or ".join(f"`{name}`" for name in group) for group in required_columns(table))
    rows = "\n".join(
        f"| `{column.name}` | {column.label.en} | {column.label.zh} | {column.kind.value} | {column.personal} |"
        for column in columns_of(table)
    )
    head = "| name | meaning | 含义 | read as | class |\n|---|---|---|---|---|"
    return f'\n## `table = "{table}"`\n\nIt needs {needs}.\n\n{head}\n{rows}\n'


if __name__ == "__main__":
    sys.stdout.write(input_columns_page())
