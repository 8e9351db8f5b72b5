"""Settings of a shop: one typed model, TOML, the nearest source wins, merged by section.

Sources from far to near: the defaults here, the user's own file, the shop's ``shop.toml``, the environment
(``ZHANGGUI_<SECTION>_<KEY>``).
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from zhanggui.calendar import DEFAULT_TIME_ZONE, UnknownTimeZoneError, time_zone
from zhanggui.errors import ZhangguiError
from zhanggui.money import CURRENCY_EXPONENTS

SHOP_FILE = "shop.toml"


class SettingsError(ZhangguiError):
    """A setting cannot be used."""

    code = "settings"

    def __init__(self, reason: str, *, source: str, key: str | None = None, line: int | None = None) -> None:
        self.reason = reason
        self.source = source
        self.key = key
        self.line = line
        place = source if line is None else f"{source}, line {line}"
        super().__init__(
            f"Setting {key}: {reason}" if key else reason,
            where=place,
            next_step="correct it there; docs/reference/settings.md lists every setting",
        )


def _known_time_zone(name: str) -> str:
    try:
        time_zone(name)
    except UnknownTimeZoneError:
        raise ValueError(f"{name!r} is not an IANA time zone, such as Asia/Shanghai") from None
    return name


def _known_currency(code: str) -> str:
    if code not in CURRENCY_EXPONENTS:
        raise ValueError(f"{code!r} is not an ISO 4217 code, such as CNY")
    return code


def _loopback(host: str) -> str:
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise ValueError(f"{host!r} can be reached from other machines; until there are accounts use 127.0.0.1")
    return host


class Section(BaseModel):
    """A section of the settings: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ShopSettings(Section):
    """The company."""

    name: str = Field("", max_length=200, description="Name of the company, shown in the workbench.")
    timezone: Annotated[str, AfterValidator(_known_time_zone)] = Field(
        DEFAULT_TIME_ZONE, description="IANA time zone of stores that name none; its date is the business day."
    )
    currency: Annotated[str, AfterValidator(_known_currency)] = Field(
        "CNY", description="ISO 4217 code of amounts that name no currency."
    )
    language: Literal["zh", "en"] = Field("zh", description="Language of the workbench and the terminal.")


class LedgerSettings(Section):
    """The ledger's engine."""

    memory_limit: str = Field(
        "1GB", pattern=r"^[1-9]\d*(\.\d+)? ?(MB|GB|MiB|GiB)$", description="Memory the engine may use."
    )
    loading_memory_limit: str = Field(
        "96MB",
        pattern=r"^[1-9]\d*(\.\d+)? ?(MB|GB|MiB|GiB)$",
        description="Memory the engine may use while `zhanggui load` imports; what does not fit is spilled to `tmp/`.",
    )
    threads: int | None = Field(None, ge=1, le=1024, description="Threads of the engine; absent: all cores.")
    statements: str = Field(
        "",
        max_length=1000,
        description="Directory in which compiled statements are kept for the next command; shops may share one. "
        "A relative one is meant from the shop's directory. Empty: `cache/statements/` there.",
    )


class LimitSettings(Section):
    """What an import file may be at most."""

    max_file_mb: int = Field(2048, ge=1, description="Size of one file, in MB.")
    max_zip_entries: int = Field(1000, ge=1, description="Files inside one ZIP.")
    max_zip_total_mb: int = Field(2048, ge=1, description="Unpacked size of one ZIP, in MB.")
    max_zip_ratio: int = Field(100, ge=1, description="Unpacked size of a ZIP entry divided by its packed size.")
    max_columns: int = Field(2000, ge=1, description="Columns of a table.")


