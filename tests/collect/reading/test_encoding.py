from __future__ import annotations

import pytest
from tests.collect.reading.tables_of import only_table

from zhanggui.collect.reading import Hints, Limits, UnreadableFileError

TEXT = "订单编号,收货地址\n1,上海\n2,内蒙古自治区\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_encoding_is_known_by_its_bytes(encoding: str) -> None:
    assert only_table(TEXT.encode(encoding)).rows == [["1", "上海"], ["2", "内蒙古自治区"]]


def test_a_character_cut_by_the_end_of_the_head_is_no_bad_byte() -> None:
    data = TEXT.encode()

    for size in range(28, len(data)):
        assert only_table(data, limits=Limits(head_bytes=size)).table.encoding == "utf-8"


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", "id,né\n1,é\n"), ("big5", "id,地址\n1,臺北\n"),
                                                ("utf-16-le", TEXT)])  # fmt: skip
def test_another_encoding_is_read_when_it_is_named(encoding: str, text: str) -> None:
    read = only_table(text.encode(encoding), hints=Hints(encoding=encoding))

    assert read.table.encoding == encoding
    assert ",".join(str(cell) for cell in read.rows[0]) == text.split("\n")[1]


@pytest.mark.parametrize("asked", ["klingon", "base64", "utf-7"])
def test_a_name_that_is_no_text_encoding_is_refused(asked: str) -> None:
    with pytest.raises(UnreadableFileError, match="no text encoding called"):
        only_table(TEXT.encode(), hints=Hints(encoding=asked))


def test_damaged_utf16_rejects_its_row() -> None:
    data = "id,名\n1,海\n2,".encode("utf-16-le") + b"\x00\xd8" + "\n3,江\n".encode("utf-16-le")
    read = only_table(b"\xff\xfe" + data)

    assert [row[0] for row in read.rows] == ["1", "3"]
    assert read.rules == [(3, "bad_encoding")]
