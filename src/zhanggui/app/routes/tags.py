"""``/customers/tags``: interests and preferences of people, by rules that anyone can read."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.ledger.jobs import TagBook
from zhanggui.understand.customers.tags import answers
from zhanggui.understand.customers.tags.answers import PreferencesAnswer, TagList, TagsBuilt, TagTried
from zhanggui.understand.customers.tags.preferences import What
from zhanggui.understand.customers.tags.rules import MOST_RULES, as_toml, keep_rules, known_rules, rules_in_toml

router = APIRouter(prefix="/customers", tags=["customers"])


class TagsEntered(BaseModel):
    """Rules as the form has them; each replaces the one of its name."""

    tags: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST_RULES)]


class TagTry(BaseModel):
    """A rule to try, as the form has it."""

    tag: dict[str, Any]


class TagFile(BaseModel):
    """A file of rules."""

    toml: Annotated[str, Field(max_length=1_000_000)]


class TagsKept(BaseModel):
    """Names of the rules that were kept."""

    kept: tuple[str, ...]


@router.get("/tags")
def tags(bench: Bench) -> TagList:
    """Return the shop's tags with rule, source, size and expiry, and what a rule can name."""
    return answers.tag_list(bench.desk)


@router.get("/tags-file")
def tags_file(bench: Bench) -> TagFile:
    """Return the shop's rules as a file that can be read back."""
    return TagFile(toml=as_toml(known_rules(bench.shop).values()))


@router.post("/tags-file")
def enter_tags_file(bench: Bench, entered: TagFile) -> TagsKept:
    """Keep the rules of a file, all of them or none."""
    kept = keep_rules(bench.shop, rules_in_toml(entered.toml), time.time())
    bench.desk.changed()
    return TagsKept(kept=kept)


@router.post("/tags")
def enter_tags(bench: Bench, entered: TagsEntered) -> TagsKept:
    """Keep rules from now on, all of them or none; an error names the part that is wrong."""
    kept = keep_rules(bench.shop, entered.tags, time.time())
    bench.desk.changed()
    return TagsKept(kept=kept)


@router.post("/tags-try")
def try_tag(bench: Bench, asked: TagTry) -> TagTried:
    """Return whom a rule would give its tag to; nothing is kept."""
    return answers.try_tag(bench.desk, asked.tag)


@router.post("/tags-build")
def build_tags(bench: Bench) -> TagsBuilt:
    """Find who carries each tag now, and note how many."""
    return answers.build(bench.desk)


@router.get("/tags/{name}")
def tag(bench: Bench, name: str) -> TagTried:
    """Return who carries a tag, the strongest first."""
    return answers.show_tag(bench.desk, name)


@router.post("/tags/{name}/remove")
def remove_tag(bench: Bench, name: str) -> TagList:
    """Forget a rule and its sizes."""
    TagBook(bench.shop.state).remove(name)
    bench.desk.changed()
    return answers.tag_list(bench.desk)


@router.get("/preferences")
def preferences(bench: Bench, what: What = "size") -> PreferencesAnswer:
    """Return which size or category people prefer, with the purchases that say so."""
    return answers.preferences(bench.desk, what)
