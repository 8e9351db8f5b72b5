"""Which language the terminal speaks."""

from __future__ import annotations

from collections.abc import Mapping

from zhanggui.i18n.text import Language


def detect_language(environ: Mapping[str, str], *, shop_language: Language | None = None) -> Language:
    """Return the language for the command line.

    Parameters
    ----------
    environ : mapping of str to str
        Usually ``os.environ``.
    shop_language : {"zh", "en"}, optional
        ``shop.language`` of ``shop.toml``, asked when the environment does not tell.

    Returns
    -------
    {"zh", "en"}
        The first answer of ``ZHANGGUI_LANG``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG``, `shop_language`, and then ``zh``.

    Notes
    -----
    ``C`` and ``POSIX`` say nothing about a person, so they are passed over. A locale in a third language
    means English: its reader chose it over Chinese.

    Examples
    --------
    >>> detect_language({"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> detect_language({"LANG": "de_DE.UTF-8"})
    'en'
    >>> detect_language({"LANG": "C.UTF-8"}, shop_language="en")
    'en'
    """
    for variable in ("ZHANGGUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environ.get(variable, "").strip().replace("-", "_")
        tongue = locale.partition(".")[0].partition("_")[0].lower()
        if tongue in ("", "c", "posix"):
            continue
        return "zh" if tongue == "zh" else "en"
    return shop_language or "zh"
