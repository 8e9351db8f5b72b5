"""A short walk through the workbench, for who opens the demo shop for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.i18n import Text


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the tour.

    Attributes
    ----------
    path : str
        The page that it is about.
    look_at : str or None
        The tile that it is about.
    title, text : Text
        What to see there.
    """

    path: str
    look_at: str | None
    title: Text
    text: Text


TOUR: tuple[Stop, ...] = (
    Stop(
        "/",
        "sentence",
        Text("先看一句话", "Begin with one sentence"),
        Text(
            "这是一家模拟的公司：几个平台、几家店，数据由程序生成，文件格式与平台导出一样。最上面一句话说清这段时间发生了什么。",
            "This company is simulated: several stores on several platforms, written as the platforms' own export "
            "files. The sentence on top says what happened in the period.",
        ),
    ),
    Stop(
        "/",
        "kpis",
        Text("每个数都能点开", "Every figure opens"),
        Text(
            "数字旁边是与上期的比较。点开一个数：先看定义与走势，再看按平台、店铺的分布，最后到源文件的那一行。",
            "Beside each figure stands its change. Click one: its definition and course, its split by platform and "
            "store, and in the end the row of the source file.",
        ),
    ),
    Stop(
        "/",
        "findings",
        Text("用钱说话", "In money"),
        Text(
            "值得看的事按金额排序，每条都写明是怎么知道的。",
            "What deserves a look is ranked by the money at stake, and each line says how it is known.",
        ),
    ),
    Stop(
        "/metrics",
        None,
        Text("一个指标，一个定义", "One metric, one definition"),
        Text(
            "页面、命令行和接口读同一个定义，所以到处是同一个数。",
            "Pages, command line and API read the same definition, so the number is the same everywhere.",
        ),
    ),
    Stop(
        "/data",
        "upload",
        Text("换成你自己的文件", "Now with your own files"),
        Text(
            "把平台导出的文件拖到这里。接受、重复、更旧、隔离、拒绝的行数相加等于收到的行数；有问题的行留着，改好后可以重放。",
            "Drop the platforms' export files here. Accepted, duplicate, superseded, quarantined and rejected rows add "
            "up to the rows received; rows with a problem are kept and can be replayed once corrected.",
        ),
    ),
)
