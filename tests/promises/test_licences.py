"""Every package that a user installs may be used under a permissive licence."""

from __future__ import annotations

import importlib.metadata
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.promises.conftest import Checkout

PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Unlicense|Zlib|0BSD|OFL|CC0)", re.I)
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|GNU)", re.I)


def licence_of(name: str) -> str:
    data = importlib.metadata.distribution(name).metadata.json
    classifiers = [line for line in data.get("classifier", []) if line.startswith("License ::")]
    stated = data.get("license_expression") or str(data.get("license", "")).strip()[:80]
    return "; ".join([str(stated), *classifiers])


def test_no_runtime_package_is_under_a_copyleft_licence(checkout: Checkout) -> None:
    names = re.findall(r"^([a-z0-9][\w.\-]*)(?:\[[^\]]*\])?==", checkout.text("requirements/runtime.txt"), re.MULTILINE)
    installed = {dist.metadata["Name"].lower().replace("_", "-") for dist in importlib.metadata.distributions()}
    licences = {name: licence_of(name) for name in names if name in installed}

    assert len(licences) > 20
    assert {name: text for name, text in licences.items() if COPYLEFT.search(text)} == {}
    assert {name: text for name, text in licences.items() if not PERMISSIVE.search(text)} == {}


def test_no_bundled_front_end_package_is_under_a_copyleft_licence(checkout: Checkout) -> None:
    packages = json.loads(checkout.text("frontend/package-lock.json"))["packages"]
    bundled = {
        place.rpartition("node_modules/")[2]: str(entry.get("license", ""))
        for place, entry in packages.items()
        if place and not entry.get("dev")
    }

    assert {name: text for name, text in bundled.items() if not PERMISSIVE.search(text)} == {}
