"""Addresses and secrets of channels: from a file, the environment or a terminal, never from the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhanggui.cli.terminal import is_terminal
from zhanggui.errors import ZhangguiError

if TYPE_CHECKING:
    from zhanggui.i18n import Language, Text

ADDRESS_VARIABLE = "ZHANGGUI_CHANNEL_ADDRESS"
SECRET_VARIABLE = "ZHANGGUI_CHANNEL_SECRET"
MOST_CHARACTERS = 4000


class SecretFileError(ZhangguiError):
    """The file that holds an address or a secret cannot be read."""

    code = "secret_file"

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            f"The file cannot be read: {reason}.", where=str(path), next_step="write one line into it, in UTF-8"
        )


class AddressMissingError(ZhangguiError):
    """A channel was given without its address."""

    code = "channel_address_missing"

    def __init__(self) -> None:
        super().__init__(
            "The channel has no address.",
            where="zhanggui channels add",
            next_step=f"give it with --address-file, in {ADDRESS_VARIABLE}, or on a terminal; e-mail takes --address",
        )


class AddressShownError(ZhangguiError):
    """An address that is a secret was written on the command line."""

    code = "channel_address_shown"

    def __init__(self) -> None:
        super().__init__(
            "The address of such a channel is a secret: whoever knows it can send there.",
            where="--address",
            next_step=f"give it with --address-file, in {ADDRESS_VARIABLE}, or on a terminal; "
            "take it out of your shell's history",
        )


def given_address(named: str | None, file: Path | None, *, is_secret: bool, tongue: Language) -> str:
    """Return a channel's address.

    Parameters
    ----------
    named : str, optional
        As the command line has it.
    file : Path, optional
        A file that holds it.
    is_secret : bool
        Whether it may not stand on the command line.
    tongue : str
        Language of the question.

    Raises
    ------
    AddressShownError, AddressMissingError, SecretFileError
    """
    if named is not None:
        if is_secret:
            raise AddressShownError
        return named.strip()
    words = "消息渠道的地址" if tongue == "zh" else "Address of the channel"
    found = _given(file, ADDRESS_VARIABLE, words, is_hidden=is_secret)
    if not found:
        raise AddressMissingError
    return found


def given_secret(file: Path | None, what: Text | None, *, tongue: Language) -> str:
    """Return a channel's secret, empty where none is given.

    Parameters
    ----------
    file : Path, optional
        A file that holds it.
    what : Text, optional
        What it is; None of a kind that has none, which is not asked for.
    tongue : str
        Language of the question.

    Raises
    ------
    SecretFileError
        The file cannot be read.
    """
    words = what.pick(tongue) if what is not None else ""
    return _given(file, SECRET_VARIABLE, words, is_hidden=True)


def _given(file: Path | None, variable: str, words: str, *, is_hidden: bool) -> str:
    if file is not None:
        return _written(file)
    if variable in os.environ:
        return os.environ[variable].strip()
    if words and is_terminal():
        asked: str = click.prompt(words, hide_input=is_hidden, default="", show_default=False, err=True)
        return asked.strip()
    return ""


def _written(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(MOST_CHARACTERS).strip()
    except OSError as error:
        raise SecretFileError(path, error.strerror or type(error).__name__) from None
    except UnicodeDecodeError:
        raise SecretFileError(path, "the file is no text in UTF-8") from None
