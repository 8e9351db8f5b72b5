"""The page of one platform's formats; ``python -m zhanggui.collect.connectors.documentation taobao`` prints it."""

from __future__ import annotations

import importlib
import sys

from zhanggui.collect.mapping import Layout

_TITLES = {
    "taobao": "Taobao and Tmall 淘宝、天猫",
    "jd": "JD 京东",
    "pinduoduo": "Pinduoduo 拼多多",
    "douyin": "Douyin shop 抖店",
    "kuaishou": "Kuaishou shop 快手小店",
    "xiaohongshu": "Xiaohongshu 小红书",
    "weixin_store": "WeChat shop 微信小店",
    "sycm": "Shengyi canmou 生意参谋",
    "alimama": "Alimama 阿里妈妈",
    "qianchuan": "Qianchuan 巨量千川",
    "wecom": "WeCom 企业微信",
    "jushuitan": "Jushuitan 聚水潭",
    "wangdiantong": "Wangdiantong 旺店通",
}


def formats_page(connector: str) -> str:
    """Return the page of the formats in ``zhanggui.collect.connectors.<connector>``."""
    formats: tuple[Layout, ...] = importlib.import_module(f"zhanggui.collect.connectors.{connector}").FORMATS
    head = (
        f"# {_TITLES.get(connector, connector)}\n\n"
        "This page is generated from the connector's `formats.py`; run `make docs` after a change.\n\n"
        "A file is recognised by the headers that its format cannot do without, whatever its name, column order or\n"
        "encoding. Headers are compared after folding full-width characters and trimming white space. Columns that no\n"
        "line below names stay in the stored file and are otherwise passed over. A: headers seen in real files;\n"
        "B: headers that published descriptions name.\n"
    )
    return head + "".join(_format_section(layout) for layout in formats)


def _format_section(layout: Layout) -> str:
    rows = "\n".join(
        f"| `{name}` | {' / '.join(headers)}{''.join(f' + {more}' for more in layout.added.get(name, ()))} |"
        for name, headers in layout.columns.items()
    )
    facts = [
        f"- format: `{layout.format_id}`, read as `{layout.dataset}`",
        f"- recognised by: {'、'.join(layout.required)}",
        f"- how well it is known: {layout.certainty}",
    ]
    if layout.options.paid_is_net_of_refunds:
        facts.append("- its paid column has refunds taken off already, so paid = paid column + refund column")
    words = [f"{word} → `{status}`" for word, status in layout.status_words.items()]
    if words:
        facts.append(f"- status words: {'; '.join(words)}; any other word becomes `unknown`, with an issue")
    words = [f"{word} → `{status}`" for word, status in layout.refund_words.items()]
    if words:
        facts.append(f"- after-sale words: {'; '.join(words)}; any other word becomes `unknown`, with an issue")
    for name, meanings in layout.words.items():
        words = [f"{word} → `{meant}`" for word, meant in meanings.items()]
        facts.append(f"- words of `{name}`: {'; '.join(words)}; any other word becomes an issue")
    text = f"\n\n{layout.amounts}" if layout.amounts else ""
    return (
        f"\n## {layout.title_en} {layout.title_zh}\n\n"
        + "\n".join(facts)
        + text
        + f"\n\n| ours | header in the file |\n|---|---|\n{rows}\n"
    )


if __name__ == "__main__":
    sys.stdout.write(formats_page(sys.argv[1]))
