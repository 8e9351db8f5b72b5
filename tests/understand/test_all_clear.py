"""Tiles without content say whether that is good news or a file is missing."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.pagespec import AllClear, TableData


def test_nothing_to_be_done_is_told_apart_from_nothing_known() -> None:
    well = TableData(columns=(), rows=(), n_rows=0, empty=AllClear("没有要处理的。", "Nothing to be done."))
    bare = TableData(columns=(), rows=(), n_rows=0, empty=Text("还没有数据。", "No data yet."))

    assert (well.is_all_clear, bare.is_all_clear) == (True, False)
    assert well.model_dump(mode="json")["empty"] == {"zh": "没有要处理的。", "en": "Nothing to be done."}


def test_what_was_sent_as_good_news_is_read_as_good_news() -> None:
    sent = TableData(columns=(), rows=(), n_rows=0, empty=AllClear("没有要处理的。", "Nothing to be done."))

    assert TableData.model_validate_json(sent.model_dump_json()).is_all_clear
