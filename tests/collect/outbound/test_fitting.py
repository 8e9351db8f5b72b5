"""Long messages: pages, cuts between characters, marks."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from zhanggui.collect.outbound import Fact, Message, kind_named
from zhanggui.collect.outbound.channel import Channel
from zhanggui.collect.outbound.dingtalk_robot import BODY_BYTES as DINGTALK_BYTES
from zhanggui.collect.outbound.feishu_robot import BODY_BYTES as FEISHU_BYTES
from zhanggui.collect.outbound.fitting import MOST_PAGES, cut_to_bytes, longest_start, pages
from zhanggui.collect.outbound.robots import size_of
from zhanggui.collect.outbound.webhook import TEXT_BYTES
from zhanggui.collect.outbound.wecom_robot import MARKDOWN_BYTES
from zhanggui.i18n import Text

FAMILY = "👨\u200d👩\u200d👧"
WAVE = "👋🏽"


def bodies_of(kind: str, message: Message, *, keyword: str = "") -> list[dict[str, object]]:
    channel = Channel(1, "a", kind, "", 20, None, "Asia/Shanghai", "zh", "", "", {"keyword": keyword})
    return kind_named(kind).form.bodies(message.written("zh"), channel)


def markdown_of(body: dict[str, object]) -> str:
    content = body["markdown"]
    assert isinstance(content, dict)
    return str(content.get("content") or content.get("text"))


def test_a_text_is_cut_only_between_what_a_reader_sees_as_characters() -> None:
    for whole in (FAMILY, WAVE, "e\u0301", "☎\ufe0f"):
        n_bytes = len(whole.encode())
        # One byte short of the second one, none of it is left.
        assert longest_start(whole * 2, lambda start, n=n_bytes: len(start.encode()) < 2 * n) == whole  # type: ignore[misc]  # bound now
        assert cut_to_bytes(whole * 2, 2 * n_bytes) == whole * 2


@given(st.text(max_size=60), st.integers(3, 80))
def test_a_cut_text_is_within_its_bytes_and_says_that_it_was_cut(text: str, n_bytes: int) -> None:
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cs")
    cut = cut_to_bytes(text, n_bytes)

    assert len(cut.encode()) <= n_bytes
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(st.lists(st.text("掌柜ab ", min_size=1, max_size=30), max_size=12), st.integers(24, 90))
def test_pages_hold_every_line_in_order_or_say_that_they_do_not(texts: list[str], limit: int) -> None:
    lines = [("", text) for text in texts]

    def fits(page: object) -> bool:
        assert isinstance(page, list)
        return sum(len(text.encode()) + 1 for _, text in page) <= limit

    made = pages(lines, fits, mark="(more)")

    assert 1 <= len(made) <= MOST_PAGES
    assert all(map(fits, made))
    said = [text for page in made for _, text in page]
    if said and said[-1] == "(more)":
        assert len(made) == MOST_PAGES
    else:
        # A line that was torn apart goes on after its mark.
        assert "".join(said).replace("…", "") == "".join(texts)


def test_a_message_at_the_limit_is_one_part_and_one_byte_more_makes_two() -> None:
    empty = len(markdown_of(bodies_of("wecom_robot", Message(Text.same("报")))[0]).encode())
    longest = len(" (9/9)")
    room = MARKDOWN_BYTES - empty - longest - len("\n")

    def n_parts(n_bytes: int) -> int:
        return len(bodies_of("wecom_robot", Message(Text.same("报"), lines=(Text.same("x" * n_bytes),))))

    assert (n_parts(room), n_parts(room + 1)) == (1, 2)


def test_every_part_of_any_message_is_within_its_platforms_limit() -> None:
    for size in (10, 1_000, 9_000, 60_000):
        lines = (Text.same("掌柜👩\u200d🔬<@all>" * (1 + size // 20)), Text.same("二"))
        facts = tuple(Fact(Text.same(f"指标{n}"), Text.same("¥1.00")) for n in range(size // 400))
        message = Message(Text.same("长标题" * 200), lines=lines, facts=facts, link="https://example.com/a?b=(1)")
        for body in bodies_of("wecom_robot", message):
            assert len(markdown_of(body).encode()) <= MARKDOWN_BYTES
        for kind, limit in (("dingtalk_robot", DINGTALK_BYTES), ("feishu_robot", FEISHU_BYTES)):
            assert all(size_of(body) <= limit for body in bodies_of(kind, message))
        [body] = bodies_of("webhook", message)
        assert size_of(body) <= TEXT_BYTES


def test_a_message_that_is_far_too_long_says_that_it_was_shortened_and_keeps_its_link() -> None:
    message = Message(Text.same("报"), lines=(Text.same("长" * 100_000),), link="https://example.com/report")
    parts = [markdown_of(body) for body in bodies_of("wecom_robot", message)]

    assert len(parts) == MOST_PAGES
    assert "已截短" in parts[-1]
    assert [part.startswith(f"### 报 ({n}/3)") for n, part in enumerate(parts, start=1)] == [True] * 3
    assert all(part.endswith("[查看详情](https://example.com/report)") for part in parts)
    # What is shortened is filled to the brim all the same.
    assert all(len(part.encode()) > MARKDOWN_BYTES - 20 for part in parts)


def test_what_stands_in_data_is_never_markup() -> None:
    evil = "<@all> <at id=all></at> [点](http://evil.example) **粗** `x` # 头 ~~删~~"
    for kind in ("wecom_robot", "dingtalk_robot", "feishu_robot"):
        [body] = bodies_of(kind, Message(Text.same(evil), lines=(Text.same(evil), Text.same("# 头"))))
        said = str(body.get("markdown") or body["card"]).replace("### ", "", 1)
        if kind == "feishu_robot":
            # A card's title is plain text already.
            said = str(body["card"]["elements"])  # type: ignore[index]  # a card is a dict
        assert not any(mark in said for mark in ("<@", "<at", "](", "**粗", "`", "# 头", "~~"))


def test_a_keyword_of_the_robot_stands_in_the_message_once() -> None:
    for kind in ("dingtalk_robot", "feishu_robot"):
        [said] = [str(body) for body in bodies_of(kind, Message(Text.same("日报")), keyword="掌柜")]
        assert "掌柜 日报" in said
        [said] = [str(body) for body in bodies_of(kind, Message(Text.same("掌柜日报")), keyword="掌柜")]
        assert "掌柜 掌柜" not in said
