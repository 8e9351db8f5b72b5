"""The reference page of metrics and dimensions; ``python -m zhanggui.metrics.documentation`` prints it."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from zhanggui.i18n import Text
from zhanggui.metrics.cards import UNIT_NAMES, base_of, not_additive_over
from zhanggui.metrics.catalogue import CATALOGUE
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.dimensions import DIMENSIONS
from zhanggui.metrics.formulas import FORMULAS, Formula
from zhanggui.metrics.model import Chain, Level, Metric

_HEAD = """\
# Metrics 指标

This page is generated from `zhanggui.metrics.catalogue`; change the definitions, then run `make docs`.

A metric is a sum, a distinct count, a lapse of time, or a difference or ratio of such, each over one table at one
grain. Pages, commands and the API read the definitions below, so a number is the same everywhere.
指标只定义一次：页面、命令与接口读的是同一份口径。

- Money is answered in major units, exact to the currency's decimals; ratios are between 0 and 1 and never rounded.
- Nothing found is 0 for sums and counts, and null for ratios. Null elsewhere says that the value cannot be known; a
  warning then says why and names the money concerned.
- A metric whose files were never loaded answers null and says which it needs; so does one whose table nothing fills.
  从未导入过所需文件、或所需的表还没有来源的指标为空，并说明需要什么。
- Orders whose payment is unknown stay out of every paid metric. 付款状态未知的订单不计入支付类指标，并提示其金额。
- Split by product, SKU, category or brand, the money of an order is that of its lines; an order without lines keeps its
  money on a row without a product, so that the rows still add up to the total.
- `--compare previous` takes the period of equal length before; `--compare year` the same dates a year earlier, by week
  52 weeks earlier.
"""
_CHAINS: Mapping[Chain, Text] = {
    Chain.TRAFFIC: Text("流量", "Traffic"),
    Chain.CONVERSION: Text("转化", "Conversion"),
    Chain.CUSTOMERS: Text("客户", "Customers"),
    Chain.MARKETING: Text("营销", "Marketing"),
    Chain.FINANCE: Text("财务", "Finance"),
    Chain.PRODUCTS: Text("商品", "Products"),
    Chain.INVENTORY: Text("库存", "Inventory"),
    Chain.SERVICE: Text("履约与服务", "Shipping and service"),
}
_GOOD: Mapping[str, Text] = {
    "up": Text("越高越好", "higher is better"),
    "down": Text("越低越好", "lower is better"),
    "none": Text("无好坏", "neither"),
}


def metrics_page() -> str:
    """Return the whole page as Markdown."""
    chains = "".join(_chain(chain) for chain in Chain if any(metric.chain == chain for metric in CATALOGUE.values()))
    return f"{_HEAD}{chains}{_dimensions()}{_formulas()}"


def _chain(chain: Chain) -> str:
    metrics = [metric for metric in CATALOGUE.values() if metric.chain == chain]
    return f"\n## {_CHAINS[chain].en} {_CHAINS[chain].zh}\n" + "".join(_section(metric) for metric in metrics)


def _section(metric: Metric) -> str:
    base, unit, good = base_of(metric), UNIT_NAMES[metric.unit], _GOOD[metric.good]
    facts = [
        ("formula 公式", metric.formula),
        ("unit 单位", f"{unit.en} {unit.zh}, {good.en} {good.zh}"),
        ("base 基础", f"{base.en} ({base.zh})"),
        ("adds up 可加性", _additivity(metric)),
        ("split by 可拆分", ", ".join(f"`{name}`" for name in possible_dimensions(tuple(metric.leaves())))),
        ("owner 负责", f"{metric.owner_en} {metric.owner_zh}"),
        ("evidence 依据", str(metric.evidence)),
        ("requirement 需求", ", ".join(metric.catalogue_ids)),
        ("version 版本", str(metric.version)),
    ]
    rows = "\n".join(f"- {name}: {value}" for name, value in facts)
    return (
        f"\n### `{metric.name}`\n\n**{metric.label_en} {metric.label_zh}**\n\n"
        f"{metric.definition_en}\n\n{metric.definition_zh}\n\n{rows}\n"
    )


def _additivity(metric: Metric) -> str:
    if isinstance(metric, Level):
        return "yes, but not over days 除各天外可相加"
    if not metric.is_additive:
        return "no 不可相加"
    apart = not_additive_over(metric)
    return "yes 可相加" if not apart else f"yes, but not over {', '.join(apart)} 除这些维度外可相加"


def _dimensions() -> str:
    rows = "\n".join(f"| `{each.name}` | {each.label_zh} | {each.label_en} |" for each in DIMENSIONS.values())
    return f"\n## Dimensions 维度\n\n| name | 中文 | meaning |\n|---|---|---|\n{rows}\n"


def _formulas() -> str:
    rows = "\n".join(
        f"| {each.catalogue_id} | {each.text} | {_figures(each)} | {', '.join(f'`{name}`' for name in each.metrics)} "
        f"| {each.note.zh} | {each.note.en} |"
        for each in FORMULAS
    )
    head = "| id | formula 公式 | source says → we return 原文 → 我们 | metrics 指标 | 说明 | note |\n"
    head += "|---|---|---|---|---|---|"
    return f"\n## Formulas of the sources 原文公式\n\n{head}\n{rows}\n"


def _figures(formula: Formula) -> str:
    return "; ".join(f"{each.said} → {each.value:,.6g}" for each in formula.figures)


if __name__ == "__main__":
    sys.stdout.write(metrics_page())
