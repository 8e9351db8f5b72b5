"""The export files of a simulated shop as pandas reads them: a second way to its figures, of no code of ours."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

Frame = Any
"""A data frame; pandas ships no types."""

TAOBAO = {
    "订单创建时间": "created",
    "订单付款时间": "paid",
    "总金额": "created_yuan",
    "买家实际支付金额": "paid_yuan",
    "收货地址": "address",
}
OWN_SITE = {
    "下单时间": "created",
    "付款时间": "paid",
    "订单金额": "created_yuan",
    "实付金额": "paid_yuan",
    "省份": "address",
    "来源渠道": "channel",
}
MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
REGIONS = ("内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门")


def orders_of(files: Iterable[tuple[str, str, Path]]) -> Frame:
    """Return the orders of the stores of Taobao and of the own site: store, days, fen, province and channel.

    Parameters
    ----------
    files : iterable of (str, str, Path)
        Store, kind and path of each file.
    """
    found = []
    for store, kind, path in files:
        if kind != "orders":
            continue
        if path.name.startswith("ExportOrderList"):
            found.append(_orders(store, _csv(path, "gb18030"), TAOBAO))
        elif path.name.startswith("禾木商城"):
            found.append(_orders(store, _csv(path, "utf-8-sig"), OWN_SITE))
    return pd.concat(found, ignore_index=True)


def _csv(path: Path, encoding: str) -> Frame:
    frame = pd.read_csv(path, dtype=str, encoding=encoding, keep_default_na=False)
    return frame.rename(columns=str.strip)


def _orders(store: str, frame: Frame, columns: dict[str, str]) -> Frame:
    found = frame[list(columns)].rename(columns=columns)
    found["shop"] = store
    for name in ("created", "paid"):
        found[name] = pd.to_datetime(found[name], errors="coerce").dt.date
    for name in ("created_yuan", "paid_yuan"):
        found[name.replace("yuan", "fen")] = (found[name].astype(float) * 100).round().astype("int64")
    found["province"] = [province_of(text) for text in found["address"]]
    if "channel" not in found:
        found["channel"] = None
    return found


def province_of(address: str) -> str | None:
    """Return the short name of the province that an address begins with."""
    first = address.strip().split(" ")[0]
    for name in (*MUNICIPALITIES, *REGIONS):
        if first.startswith(name):
            return name
    return first.removesuffix("省").removesuffix("市") or None


def steps(days: Any, grain: str) -> list[Any]:
    """Return the first day of the step that each day lies in."""
    kind = {"day": "D", "week": "W-SUN", "month": "M"}[grain]
    return [None if pd.isna(day) else pd.Period(day, kind).start_time.date().isoformat() for day in days]
