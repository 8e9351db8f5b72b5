"""What all three libraries tell of an event: the page, the goods on it, the link that was followed to get there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import numpy as np

from zhanggui.simulate.plants.experiments import Experiment
from zhanggui.simulate.records import Step
from zhanggui.simulate.rows import NEVER, Column
from zhanggui.simulate.scene.channels import WAYS
from zhanggui.simulate.stores import CHANNEL_OF, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

SITE = "https://mall.hemu.example"
CURRENCY = "CNY"

_PATHS = {
    Step.HOME: "/",
    Step.PROMOTION_VIEW: "/",
    Step.PROMOTION_CLICK: "/",
    Step.CART: "/cart",
    Step.CART_REMOVE: "/cart",
    Step.CHECKOUT: "/checkout",
    Step.PAYMENT: "/pay",
    Step.PURCHASE: "/pay/success",
    Step.REGISTER: "/register",
    Step.LOGIN: "/login",
    Step.REFUND: "/orders",
}
_OF_ITEM = {Step.REVIEWS: "/reviews", Step.VARIANT: "/options", Step.CART_ADD: "/options"}
_CLICK_IDS = {CHANNEL_OF["search_ads"]: "bd_vid", CHANNEL_OF["feed_ads"]: "clickid"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The link by which a visit began.

    Attributes
    ----------
    source, medium, campaign, content : str
        Its tags; empty where it has none.
    referrer : str
        The page that it stood on; empty where unknown.
    click_id : str
        Name of the ad platform's click id; empty where there is none.
    """

    source: str
    medium: str
    campaign: str
    content: str
    referrer: str
    click_id: str

    @property
    def query(self) -> str:
        """The tags as the address has them, up to the click id itself."""
        tags = {
            "utm_source": self.source,
            "utm_medium": self.medium,
            "utm_campaign": self.campaign,
            "utm_content": self.content,
        }
        found = urlencode({name: value for name, value in tags.items() if value and self.medium})
        if self.click_id:
            found += f"&{self.click_id}="
        return f"?{found}" if found else ""


class Pages:
    """The own site's pages and goods.

    Parameters
    ----------
    world : World
        Whose site.
    store : Store
        The own site.
    """

    def __init__(self, world: World, store: Store) -> None:
        self._shelf = world.shelf
        self._scene = world.scene
        self._store = store
        self._experiments: tuple[Experiment, ...] = world.plan.experiments
        self._products: dict[int, dict[str, Any]] = {}

    def url(self, step: int, page: int, word: int, sku: int) -> str:
        """Return the address of the page on which something happens."""
        if step in _PATHS:
            return SITE + _PATHS[Step(step)]
        if step == Step.SEARCH:
            return f"{SITE}/search?q={quote(self.word(word))}"
        if step == Step.LIST:
            return f"{SITE}/list/{page}"
        if step == Step.CONTENT:
            return f"{SITE}/story/{max(page, 0)}"
        return f"{SITE}/item/{self.product(sku)['product_id']}{_OF_ITEM.get(Step(step), '')}"

    def has_click_id(self, channel: Column) -> Column:
        """Return whether visits by these channels carry an ad platform's click id."""
        has: Column = np.isin(channel, list(_CLICK_IDS))
        return has

    def word(self, number: int) -> str:
        """Return a search word."""
        return self._scene.words.texts[number] if number >= 0 else ""

    def category(self, number: int) -> str:
        """Return the name of a category."""
        return self._shelf.category_name(number)

    def product(self, sku: int) -> dict[str, Any]:
        """Return what is told of a SKU: ids, name, brand, category, specification."""
        found = self._products.get(sku)
        if found is None:
            shelf = self._shelf
            product = int(shelf.product[sku])
            found = {
                "product_id": shelf.platform_product_id(self._store, product),
                "sku": shelf.merchant_code(sku),
                "name": shelf.title(product),
                "brand": shelf.brand_name(int(shelf.brand[sku])),
                "category": shelf.category_name(int(shelf.category[sku])),
                "variant": shelf.spec(sku),
            }
            self._products[sku] = found
        return found

    def banner(self, page: int) -> tuple[str, str]:
        """Return id and name of a banner: the arm of a test, or the usual one."""
        number, arm = divmod(page, 10)
        for test in self._experiments:
            if page and test.number == number:
                return f"exp{number}-{arm}", test.arms[arm - 1].name
        return "home-0", "首页轮播"

    def origin(self, channel: int, ad_group: int, creative: int, creator: int, note: int) -> Origin:
        """Return the link by which a visit began."""
        way = WAYS[channel]
        campaign, content = "", ""
        if ad_group != NEVER:
            campaign, content = self._scene.ad_groups[ad_group].name, self._scene.creatives[creative].name
        elif note != NEVER and way.medium:
            campaign, content = "种草笔记", f"note-{note}"
        elif creator != NEVER:
            campaign, content = "达人合作", f"creator-{creator}"
        elif way.medium:
            campaign = way.source
        return Origin(way.source, way.medium, campaign, content, way.referrer, _CLICK_IDS.get(channel, ""))


def as_json(value: object) -> str:
    """Return compact JSON, with Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def inner(value: dict[str, Any]) -> str:
    """Return the fields of an object as JSON without its braces, followed by a comma where there are any."""
    text = as_json(value)[1:-1]
    return f"{text}," if text else ""


AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.60",
    "Mozilla/5.0 (Linux; Android 15; PJD110) AppleWebKit/537.36 Chrome/138.0 Mobile MicroMessenger/8.0.60",
    "Mozilla/5.0 (Linux; Android 14; HUAWEI ALN-AL00) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 Version/17.6 Mobile Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
)
"""What browsers call themselves."""
AGENT_SHARES = (0.26, 0.28, 0.16, 0.12, 0.13, 0.05)
BOT_AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36",
    "python-requests/2.32.3",
    AGENTS[4],
)
"""What crawlers call themselves; some hide."""
