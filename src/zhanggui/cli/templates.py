"""What ``zhanggui load --template`` does: list the templates, or write one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from zhanggui.cli.terminal import language, print_json, say, table_lines

LIST = "list"


def give_template(name: str, out: Path | None, paths: Sequence[Path], *, as_json: bool) -> None:
    """Write the template that a person names, or list all of them.

    Parameters
    ----------
    name : str
        An input table, in our words or in Chinese; ``list`` for all.
    out : Path, optional
        Where to write; ``NAME.xlsx`` in the current directory by default.
    paths : sequence of Path
        Files to load; a template is not written and loaded in one go.
    as_json : bool
        Print one JSON value.
    """
    if paths:
        raise click.UsageError("--template writes a workbook and loads nothing: leave out the paths.")
    if name == LIST:
        _list_templates(as_json=as_json)
        return
    from zhanggui.collect.connectors.template.workbook import table_named, write_template

    table = table_named(name)
    path = write_template(table, out or Path(f"{table}.xlsx"))
    if as_json:
        print_json({"template": table, "path": str(path)})
        return
    is_zh = language() == "zh"
    say(
        f"模板已写入 {path}；填好后：zhanggui load {path}" if is_zh else f"Written: {path}   then: zhanggui load {path}"
    )


def _list_templates(*, as_json: bool) -> None:
    from zhanggui.collect.connectors.template.formats import label_of, template_columns
    from zhanggui.columns import INPUT_TABLES

    if as_json:
        print_json(
            [
                {
                    "template": table,
                    "label": label_of(table).en,
                    "label_zh": label_of(table).zh,
                    "required": [column.header for column in template_columns(table) if column.is_required],
                }
                for table in INPUT_TABLES
            ]
        )
        return
    is_zh, tongue = language() == "zh", language()
    head = ["模板", "内容", "必填列"] if is_zh else ["template", "what it holds", "needs"]
    rows = []
    for table in INPUT_TABLES:
        needed = [column.label.pick(tongue) for column in template_columns(table) if column.is_required]
        rows.append([table, label_of(table).pick(tongue), ("、" if is_zh else ", ").join(needed)])
    for line in table_lines(head, rows, right=[False, False, False]):
        say(line)
