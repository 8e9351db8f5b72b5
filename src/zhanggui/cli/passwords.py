"""Passwords of locked files: from a file, or asked for on a terminal; never kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from zhanggui.cli.terminal import is_terminal, language
from zhanggui.errors import ZhangguiError

_TRIES = 3
_Command = TypeVar("_Command", bound=Callable[..., object])


class PasswordFileError(ZhangguiError):
    """The file that holds the passwords cannot be read."""

    code = "password_file"
    exit_code = 2

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The passwords cannot be read: {reason}.",
            where=str(path),
            next_step="write one password per line, in UTF-8",
        )


def password_option(command: _Command) -> _Command:
    """Give a command the option ``--password-file``."""
    return click.option(
        "--password-file",
        "password_file",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="ZHANGGUI_PASSWORD_FILE",
        metavar="FILE",
        help="Passwords of locked files, one per line; else $ZHANGGUI_PASSWORD_FILE. A terminal asks for them.",
    )(command)


def passwords_for(paths: Sequence[Path], password_file: Path | None) -> tuple[str, ...]:
    """Return the passwords of a file, and those that a person at the terminal gives for files that stay locked."""
    known = [] if password_file is None else _written(password_file)
    if is_terminal():
        for path in _files(paths):
            known += _asked_for(path, known)
    return tuple(known)


def _written(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line]
    except OSError as error:
        raise PasswordFileError(path, error.strerror or type(error).__name__) from None
    except UnicodeDecodeError:
        raise PasswordFileError(path, "the file is no text in UTF-8") from None


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(item for item in path.rglob("*") if item.is_file())
        elif path.is_file():
            yield path


def _asked_for(path: Path, known: Sequence[str]) -> list[str]:
    """Return the password that opens a file, where no known one does; nothing where the person gives none."""
    if _is_open(path, known):
        return []
    words = f"{path.name} 的密码" if language() == "zh" else f"Password of {path.name}"
    for _ in range(_TRIES):
        password: str = click.prompt(words, hide_input=True, default="", show_default=False, err=True)
        if not password:
            return []
        if _is_open(path, [password]):
            return [password]
        click.echo("密码不对。" if language() == "zh" else "That is not the password.", err=True)
    return []


def _is_open(path: Path, passwords: Sequence[str]) -> bool:
    """Tell whether a file asks for no password but these; one that cannot be read is told by its load."""
    from zhanggui.collect.reading.faults import EncryptedFileError, ReadingError, WrongPasswordError
    from zhanggui.collect.reading.unlocking import unlocked

    try:
        with path.open("rb") as file:
            unlocked(file, path.name, passwords)
    except (EncryptedFileError, WrongPasswordError):
        return False
    except (ReadingError, OSError):
        return True
    return True
