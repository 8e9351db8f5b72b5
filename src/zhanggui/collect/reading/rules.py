"""Why a row of a file is no data row."""

from __future__ import annotations

from collections.abc import Mapping

RAGGED_ROW = "ragged_row"
UNTERMINATED_QUOTE = "unterminated_quote"
BAD_ENCODING = "bad_encoding"
CONTROL_CHARACTER = "control_character"
CELL_TOO_LONG = "cell_too_long"
BAD_JSON = "bad_json"
UNKNOWN_FIELD = "unknown_field"

ROW_RULES: Mapping[str, tuple[str, str]] = {
    RAGGED_ROW: (
        "这一行的单元格数与表头不一致；请核对是否缺列或多了分隔符",
        "the row has another number of cells than the header; look for a missing cell or a delimiter inside a text",
    ),
    UNTERMINATED_QUOTE: (
        "引号没有闭合，文件可能被截断；请重新导出",
        "a quote is opened and never closed, the file may be cut off; export it again",
    ),
    BAD_ENCODING: (
        "有字节不属于该文件的编码；请重新导出，或在映射里写 encoding",
        "some bytes are not text in the file's encoding; export it again or set `encoding` in the map",
    ),
    CONTROL_CHARACTER: (
        "单元格里有 NUL 字符；请重新导出",
        "a cell holds a NUL character; export it again",
    ),
    CELL_TOO_LONG: ("单元格过长", "a cell is longer than any real one"),
    BAD_JSON: ("这一行不是 JSON 对象", "the line is not a JSON object"),
    UNKNOWN_FIELD: (
        "这一行有前面没出现过的字段",
        "the line has a field that the beginning of the file does not have",
    ),
}
"""Rules a whole row can break: id → (Chinese, English)."""
