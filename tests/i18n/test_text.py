"""Texts in both languages, and which one the terminal speaks."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from zhanggui.i18n import Text, detect_language


class Tile(BaseModel):
    title: Text | None


def test_a_text_is_written_as_an_object_with_both_languages() -> None:
    assert Tile(title=Text.of("销售", "Sales")).model_dump(mode="json") == {"title": {"zh": "销售", "en": "Sales"}}


def test_a_text_is_read_back_from_that_object() -> None:
    assert Tile.model_validate_json('{"title": {"zh": "销售", "en": "Sales"}}').title == Text("销售", "Sales")


def test_a_text_without_a_language_is_refused() -> None:
    with pytest.raises(ValidationError):
        Tile.model_validate({"title": {"zh": "销售"}})
    with pytest.raises(ValueError, match="both languages"):
        Text.of("销售", "")


def test_placeholders_are_filled_in_both_languages() -> None:
    text = Text.of("{n} 行", "{n} rows").format(n=3)

    assert (text.pick("zh"), text.pick("en")) == ("3 行", "3 rows")


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "fr_FR"}, "en"),
        ({"ZHANGGUI_LANG": "en", "LANG": "zh_CN"}, "en"),
        ({"ZHANGGUI_LANG": "zh-CN", "LANG": "en_US"}, "zh"),
        ({"LC_ALL": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
    ],
)
def test_the_environment_decides_the_language(environ: dict[str, str], language: str) -> None:
    assert detect_language(environ) == language


def test_the_shop_decides_where_the_environment_is_silent() -> None:
    assert detect_language({"LANG": "C"}, shop_language="en") == "en"
