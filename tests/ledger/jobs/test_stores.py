"""The list of stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhanggui.ledger.jobs import StateStore, StoreNameTakenError, StoreRegistry, UnknownStoreError


@pytest.fixture
def registry(state: StateStore) -> StoreRegistry:
    return StoreRegistry(state)


def test_stores_are_numbered_and_listed_in_order(registry: StoreRegistry) -> None:
    first = registry.add_store("tmall", "甲旗舰店", source_shop_id="77")
    second = registry.add_store("douyin", "甲旗舰店", tz="Asia/Urumqi", currency="USD")

    assert registry.list_stores() == [first, second]
    assert (first.shop_id, second.shop_id) == (1, 2)
    assert (second.tz, second.currency, second.is_provisional) == ("Asia/Urumqi", "USD", False)


def test_the_list_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    state = StateStore(path)
    store = StoreRegistry(state).add_store("tmall", "甲")
    state.close()

    assert StoreRegistry(StateStore(path)).list_stores() == [store]


def test_a_provisional_store_takes_its_real_name_and_forgets_the_first(registry: StoreRegistry) -> None:
    store = registry.add_store("tmall", "天猫", is_provisional=True)
    renamed = registry.rename_store(store.shop_id, "甲旗舰店", source_shop_id="77")

    assert (renamed.name, renamed.is_provisional, renamed.aliases) == ("甲旗舰店", False, ())
    assert renamed.source_shop_id == "77"


def test_a_renamed_store_still_answers_to_its_old_name(registry: StoreRegistry) -> None:
    store = registry.add_store("tmall", "Old Name")
    renamed = registry.rename_store(store.shop_id, "New Name")

    assert renamed.aliases == ("Old Name",)
    assert renamed.answers_to(" old name ")
    assert registry.rename_store(store.shop_id, "Old Name").aliases == ("New Name",)


def test_an_alias_is_kept_once(registry: StoreRegistry) -> None:
    store = registry.add_store("tmall", "甲")
    for alias in ("甲店", "甲店 ", "甲"):
        store = registry.add_alias(store.shop_id, alias)

    assert store.aliases == ("甲店",)


def test_a_name_means_one_store_of_its_platform(registry: StoreRegistry) -> None:
    first = registry.add_store("tmall", "甲")
    second = registry.add_store("tmall", "乙")
    registry.add_alias(first.shop_id, "甲店")

    for name in ("甲", "甲店"):
        with pytest.raises(StoreNameTakenError):
            registry.add_store("tmall", name)
        with pytest.raises(StoreNameTakenError):
            registry.rename_store(second.shop_id, name)
        with pytest.raises(StoreNameTakenError):
            registry.add_alias(second.shop_id, name)
    assert len(registry.list_stores()) == 2


def test_an_unknown_store_is_an_error(registry: StoreRegistry) -> None:
    with pytest.raises(UnknownStoreError):
        registry.rename_store(9, "甲")