class ServerSettings(Section):
    """The workbench server."""

    host: Annotated[str, AfterValidator(_loopback)] = Field(
        "127.0.0.1", description="Address to listen on; loopback only."
    )
    port: int = Field(8765, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")


class OutboundSettings(Section):
    """What leaves for channels: chat robots, mail, receivers of our own form."""

    trusted_hosts: str = Field(
        "",
        max_length=2000,
        description="Hosts, separated by commas, that a channel may reach at a private address and without encryption, "
        "such as a mail server in your own network. Every other one must be public, by https or TLS.",
    )


class SessionSettings(Section):
    """Visits to the company's own sites, made of events."""

    idle_minutes: int = Field(30, ge=1, le=1440, description="A longer pause ends a visit.")
    splits_at_midnight: bool = Field(True, description="The end of a business day ends a visit.")


class DisplaySettings(Section):
    """How numbers look."""

    up_colour: Literal["red", "green"] = Field("red", description="Colour of a rise; a fall takes the other.")


class Settings(Section):
    """All settings of a shop.

    Examples
    --------
    >>> Settings().shop.currency
    'CNY'
    """

    shop: ShopSettings = Field(default_factory=ShopSettings, description="The company.")
    ledger: LedgerSettings = Field(default_factory=LedgerSettings, description="The ledger's engine.")
    limits: LimitSettings = Field(default_factory=LimitSettings, description="What an import file may be at most.")
    sessions: SessionSettings = Field(
        default_factory=SessionSettings, description="Visits to the company's own sites, made of events."
    )
    server: ServerSettings = Field(default_factory=ServerSettings, description="The workbench server.")
    outbound: OutboundSettings = Field(
        default_factory=OutboundSettings,
        description="What leaves for channels: chat robots, mail, receivers of our own form.",
    )
    display: DisplaySettings = Field(default_factory=DisplaySettings, description="How numbers look.")


def user_settings_path(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path | None:
    """Return where the user's own settings file would be, or None when the user has no home.

    Examples
    --------
    >>> user_settings_path({"XDG_CONFIG_HOME": "/home/li/.config"}, platform="linux").as_posix()
    '/home/li/.config/zhanggui/settings.toml'
    """
    if platform == "win32":
        root = environ.get("APPDATA")
        return Path(root) / "zhanggui" / "settings.toml" if root else None
    if configured := environ.get("XDG_CONFIG_HOME"):
        return Path(configured) / "zhanggui" / "settings.toml"
    home = environ.get("HOME")
    return Path(home) / ".config" / "zhanggui" / "settings.toml" if home else None


def load_settings(shop_dir: Path | None, *, environ: Mapping[str, str] | None = None) -> Settings:
    """Read and merge the settings of a shop.

    Parameters
    ----------
    shop_dir : Path or None
        Directory that holds ``shop.toml``; None outside any shop.
    environ : mapping, optional
        Environment; ``os.environ`` when absent.

    Returns
    -------
    Settings

    Raises
    ------
    SettingsError
        A file is not TOML, or a value is unknown or not allowed. Says the file, the key and the line.
    """
    environ = os.environ if environ is None else environ
    merged: dict[str, dict[str, object]] = {}
    origin: dict[tuple[str, str], _Origin] = {}
    files = (user_settings_path(environ), shop_dir / SHOP_FILE if shop_dir is not None else None)
    for path in files:
        if path is not None and path.is_file():
            _merge_file(path, merged, origin)
    _merge_environment(environ, merged, origin)
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise _first_problem(error, origin) from None


class _Origin:
    """Where a value came from."""

    def __init__(self, source: str, line: int | None = None) -> None:
        self.source = source
        self.line = line


def _merge_file(path: Path, merged: dict[str, dict[str, object]], origin: dict[tuple[str, str], _Origin]) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        raise SettingsError("the file is not UTF-8 text", source=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else None
        raise SettingsError(f"the file is not TOML: {error}", source=str(path), line=line) from None
    except OSError as error:
        raise SettingsError(f"the file cannot be read: {error.strerror}", source=str(path)) from None
    for section, values in content.items():
        if section not in Settings.model_fields or not isinstance(values, dict):
            known = ", ".join(f"[{name}]" for name in Settings.model_fields)
            raise SettingsError(
                f"there is no such section; known: {known}", source=str(path), key=section, line=_line(text, section)
            )
        for key, value in values.items():
            merged.setdefault(section, {})[key] = value
            origin[section, key] = _Origin(str(path), _line(text, section, key))


def _merge_environment(
    environ: Mapping[str, str], merged: dict[str, dict[str, object]], origin: dict[tuple[str, str], _Origin]
) -> None:
    for section, key in _all_keys():
        variable = f"ZHANGGUI_{section}_{key}".upper()
        if variable in environ:
            merged.setdefault(section, {})[key] = environ[variable]
            origin[section, key] = _Origin(f"environment variable {variable}")


def _all_keys() -> list[tuple[str, str]]:
    return [(section, key) for section, model in _sections().items() for key in model.model_fields]


def _sections() -> dict[str, type[Section]]:
    sections: dict[str, type[Section]] = {}
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            sections[name] = section
    return sections


def _line(text: str, section: str, key: str | None = None) -> int | None:
    """Return the line of a section's header, or of a key in it; None where it is written in a rarer TOML form."""
    header = re.compile(r"\s*\[\s*[\"']?([^\[\]\"']+?)[\"']?\s*\]")
    wanted = re.compile(rf"\s*[\"']?{re.escape(key or section)}[\"']?\s*[.=]")
    current = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := header.match(line):
            current = found.group(1)
            if key is None and current == section:
                return number
        elif wanted.match(line) and current == (section if key else ""):
            return number
    return None


def _first_problem(error: ValidationError, origin: Mapping[tuple[str, str], _Origin]) -> SettingsError:
    problem = error.errors()[0]
    section, key = str(problem["loc"][0]), str(problem["loc"][1])
    place = origin.get((section, key), _Origin("the defaults"))
    if problem["type"] == "extra_forbidden":
        known = ", ".join(name for group, name in _all_keys() if group == section)
        reason = f"there is no such setting; [{section}] has {known}"
    else:
        reason = problem["msg"].removeprefix("Value error, ")
    return SettingsError(reason, source=place.source, key=f"{section}.{key}", line=place.line)


def settings_schema() -> dict[str, object]:
    """Return the JSON Schema of ``shop.toml``, for editors."""
    return Settings.model_json_schema()


def settings_page() -> str:
    """Return ``docs/reference/settings.md``, generated from the model."""
    lines = [
        "# Settings",
        "",
        "Generated from `zhanggui.settings`: `python -m zhanggui.settings > docs/reference/settings.md`.",
        "",
        "Each setting is taken from the nearest place that has it: the environment, then the shop's `shop.toml`, then",
        "the user's own `~/.config/zhanggui/settings.toml` (`%APPDATA%\\zhanggui\\settings.toml` on Windows), then the",
        "default. An unknown key or a wrong value stops the program and names file, key and line.",
    ]
    for section, model in _sections().items():
        lines += ["", f"## [{section}]", "", model.__doc__ or "", "", "| Key | Default | Environment | Meaning |"]
        lines.append("| --- | --- | --- | --- |")
        for key, field in model.model_fields.items():
            default = "" if field.default is None else json.dumps(field.default, ensure_ascii=False)
            variable = f"ZHANGGUI_{section}_{key}".upper()
            lines.append(f"| `{key}` | {f'`{default}`' if default else 'none'} | `{variable}` | {field.description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(settings_page())
