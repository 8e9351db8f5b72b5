"""兴趣标签 The rules of tags: which acts count, how fast they fade, when a tag ends (catalogue SEG-12)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import TagBook
from zhanggui.ledger.shop import Shop

MOST_RULES = 500
Act = Literal["bought", "viewed", "read_reviews", "favourited", "carted"]
ACTS: Mapping[Act, Text] = {
    "bought": Text("购买", "bought"),
    "viewed": Text("浏览商品", "viewed"),
    "read_reviews": Text("看评价", "read reviews of"),
    "favourited": Text("收藏", "favourited"),
    "carted": Text("加购", "put into the cart"),
}
EVENTS: Mapping[Act, str] = {
    "viewed": "product_view",
    "read_reviews": "reviews_view",
    "favourited": "favourite",
    "carted": "add_to_cart",
}
"""The event that tells of each act other than buying."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Signal(_Document):
    """One kind of act that speaks for a tag: with goods of these categories or products, each time so much."""

    act: Act = "bought"
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    weight: float = Field(default=1.0, gt=0, le=1_000)


class TagRule(_Document):
    """By what a person has a tag.

    Attributes
    ----------
    name, label, label_en : str
        Stable name, and what people call it.
    signals : tuple of Signal
        What counts; the weights of all acts are added up.
    at_least : float
        Score from which the tag holds.
    half_life_days : int or None
        Days after which an act counts half; None (0 in a file) where acts do not fade.
    expires_days : int
        Days after the last act on which the tag ends, whatever the score.
    needs_consent : bool
        Only people who consented to marketing carry it.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    label: str = Field(min_length=1, max_length=100)
    label_en: str = Field(default="", max_length=100)
    signals: tuple[Signal, ...] = Field(min_length=1, max_length=20)
    at_least: float = Field(default=1.0, gt=0, le=1e6)
    half_life_days: Annotated[int, Field(ge=1, le=3_650)] | None = 90
    expires_days: int = Field(default=365, ge=1, le=3_650)
    needs_consent: bool = False

    @field_validator("half_life_days", mode="before")
    @classmethod
    def _none_for_no_fading(cls, value: object) -> object:
        return None if value == 0 else value

    @property
    def shown(self) -> Text:
        """What it is called, in both languages."""
        return Text(self.label, self.label_en or self.label)

    @property
    def said(self) -> Text:
        """The rule in words."""
        zh = "；".join(f"{ACTS[each.act].zh}{_goods(each)} ×{each.weight:g}" for each in self.signals)
        en = "; ".join(f"{ACTS[each.act].en} {_goods(each)} ×{each.weight:g}" for each in self.signals)
        fades_zh = f"，每 {self.half_life_days} 天减半" if self.half_life_days else ""
        fades_en = f", halved every {self.half_life_days} days" if self.half_life_days else ""
        return Text(
            f"{zh}，合计 ≥ {self.at_least:g}{fades_zh}，最后一次之后 {self.expires_days} 天到期",
            f"{en}, together ≥ {self.at_least:g}{fades_en}, ends {self.expires_days} days after the last",
        )


def _goods(signal: Signal) -> str:
    return "、".join((*signal.categories, *signal.products)) or "*"


_RULE: TypeAdapter[TagRule] = TypeAdapter(TagRule)


class BadTagError(ZhangguiError):
    """A rule of a tag that cannot be understood."""

    code = "bad_tag"

    def __init__(self, name: str, field: str, why: str) -> None:
        self.field = field
        super().__init__(
            f"The tag cannot be understood: {why}.",
            where=f"tag {name!r}, {field}",
            next_step="correct that part; docs/methods/customers/tags.md shows a rule",
        )


def rule_of(document: object) -> TagRule:
    """Return the rule that a document describes.

    Raises
    ------
    BadTagError
        It describes none.
    """
    try:
        return _RULE.validate_python(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(document.get("name", "")) if isinstance(document, dict) else ""
        raise BadTagError(name, ".".join(str(part) for part in first["loc"]) or "tag", str(first["msg"])) from None


def known_rules(shop: Shop) -> dict[str, TagRule]:
    """Return the shop's rules by name."""
    return {name: rule_of(json.loads(text)) for name, text in TagBook(shop.state).documents().items()}


def keep_rules(shop: Shop, documents: Iterable[object], at: float) -> tuple[str, ...]:
    """Keep rules from now on, all of them or none; return their names."""
    rules = [rule_of(document) for document in documents]
    if len({*known_rules(shop), *(rule.name for rule in rules)}) > MOST_RULES:
        raise BadTagError(rules[-1].name, "name", f"a shop keeps at most {MOST_RULES} tags")
    book = TagBook(shop.state)
    with shop.state.transaction():
        for rule in rules:
            book.put(rule.name, rule.model_dump_json(), at)
    return tuple(rule.name for rule in rules)


def rules_in_toml(text: str) -> Sequence[object]:
    """Return the documents of a file with one ``[[tag]]`` per rule.

    Raises
    ------
    BadTagError
        It is no TOML, or holds no tag.
    """
    try:
        found = tomllib.loads(text).get("tag")
    except tomllib.TOMLDecodeError as error:
        raise BadTagError("", "file", f"no TOML: {error}") from None
    if not isinstance(found, list) or not found:
        raise BadTagError("", "file", "it holds no [[tag]]")
    return found


def as_toml(rules: Iterable[TagRule]) -> str:
    """Return rules as the file that :func:`rules_in_toml` reads.

    Examples
    --------
    >>> rule = TagRule(name="tea", label="茶", signals=(Signal(categories=("茶",)),), half_life_days=None)
    >>> rule_of(rules_in_toml(as_toml([rule]))[0]) == rule
    True
    """
    lines = []
    for rule in rules:
        lines.append("[[tag]]")
        for key, value in rule.model_dump(exclude={"signals"}).items():
            # TOML knows no empty value: acts that do not fade have a half-life of 0.
            lines.append(f"{key} = {_toml(0 if value is None else value)}")
        for signal in rule.signals:
            lines.append("[[tag.signals]]")
            lines += [f"{key} = {_toml(value)}" for key, value in signal.model_dump().items()]
        lines.append("")
    return "\n".join(lines)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False)
