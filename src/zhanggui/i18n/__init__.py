"""The two languages of the product, and texts that exist in both."""

from zhanggui.i18n.detect import detect_language
from zhanggui.i18n.text import LANGUAGES, Language, Text

__all__ = ["LANGUAGES", "Language", "Text", "detect_language"]
