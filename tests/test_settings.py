"""Settings: nearest wins, and an error names file, key and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhanggui.settings import Settings, SettingsError, load_settings, settings_schema, user_settings_path


def shop_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "shop.toml").write_text(text, "utf-8")
    return tmp_path


def problem_of(tmp_path: Path, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load_settings(shop_with(tmp_path, text), environ={})
    return caught.value


def test_without_any_file_the_defaults_hold() -> None:
    assert load_settings(None, environ={}) == Settings()
    assert Settings().limits.max_columns == 2000


def test_the_nearest_source_wins_key_by_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "zhanggui").mkdir(parents=True)
    (home / "zhanggui" / "settings.toml").write_text(
        '[shop]\ncurrency = "USD"\nlanguage = "en"\n[server]\nport = 1000\n', "utf-8"
    )
    shop = shop_with(tmp_path, '[shop]\ncurrency = "EUR"\n[server]\nport = 2000\n')

    settings = load_settings(shop, environ={"XDG_CONFIG_HOME": str(home), "ZHANGGUI_SERVER_PORT": "3000"})

    assert settings.shop.language == "en"  # only the user's file has it
    assert settings.shop.currency == "EUR"  # the shop is nearer than the user
    assert settings.server.port == 3000  # the environment is nearest


def test_a_wrong_value_names_file_key_and_line(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, '# ours\n[shop]\nname = "x"\ncurrency = "RMB"\n')

    assert problem.key == "shop.currency"
    assert problem.line == 4
    assert str(problem).splitlines()[1] == f"  where: {tmp_path / 'shop.toml'}, line 4"
    assert "'RMB' is not an ISO 4217 code" in problem.what


@pytest.mark.parametrize(
    ("text", "key", "line", "words"),
    [
        ("[shop]\nnaem = 'x'\n", "shop.naem", 2, "there is no such setting; [shop] has name"),
        ("[shop]\n\n[shpo]\n", "shpo", 3, "there is no such section; known: [shop]"),
        ("port = 1\n", "port", 1, "there is no such section"),
        ("[shop\n", None, 1, "the file is not TOML"),
        ("[server]\nport = 'high'\n", "server.port", 2, "valid integer"),
        ("[server]\nhost = '0.0.0.0'\n", "server.host", 2, "can be reached from other machines"),
        ("[server]\nhost = 'example.com'\n", "server.host", 2, "can be reached from other machines"),
        ("[shop]\ntimezone = 'Mars'\n", "shop.timezone", 2, "not an IANA time zone"),
        ("[ledger]\nmemory_limit = '1GB; x'\n", "ledger.memory_limit", 2, "match pattern"),
        ("[limits]\nmax_file_mb = 0\n", "limits.max_file_mb", 2, "greater than or equal to 1"),
        ("server.port = -1\n", "server.port", None, "greater than or equal to 0"),
    ],
)
def test_each_mistake_is_answered_with_its_place(
    tmp_path: Path, text: str, key: str | None, line: int | None, words: str
) -> None:
    problem = problem_of(tmp_path, text)

    assert (problem.key, problem.line) == (key, line)
    assert words in problem.what


def test_a_wrong_environment_variable_is_named() -> None:
    with pytest.raises(SettingsError, match="environment variable ZHANGGUI_SERVER_PORT"):
        load_settings(None, environ={"ZHANGGUI_SERVER_PORT": "x"})


def test_the_variables_of_the_command_line_are_no_settings() -> None:
    assert load_settings(None, environ={"ZHANGGUI_SHOP": "/srv/shop", "ZHANGGUI_LANG": "en"}) == Settings()


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_bytes('\ufeff[shop]\nname = "掌柜"\n'.encode())

    assert load_settings(tmp_path, environ={}).shop.name == "掌柜"


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_bytes('[shop]\nname = "掌柜"\n'.encode("gb18030"))

    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(tmp_path, environ={})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_loopback_addresses_are_allowed(tmp_path: Path, host: str) -> None:
    assert load_settings(shop_with(tmp_path, f"[server]\nhost = '{host}'\n"), environ={}).server.host == host


def test_the_users_file_is_where_each_system_keeps_such_files() -> None:
    assert user_settings_path({}, platform="linux") is None
    windows = user_settings_path({"APPDATA": "roaming"}, platform="win32")
    assert windows == Path("roaming") / "zhanggui" / "settings.toml"
    assert user_settings_path({"HOME": "h"}, platform="darwin") == Path("h/.config/zhanggui/settings.toml")


def test_every_setting_says_what_it_means_in_the_schema_for_editors() -> None:
    schema = json.dumps(settings_schema())

    assert schema.count('"description"') >= 16
    assert '"additionalProperties": false' in schema
