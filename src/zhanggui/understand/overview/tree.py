"""The page of the tree: what sales and profit are made of, each part with its figure, change, target and owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.identities import ROOTS, costed_of
from zhanggui.metrics.model import Metric, Unit
from zhanggui.metrics.tree import Node
from zhanggui.pagespec import PageChoice, PageOption, PageSpec, Row, TreeData, TreeNode, TreeTile
from zhanggui.understand.desk import Desk
from zhanggui.understand.trees import figured
from zhanggui.understand.view import View, metric_href

METRIC_TREE = PageSpec(
    id="tree",
    path="/tree",
    title=Text("指标树", "Metric tree"),
    room="metrics",
    icon="metrics",
    tab=Text("指标树", "Tree"),
    filters=("platform", "shop", "date", "compare"),
    choices=(
        PageChoice(
            key="by",
            label=Text("看", "Of"),
            options=tuple(PageOption(value=name, label=CATALOGUE[name].label) for name in ROOTS),
        ),
    ),
    rows=(
        Row(
            tiles=(
                TreeTile(
                    id="tree",
                    title=Text("由什么构成", "What it is made of"),
                    source="/api/v1/tiles/tree/tree",
                    help=Text(
                        "每个指标由它下面的指标相乘、相除或相加得到；“影响”是它让上一级变化了多少，同一级的影响相加等于上一级的变化。",
                        "Each metric is made of those below it, multiplied, divided or added up. The effect is what "
                        "one did to the change of the metric above; the effects of all parts sum to that change.",
                    ),
                ),
            )
        ),
    ),
)


def metric_tree(desk: Desk, view: View) -> TreeData:
    """Return the tree of the metric that the page's choice names, of sales by default."""
    found = figured(desk, view, desk.metric(view.by or ROOTS[0]))
    nodes: list[TreeNode] = []
    _add(nodes, found.root, 0, found.root.metric, desk.catalogue)
    texts = dict.fromkeys(warning.text for warning in found.warnings)
    return TreeData(nodes=tuple(nodes), currency=found.currency, warnings=tuple(texts))


def _add(nodes: list[TreeNode], node: Node, depth: int, above: Metric, catalogue: Mapping[str, Metric]) -> None:
    metric = node.metric
    kind: Literal["ratio", "pp"] = "pp" if metric.unit is Unit.RATIO else "ratio"
    page = costed_of(metric.name)
    nodes.append(
        TreeNode(
            metric=metric.name,
            label=metric.label,
            depth=depth,
            operator=node.operator,
            unit=metric.unit.value,
            value=node.value,
            change=node.change,
            change_kind="none" if node.change is None else kind,
            good=metric.good,
            effect=node.effect,
            effect_unit=above.unit.value,
            target=node.target,
            owner=Text(metric.owner_zh, metric.owner_en),
            evidence=metric.evidence.value,
            href=metric_href(page) if page in catalogue else None,
        )
    )
    for child in node.children:
        _add(nodes, child, depth + 1, metric, catalogue)
